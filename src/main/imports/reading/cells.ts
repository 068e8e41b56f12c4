import type { ImportMapping } from '../../../contract/workstation/imports.ts';
import { readWrittenPhone } from '../../../domain/kernel/text/index.ts';
import { cleanCell } from './clean.ts';
import type { TargetField } from './field-names.ts';
import { MAXIMUM_LENGTH } from './fields.ts';
import type { ImportField, ImportRule, NoteRule } from './messages.ts';
import type { Reading, Reason } from './result.ts';
import { columnOf } from './shape.ts';
import type { TableRow } from './table.ts';
import { damagedText, formulaAlone, spreadsheetError } from './words/damage.ts';
import { isNothing } from './words/dictionary.ts';

/** What was missing, assumed or not understood in a row that is kept all the same. */
export type RowNote = {
  field: TargetField;
  note: NoteRule;
  parameters?: Record<string, string | number>;
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

/** One row under a mapping, with what is noted of it while it is read. */
export type RowReader = { row: TableRow; mapping: ImportMapping; notes: RowNote[] };

/** What a field's cell says; empty when the field has no column. */
export function textOf({ row, mapping }: Pick<RowReader, 'row' | 'mapping'>, field: TargetField): string {
  const column = columnOf(mapping, field);
  return column === null ? '' : cleanCell(row.cells[column] ?? '');
}

/** True when the field's cell is covered by one merged down from above. */
export function isCovered({ row, mapping }: RowReader, field: TargetField): boolean {
  const column = columnOf(mapping, field);
  return column !== null && row.covered?.includes(column) === true;
}

/** Notes something of the row, with the values that its words need. */
export function note(
  { notes }: RowReader,
  field: TargetField,
  rule: NoteRule,
  parameters?: Record<string, string | number>,
): void {
  notes.push({ field, note: rule, ...(parameters === undefined ? {} : { parameters }) });
}

const short = (text: string): string => (text.length > 40 ? `${text.slice(0, 39)}…` : text);

/** Fields that a case or a merchant can do without: what is too long for them is a remark, and left out. */
const DISPENSABLE = new Set<TargetField>(['consumerName', 'contactName', 'industry', 'buyerName']);

/**
 * The text of a field, null when there is nothing in it. What is too long is refused, or left out with a note; an error of the
 * spreadsheet or a formula without its result says nothing, and is noted; so is a text that came damaged, which is kept.
 */
export function optionalText(reader: RowReader, field: keyof typeof MAXIMUM_LENGTH): string | null {
  const text = textOf(reader, field);
  if (isNothing(text)) return null;
  if (spreadsheetError.test(text) || formulaAlone.test(text)) {
    note(reader, field, 'no-value', { value: short(text) });
    return null;
  }
  if (text.length > MAXIMUM_LENGTH[field] && DISPENSABLE.has(field)) {
    note(reader, field, 'left-out', { value: short(text) });
    return null;
  }
  if (damagedText.test(text)) note(reader, field, 'damaged', { value: short(text) });
  return withinLength(field, text);
}

/** The text of a field that must have one; an error, a formula without its result and a damaged text are no such thing. */
export function requiredText(reader: RowReader, field: keyof typeof MAXIMUM_LENGTH): string {
  const text = textOf(reader, field);
  if (isNothing(text)) refuse(field, 'required');
  if (spreadsheetError.test(text)) refuse(field, 'spreadsheet-error', { value: short(text) });
  if (formulaAlone.test(text)) refuse(field, 'formula-without-result', { value: short(text) });
  if (damagedText.test(text)) refuse(field, 'damaged-text', { value: short(text) });
  return withinLength(field, text);
}

/** The name of a merchant: numbers, days and truth values pass for one, with a note. */
export function merchantName(reader: RowReader, field: 'name' | 'merchantName'): string {
  const name = requiredText(reader, field);
  if (/^[\d\s.,:/+-]+$|^(?:TRUE|FALSE)$/i.test(name)) note(reader, field, 'odd-name', { value: name });
  return name;
}

export function withinLength(field: keyof typeof MAXIMUM_LENGTH, text: string): string {
  const limit = MAXIMUM_LENGTH[field];
  if (text.length > limit) refuse(field, 'too-long', { length: text.length, limit });
  return text;
}

/** The telephone number of a field that may be blank: what is none, and what stands beside one, is noted and no fault. */
export function optionalPhone(
  reader: RowReader,
  field: 'phone' | 'consumerPhone' | 'buyerPhone',
): string | null {
  const text = textOf(reader, field);
  if (isNothing(text)) return null;
  const written = readWrittenPhone(text);
  const value = short(text);
  if (written.kind === 'refused') {
    note(reader, field, 'no-phone', { value });
    return null;
  }
  for (const remark of written.remarks) {
    // A masked number says for itself what is missing.
    if (remark === 'masked') continue;
    note(reader, field, `phone-${remark}`, {
      value,
      phone: written.phone,
      extension: written.extension ?? '',
    });
  }
  return written.phone;
}
