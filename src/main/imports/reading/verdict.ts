import { hash } from 'node:crypto';
import type { ImportMapping } from '../../../contract/workstation/imports.ts';
import type { CodeEntry } from '../../../domain/procedure/index.ts';
import { canonicalJson } from '../../../domain/kernel/event/canonical.ts';
import type { Language } from '../../../words/index.ts';
import { refuse, RowRefused, type RowNote } from './cells.ts';
import { cleanCell, visible } from './clean.ts';
import { powerOfHeader } from './header.ts';
import { decideDateOrder } from './days.ts';
import { readComplaint, type ComplaintContext, type HistoricalCase } from './judge-complaint.ts';
import { readMerchant, type RosterMerchant } from './judge-merchant.ts';
import { readReturn, type ReturnContext, type ShopHere, type TillReturn } from './judge-return.ts';
import { importMessage, isImportField, type ImportField, type ImportRule } from './messages.ts';
import { dateColumns, validateMapping } from './shape.ts';
import { columnForms, slippedBy, type ColumnForm } from './shift.ts';
import type { Table, TableRow } from './table.ts';
import { totalWords } from './words/chinese.ts';
import { cutNumber } from './words/damage.ts';
import { isNothing, normaliseWord } from './words/dictionary.ts';

/**
 * `identity` is a digest of the register's number or, without one, of what the row says, with a running
 * number where rows say the same: the same file imported again, or under other words, yields the same
 * identities. Two registers may share numbers, so a caller joins it with the register's own name or unit.
 */
export type AcceptedRow = { row: number; sheet?: string; identity: string; notes: RowNote[] } & (
  | { kind: 'merchant'; merchant: RosterMerchant }
  | { kind: 'complaint'; complaint: HistoricalCase }
  | { kind: 'return'; till: TillReturn }
);

export type RefusedRow = {
  row: number;
  sheet?: string;
  /** Where the row stands among those of its table. */
  index: number;
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
  /** Categories of merchants in force; those that Heshi ships with when not given. */
  categories?: readonly CodeEntry[] | undefined;
  /** The merchants of the unit whose returns a till's list may hold; any when not given. */
  shops?: readonly ShopHere[] | undefined;
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
  for (const [index, row] of table.rows.entries()) {
    try {
      accepted.push(judge(row));
    } catch (error) {
      if (!(error instanceof RowRefused)) throw error;
      const { field, reason } = error;
      const column = headerOf(table, mapping, field);
      const parameters = { ...(column ? { column } : {}), ...reason.parameters };
      const { rule } = reason;
      const message = importMessage({ rule, field, parameters }, language);
      refused.push({ ...placeOf(row), index, field, rule, parameters, message });
    }
  }
  return { accepted, refused };
}

/** Where a row stands, as a person looks for it. */
function placeOf({ row, sheet }: TableRow): { row: number; sheet?: string } {
  return sheet === undefined ? { row } : { row, sheet };
}

/**
 * Why no row can be judged under a mapping, said once; empty when it can be used. Each row is refused for the first of them all the
 * same, so that there are as many verdicts as rows.
 */
export function mappingIssues(
  table: Table,
  mapping: ImportMapping,
  language: Language,
): { field: string; rule: ImportRule; message: string }[] {
  return validateMapping(table, mapping).map(({ field: name, rule, parameters }) => {
    const field = isImportField(name) ? name : 'row';
    const column = headerOf(table, mapping, field);
    const values = { field: name, ...(column ? { column } : {}), ...parameters };
    return { field: name, rule, message: importMessage({ rule, field, parameters: values }, language) };
  });
}

function headerOf(table: Table, mapping: ImportMapping, field: ImportField): string {
  const column = mapping.columns[field] ?? null;
  return column === null ? '' : visible(table.headers[column] ?? '');
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
  const dayColumns = dateColumns(mapping);
  const texts = dayColumns.flatMap((column) => table.rows.map((row) => row.cells[column] ?? ''));
  const context: ComplaintContext = {
    table,
    mapping,
    order: decideDateOrder(mapping.dateOrder, texts),
    today: options.today,
    days: new Map(),
    headerPower: powerOfHeader(headerOf(table, mapping, 'restitution')),
  };
  const returns: ReturnContext = {
    ...context,
    shops: options.shops ?? null,
    lines: new Map(),
    refunds: new Map(),
  };
  const forms = columnForms(table, dayColumns);
  const rowOfNumber = new Map<string, TableRow>();
  const timesRead = new Map<string, number>();
  const mapped = Object.entries(mapping.columns).flatMap(([field, column]): [ImportField, number][] =>
    column !== null && isImportField(field) ? [[field, column]] : [],
  );
  const header = table.headers.map(visible);
  return (row) => {
    checkWhole(row, table, forms, header);
    checkCut(row, mapped);
    if (mapping.kind === 'returns') {
      const { till, notes } = readReturn(row, { ...returns, mapping });
      return new TillRow(row, notes, toldOf(till), till);
    }
    const read =
      mapping.kind === 'merchants'
        ? ({ kind: 'merchant', ...readMerchant(row, mapping, options.categories) } as const)
        : ({ kind: 'complaint', ...readComplaint(row, context) } as const);
    const number = read.kind === 'complaint' ? read.complaint.externalNumber : null;
    if (number !== null && read.kind === 'complaint') {
      const first = rowOfNumber.get(number);
      if (first !== undefined) {
        const place = first.sheet === undefined ? first.row : `${first.sheet} ${first.row}`;
        refuse('externalNumber', 'duplicate-row', { value: number, first: place });
      }
      rowOfNumber.set(number, row);
      return new ComplaintRow(row, read.notes, null, read.complaint);
    }
    const content = canonicalJson(factsOf(read));
    const times = (timesRead.get(content) ?? 0) + 1;
    timesRead.set(content, times);
    if (times > 1) {
      const field = read.kind === 'merchant' ? 'name' : 'merchantName';
      read.notes.push({ field, note: 'same-as-earlier-row' });
    }
    const whole = `${times}\n${content}`;
    return read.kind === 'merchant'
      ? new MerchantRow(row, read.notes, whole, read.merchant)
      : new ComplaintRow(row, read.notes, whole, read.complaint);
  };
}

/** A row with its identity, which is worked out when it is asked for: most files are looked at before they are imported. */
class Identified {
  readonly row: number;
  readonly sheet?: string;
  readonly notes: RowNote[];
  /** What tells it from others; null where that is its number. */
  private readonly told: string | null;
  constructor({ row, sheet }: TableRow, notes: RowNote[], told: string | null) {
    this.row = row;
    if (sheet !== undefined) this.sheet = sheet;
    this.notes = notes;
    this.told = told;
  }
  protected identityBy(number: string | null): string {
    return hash('sha256', this.told ?? `1\n${canonicalJson({ externalNumber: number })}`, 'hex');
  }
}

class MerchantRow extends Identified {
  readonly kind = 'merchant';
  readonly merchant: RosterMerchant;
  constructor(row: TableRow, notes: RowNote[], told: string, merchant: RosterMerchant) {
    super(row, notes, told);
    this.merchant = merchant;
  }
  get identity(): string {
    return this.identityBy(null);
  }
}

class TillRow extends Identified {
  readonly kind = 'return';
  readonly till: TillReturn;
  constructor(row: TableRow, notes: RowNote[], told: string, till: TillReturn) {
    super(row, notes, told);
    this.till = till;
  }
  get identity(): string {
    return this.identityBy(null);
  }
}

/** A line of a till is one return, whatever else is said of it the next time: its number and its shop tell it from others. */
const toldOf = ({ tillNumber, merchantId }: TillReturn): string =>
  `1\n${canonicalJson({ tillNumber, merchantId })}`;

class ComplaintRow extends Identified {
  readonly kind = 'complaint';
  readonly complaint: HistoricalCase;
  constructor(row: TableRow, notes: RowNote[], told: string | null, complaint: HistoricalCase) {
    super(row, notes, told);
    this.complaint = complaint;
  }
  get identity(): string {
    return this.identityBy(this.complaint.externalNumber);
  }
}

/**
 * What tells a record without a number from others: what the file says of it; never a code that a mapping gave, nor what this release
 * makes of a telephone cell.
 */
function factsOf(
  read:
    | { kind: 'merchant'; merchant: RosterMerchant }
    | { kind: 'complaint'; complaint: HistoricalCase; phoneAsWritten: string },
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
  const { phoneAsWritten } = read;
  return { ...facts, consumerPhone: isNothing(phoneAsWritten) ? null : phoneAsWritten };
}

function checkWhole(
  row: TableRow,
  table: Table,
  forms: readonly ColumnForm[],
  header: readonly string[],
): void {
  if (row.brokenQuotes) refuse('row', 'broken-quotes');
  const expected = table.headers.length;
  if (row.cells.length > expected) {
    refuse('row', 'too-many-cells', { actual: row.cells.length, expected });
  }
  const first = cleanCell(row.cells.find((cell) => visible(cell) !== '') ?? '');
  if (totalWords.includes(normaliseWord(first).replace(/[\s::]/g, ''))) refuse('row', 'total-row');
  if (header.every((name, column) => visible(row.cells[column] ?? '') === name))
    refuse('row', 'repeated-header');
  const slipped = slippedBy(row, forms);
  if (slipped !== null) {
    refuse('row', 'shifted-row', { direction: slipped === 1 ? 'right' : 'left' });
  }
}

/** A number that a spreadsheet has cut is not the one that was typed, whatever column it stands in. */
function checkCut({ cells }: TableRow, mapped: readonly (readonly [ImportField, number])[]): void {
  for (const [field, column] of mapped) {
    const cell = cells[column] ?? '';
    // Cheap for the many cells that hold no such number.
    if (!/[eE]/.test(cell) || cell.length > 40) continue;
    const text = cleanCell(cell);
    if (cutNumber.test(text)) refuse(field, 'number-cut', { value: text });
  }
}
