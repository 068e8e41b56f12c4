import type { ImportMapping } from '../../../contract/workstation/imports.ts';
import type {
  HistoricalOutcome,
  ObjectCategory,
  ProblemCategory,
  Satisfaction,
} from '../../../domain/case/index.ts';
import type { AmountPower } from '../../../domain/kernel/text/index.ts';
import { readFen } from './amounts.ts';
import {
  isCovered,
  merchantName,
  must,
  note,
  optionalPhone,
  optionalText,
  refuse,
  requiredText,
  textOf,
  withinLength,
  type RowNote,
  type RowReader,
} from './cells.ts';
import { readDay, type DayRule, type DecidedOrder, type ReadDay } from './days.ts';
import type { Reading } from './result.ts';
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

const REMEMBERED_DAYS = 10_000;

export type ComplaintContext = {
  table: Table;
  mapping: ImportMapping;
  order: DecidedOrder;
  /** `YYYY-MM-DD`. */
  today: string;
  /** Days that were read already: a register has few, and each of them often. */
  days: Map<string, Reading<ReadDay, DayRule>>;
  /** The unit that the header of the amounts gives, null when it gives none. */
  headerPower: AmountPower | null;
};

/** Reads one row of a complaints register; throws `RowRefused` at the first field that breaks a rule. */
export function readComplaint(
  row: TableRow,
  context: ComplaintContext,
): { complaint: HistoricalCase; notes: RowNote[]; phoneAsWritten: string } {
  const reader: RowReader = { row, mapping: context.mapping, notes: [] };
  const externalNumber = optionalText(reader, 'externalNumber');
  const consumerName = optionalText(reader, 'consumerName');
  const consumerPhone = optionalPhone(reader, 'consumerPhone');
  const merchant = merchantName(reader, 'merchantName');
  const merchantAddress = addressOf(reader);
  if (merchantAddress === null) note(reader, 'merchantAddress', 'address-blank');
  const startedOn = dayOf(reader, context, 'startedOn');
  const closedOn = dayOf(reader, context, 'closedOn');
  if (closedOn < startedOn) {
    refuse('closedOn', 'closed-before-start', { closed: closedOn, started: startedOn });
  }
  const originalResult = requiredText(reader, 'outcome');
  const outcome =
    codeOf(context.mapping, 'outcome', originalResult) ??
    refuse('outcome', 'unknown-word', { value: originalResult });
  return {
    complaint: {
      externalNumber,
      consumerName,
      consumerPhone,
      merchantName: merchant,
      merchantAddress,
      industry: optionalText(reader, 'industry'),
      object: categoryOf(reader, 'object', 'other-service'),
      problem: categoryOf(reader, 'problem', 'other'),
      startedOn,
      closedOn,
      outcome,
      originalResult,
      satisfaction: satisfactionOf(reader),
      restitutionFen: restitutionOf(reader, context),
    },
    notes: reader.notes,
    phoneAsWritten: textOf(reader, 'consumerPhone'),
  };
}

/** The day of a field that must have one, neither before there were consumer complaints nor after today. */
export function dayOf(
  reader: RowReader,
  { table, order, today, days }: Pick<ComplaintContext, 'table' | 'order' | 'today' | 'days'>,
  field: 'startedOn' | 'closedOn' | 'purchasedOn' | 'requestedOn' | 'refundedOn',
): string {
  const text = textOf(reader, field);
  if (isNothing(text)) refuse(field, field === 'closedOn' ? 'not-closed' : 'required');
  const serials = table.format === 'csv' ? null : table.from1904 ? 1904 : 1900;
  const known = days.get(text);
  const read = known ?? readDay(text, { order, serials, today });
  if (known === undefined && days.size < REMEMBERED_DAYS) days.set(text, read);
  const { day, assumed } = must(field, read);
  if (day < EARLIEST_DAY) refuse(field, 'date-too-early', { value: day, limit: EARLIEST_DAY });
  if (day > today) refuse(field, 'date-in-future', { value: day, today });
  if (assumed) note(reader, field, 'day-assumed', { value: text, day });
  return day;
}

/**
 * What the consumer got back. An amount merged down over several rows is one amount: it counts in the first. The unit stands with
 * the figure, else in the column's header, else in a title line.
 */
function restitutionOf(reader: RowReader, { table, headerPower: own }: ComplaintContext): number {
  const column = columnOf(reader.mapping, 'restitution');
  if (column === null) return 0;
  const text = textOf(reader, 'restitution');
  if (isCovered(reader, 'restitution')) {
    note(reader, 'restitution', 'amount-merged', { value: text });
    return 0;
  }
  const title: AmountPower = table.titlePowers[reader.row.sheet ?? ''] ?? 0;
  const power = own ?? title;
  const { fen, remarks } = must('restitution', readFen(text, power));
  const yuan = (fen / 100).toFixed(2);
  for (const remark of remarks) note(reader, 'restitution', `amount-${remark}`, { value: text, yuan });
  if (power > 0 && fen > 0 && /^[\d.,\s]+$/.test(text.normalize('NFKC')))
    note(reader, 'restitution', 'amount-unit', { value: text, yuan, power });
  return fen;
}

/** Registers that split an address over columns: the parts in order, blanks left out. */
function addressOf(reader: RowReader): string | null {
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
    .map((field) => textOf(reader, field))
    .filter((text) => !isNothing(text));
  return parts.length === 0 ? null : withinLength('merchantAddress', parts.join(' '));
}

/** A word nobody has mapped is no reason to lose a case: it counts as `other`, with a note. */
function categoryOf<Field extends 'object' | 'problem'>(
  reader: RowReader,
  field: Field,
  other: ValueCodes[Field],
): ValueCodes[Field] {
  const word = textOf(reader, field);
  const code = isNothing(word) ? null : codeOf(reader.mapping, field, word);
  if (code === null) {
    if (isNothing(word)) note(reader, field, 'category-blank');
    else note(reader, field, 'category-unknown', { value: word });
  }
  return code ?? other;
}

function satisfactionOf(reader: RowReader): Satisfaction {
  const word = textOf(reader, 'satisfaction');
  if (word === '') {
    note(reader, 'satisfaction', 'satisfaction-blank');
    return 'unknown';
  }
  const code = codeOf(reader.mapping, 'satisfaction', word);
  if (code === null) note(reader, 'satisfaction', 'satisfaction-unknown', { value: word });
  return code ?? 'unknown';
}
