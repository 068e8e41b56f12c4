import { createHash } from 'node:crypto';
import type { ImportMapping } from '../../../contract/workstation/imports.ts';
import { canonicalJson } from '../../../domain/kernel/event/canonical.ts';
import type { Language } from '../../../words/index.ts';
import { refuse, RowRefused, type RowNote } from './cells.ts';
import { decideDateOrder } from './days.ts';
import { readComplaint, type ComplaintContext, type HistoricalCase } from './judge-complaint.ts';
import { readMerchant, type RosterMerchant } from './judge-merchant.ts';
import { importMessage, isImportField, type ImportField, type ImportRule } from './messages.ts';
import { columnOf, validateMapping } from './shape.ts';
import { columnForms, slippedBy, type ColumnForm } from './shift.ts';
import type { Table, TableRow } from './table.ts';
import { totalWords } from './words/chinese.ts';
import { normaliseWord } from './words/dictionary.ts';

/**
 * `identity` is a digest of the register's number or, without one, of what the row says, with a running
 * number where rows say the same: the same file imported again, or under other words, yields the same
 * identities. Two registers may share numbers, so a caller joins it with the register's own name or unit.
 */
export type AcceptedRow = { row: number; identity: string; notes: RowNote[] } & (
  | { kind: 'merchant'; merchant: RosterMerchant }
  | { kind: 'complaint'; complaint: HistoricalCase }
);

export type RefusedRow = {
  row: number;
  /** The first field that breaks a rule; `row` when it is the row as a whole. */
  field: ImportField;
  rule: ImportRule;
  parameters: Record<string, string | number>;
  message: string;
};

export type JudgeOptions = {
  /** `YYYY-MM-DD` in Asia/Shanghai; later dates are refused. */
  today: string;
  /** Language of the messages; zh-CN when not given. */
  language?: Language;
};

/**
 * Judges every row: each is either accepted or refused with its first defect. Pure but for hashing;
 * nothing is saved. A mapping that cannot be used refuses every row with its first issue.
 */
export function judgeRows(
  table: Table,
  mapping: ImportMapping,
  options: JudgeOptions,
): { accepted: AcceptedRow[]; refused: RefusedRow[] } {
  const language = options.language ?? 'zh-CN';
  const accepted: AcceptedRow[] = [];
  const refused: RefusedRow[] = [];
  const judge = judgeOf(table, mapping, options);
  for (const row of table.rows) {
    try {
      accepted.push(judge(row));
    } catch (error) {
      if (!(error instanceof RowRefused)) throw error;
      const { field, reason } = error;
      const column = headerOf(table, mapping, field);
      const parameters = { ...(column ? { column } : {}), ...reason.parameters };
      const { rule } = reason;
      const message = importMessage({ rule, field, parameters }, language);
      refused.push({ row: row.row, field, rule, parameters, message });
    }
  }
  return { accepted, refused };
}

function headerOf(table: Table, mapping: ImportMapping, field: ImportField): string {
  const column = mapping.columns[field] ?? null;
  return column === null ? '' : (table.headers[column] ?? '').trim();
}

function judgeOf(
  table: Table,
  mapping: ImportMapping,
  options: JudgeOptions,
): (row: TableRow) => AcceptedRow {
  const [issue] = validateMapping(table, mapping);
  if (issue) {
    const field = isImportField(issue.field) ? issue.field : 'row';
    return () => refuse(field, issue.rule, { field: issue.field, ...issue.parameters });
  }
  const dateColumns = (['startedOn', 'closedOn'] as const)
    .map((field) => columnOf(mapping, field))
    .filter((column) => column !== null);
  const texts = dateColumns.flatMap((column) => table.rows.map((row) => row.cells[column] ?? ''));
  const context: ComplaintContext = {
    table,
    mapping,
    order: decideDateOrder(mapping.dateOrder, texts),
    today: options.today,
  };
  const forms = columnForms(table, dateColumns);
  const rowOfNumber = new Map<string, number>();
  const timesRead = new Map<string, number>();
  return (row) => {
    checkWhole(row, table, forms);
    const read =
      mapping.kind === 'merchants'
        ? ({ kind: 'merchant', ...readMerchant(row, mapping) } as const)
        : ({ kind: 'complaint', ...readComplaint(row, context) } as const);
    const number = read.kind === 'complaint' ? read.complaint.externalNumber : null;
    if (number !== null) {
      const first = rowOfNumber.get(number);
      if (first !== undefined) refuse('externalNumber', 'duplicate-row', { value: number, first });
      rowOfNumber.set(number, row.row);
    }
    const content = canonicalJson(factsOf(read));
    const times = (timesRead.get(content) ?? 0) + 1;
    timesRead.set(content, times);
    if (times > 1) {
      const field = read.kind === 'merchant' ? 'name' : 'merchantName';
      read.notes.push({ field, note: 'same-as-earlier-row' });
    }
    const identity = createHash('sha256').update(`${times}\n${content}`, 'utf8').digest('hex');
    return { row: row.row, identity, ...read };
  };
}

/** What tells a record from others: its number, or what the file says of it; never a code that a mapping gave. */
function factsOf(
  read: { kind: 'merchant'; merchant: RosterMerchant } | { kind: 'complaint'; complaint: HistoricalCase },
): Record<string, string | number | null> {
  if (read.kind === 'merchant') {
    const { name, creditCode, unitName, address } = read.merchant;
    return { name, creditCode, unitName, address };
  }
  const {
    object: _object,
    problem: _problem,
    outcome: _outcome,
    satisfaction: _satisfaction,
    ...facts
  } = read.complaint;
  return facts.externalNumber === null ? facts : { externalNumber: facts.externalNumber };
}

function checkWhole(row: TableRow, table: Table, forms: readonly ColumnForm[]): void {
  if (row.brokenQuotes) refuse('row', 'broken-quotes');
  const expected = table.headers.length;
  if (row.cells.length > expected) {
    refuse('row', 'too-many-cells', { actual: row.cells.length, expected });
  }
  const first = row.cells.find((cell) => cell.trim() !== '') ?? '';
  if (totalWords.includes(normaliseWord(first).replace(/[\s::]/g, ''))) refuse('row', 'total-row');
  const slipped = slippedBy(row, forms);
  if (slipped !== null) {
    refuse('row', 'shifted-row', { direction: slipped === 1 ? 'right' : 'left' });
  }
}
