import type { ImportMapping } from '../../../contract/workstation/imports.ts';
import type {
  HistoricalOutcome,
  ObjectCategory,
  ProblemCategory,
  Satisfaction,
} from '../../../domain/case/index.ts';
import { readFen, unitOfHeader } from './amounts.ts';
import {
  must,
  optionalPhone,
  optionalText,
  refuse,
  requiredText,
  textOf,
  withinLength,
  type RowNote,
} from './cells.ts';
import { readDay, type DecidedOrder } from './days.ts';
import { codeOf, columnOf } from './shape.ts';
import type { Table, TableRow } from './table.ts';
import { isNothing, type ValueCodes } from './words/dictionary.ts';

/** 消费者权益保护法 took effect on this day; no register of consumer complaints is older. */
export const EARLIEST_DAY = '1994-01-01';

/** A complaint that ended before Heshi knew of it. */
export type HistoricalCase = {
  /** The register's own number; null when it has none. */
  externalNumber: string | null;
  consumerName: string | null;
  consumerPhone: string | null;
  merchantName: string;
  merchantAddress: string | null;
  /** The register's word for the merchant's trade. */
  industry: string | null;
  object: ObjectCategory;
  problem: ProblemCategory;
  /** `YYYY-MM-DD`, as is `closedOn`; never later than it, nor than today. */
  startedOn: string;
  closedOn: string;
  outcome: HistoricalOutcome;
  /** The result in the register's own words. */
  originalResult: string;
  satisfaction: Satisfaction;
  /** What the consumer got back, integer fen, 0 when nothing is recorded. */
  restitutionFen: number;
};

export type ComplaintContext = {
  table: Table;
  mapping: ImportMapping;
  order: DecidedOrder;
  /** `YYYY-MM-DD`. */
  today: string;
};

/** Reads one row of a complaints register; throws `RowRefused` at the first field that breaks a rule. */
export function readComplaint(
  row: TableRow,
  context: ComplaintContext,
): { complaint: HistoricalCase; notes: RowNote[] } {
  const { mapping } = context;
  const notes: RowNote[] = [];
  const externalNumber = optionalText(row, mapping, 'externalNumber');
  const consumerName = optionalText(row, mapping, 'consumerName');
  const consumerPhone = optionalPhone(row, mapping, 'consumerPhone');
  const merchantName = requiredText(row, mapping, 'merchantName');
  const merchantAddress = addressOf(row, mapping);
  if (merchantAddress === null) notes.push({ field: 'merchantAddress', note: 'address-blank' });
  const startedOn = dayOf(row, context, 'startedOn');
  const closedOn = dayOf(row, context, 'closedOn');
  if (closedOn < startedOn) {
    refuse('closedOn', 'closed-before-start', { closed: closedOn, started: startedOn });
  }
  const originalResult = requiredText(row, mapping, 'outcome');
  const outcome =
    codeOf(mapping, 'outcome', originalResult) ??
    refuse('outcome', 'unknown-word', { value: originalResult });
  const column = columnOf(mapping, 'restitution');
  const unit = unitOfHeader(column === null ? '' : (context.table.headers[column] ?? ''));
  return {
    complaint: {
      externalNumber,
      consumerName,
      consumerPhone,
      merchantName,
      merchantAddress,
      industry: optionalText(row, mapping, 'industry'),
      object: categoryOf(row, mapping, 'object', 'other-service', notes),
      problem: categoryOf(row, mapping, 'problem', 'other', notes),
      startedOn,
      closedOn,
      outcome,
      originalResult,
      satisfaction: satisfactionOf(row, mapping, notes),
      restitutionFen: must('restitution', readFen(textOf(row, mapping, 'restitution'), unit)),
    },
    notes,
  };
}

function dayOf(row: TableRow, context: ComplaintContext, field: 'startedOn' | 'closedOn'): string {
  const text = textOf(row, context.mapping, field);
  if (isNothing(text)) refuse(field, field === 'closedOn' ? 'not-closed' : 'required');
  const day = must(field, readDay(text, context.order, context.table.format === 'xlsx'));
  if (day < EARLIEST_DAY) refuse(field, 'date-too-early', { value: day, limit: EARLIEST_DAY });
  if (day > context.today) refuse(field, 'date-in-future', { value: day, today: context.today });
  return day;
}

/** Registers that split an address over columns: the parts in order, blanks left out. */
function addressOf(row: TableRow, mapping: ImportMapping): string | null {
  const parts = (
    [
      'merchantAddress',
      'addressPart2',
      'addressPart3',
      'addressPart4',
      'addressPart5',
      'addressPart6',
    ] as const
  )
    .map((field) => textOf(row, mapping, field))
    .filter((text) => !isNothing(text));
  return parts.length === 0 ? null : withinLength('merchantAddress', parts.join(' '));
}

/** A word nobody has mapped is no reason to lose a case: it counts as `other`, with a note. */
function categoryOf<Field extends 'object' | 'problem'>(
  row: TableRow,
  mapping: ImportMapping,
  field: Field,
  other: ValueCodes[Field],
  notes: RowNote[],
): ValueCodes[Field] {
  const word = textOf(row, mapping, field);
  const code = isNothing(word) ? null : codeOf(mapping, field, word);
  if (code === null) {
    notes.push({ field, note: isNothing(word) ? 'category-blank' : 'category-unknown' });
  }
  return code ?? other;
}

function satisfactionOf(row: TableRow, mapping: ImportMapping, notes: RowNote[]): Satisfaction {
  const word = textOf(row, mapping, 'satisfaction');
  if (word === '') {
    notes.push({ field: 'satisfaction', note: 'satisfaction-blank' });
    return 'unknown';
  }
  const code = codeOf(mapping, 'satisfaction', word);
  if (code === null) notes.push({ field: 'satisfaction', note: 'satisfaction-unknown' });
  return code ?? 'unknown';
}
