import type { ImportMapping } from '../../../contract/workstation/imports.ts';
import type { TargetField } from './field-names.ts';
import { MAXIMUM_LENGTH } from './fields.ts';
import type { ImportField, ImportRule } from './messages.ts';
import type { Reading, Reason } from './result.ts';
import { columnOf } from './shape.ts';
import type { TableRow } from './table.ts';
import { isNothing } from './words/dictionary.ts';

/** What was missing or not understood in a row that is kept all the same. */
export type RowNote = {
  field: TargetField;
  note:
    | 'address-blank'
    | 'category-assumed'
    | 'category-blank'
    | 'category-unknown'
    | 'satisfaction-blank'
    | 'satisfaction-unknown'
    | 'same-as-earlier-row';
};

/** The first rule a row breaks, and where; thrown inside one row's reading and caught at its end. */
export class RowRefused extends Error {
  readonly field: ImportField;
  readonly reason: Reason<ImportRule>;
  constructor(field: ImportField, reason: Reason<ImportRule>) {
    super(reason.rule);
    this.field = field;
    this.reason = reason;
  }
}

export function refuse(
  field: ImportField,
  rule: ImportRule,
  parameters: Record<string, string | number> = {},
): never {
  throw new RowRefused(field, { rule, parameters });
}

/** The value read from a cell, or the row is refused for its reason. */
export function must<Value>(field: ImportField, reading: Reading<Value, ImportRule>): Value {
  if (reading.ok) return reading.value;
  return refuse(field, reading.error.rule, reading.error.parameters);
}

/** The trimmed text of a field's cell; empty when the field has no column. */
export function textOf(row: TableRow, mapping: ImportMapping, field: TargetField): string {
  const column = columnOf(mapping, field);
  return column === null ? '' : (row.cells[column] ?? '').trim();
}

/** The text of a field, null when there is nothing in it; refused when it is too long. */
export function optionalText(
  row: TableRow,
  mapping: ImportMapping,
  field: keyof typeof MAXIMUM_LENGTH,
): string | null {
  const text = textOf(row, mapping, field);
  return isNothing(text) ? null : withinLength(field, text);
}

/** Like `optionalText`, but the row is refused when there is nothing in the field. */
export function requiredText(
  row: TableRow,
  mapping: ImportMapping,
  field: keyof typeof MAXIMUM_LENGTH,
): string {
  return optionalText(row, mapping, field) ?? refuse(field, 'required');
}

export function withinLength(field: keyof typeof MAXIMUM_LENGTH, text: string): string {
  const limit = MAXIMUM_LENGTH[field];
  if (text.length > limit) refuse(field, 'too-long', { length: text.length, limit });
  return text;
}

/** A telephone number as written, masked ones (138****5678) and several in one cell included. */
export function optionalPhone(
  row: TableRow,
  mapping: ImportMapping,
  field: 'phone' | 'consumerPhone',
): string | null {
  const text = optionalText(row, mapping, field);
  if (text === null) return null;
  const plain = text.normalize('NFKC');
  if (!/^[\d\s+\-*()/,;.、转x#]+$/i.test(plain) || !/\d{3}/.test(plain)) {
    refuse(field, 'bad-phone', { value: text });
  }
  return text;
}
