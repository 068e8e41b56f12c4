import type { Archive } from './archive.ts';
import type { SourceRecord } from './csv.ts';
import { numberText } from './numbers.ts';
import { CellText, unescaped, type Workbook } from './workbook.ts';
import { readXml } from './xml.ts';

export const MAXIMUM_ROWS = 200_000;
export const MAXIMUM_COLUMNS = 500;
/** As many as 200,000 rows of forty columns have: more cells than a register, and more than is kept in memory. */
const MAXIMUM_CELLS = 8_000_000;
/** Merges are remembered across, for headers, only in the first rows. */
const HEADER_ROWS = 60;
/** Texts that come again are kept once, up to so many different ones. */
const KEPT_TEXTS = 5_000;

/** Cells drawn as one, both ends included, rows and columns from 0. */
export type Merge = { startRow: number; endRow: number; startCol: number; endCol: number };

export type SheetRecords = {
  name: string;
  records: SourceRecord[];
  /** How many rows hold something; reading stops at one more than are taken. */
  filled: number;
  /** Columns of the merges across, by row. */
  spans: ReadonlyMap<number, readonly [first: number, last: number][]>;
};

export type SheetRule = 'too-many-rows' | 'too-many-columns' | 'needs-too-much-memory';

/** More rows, columns or cells hold something than are taken. */
export class SheetTooLarge extends Error {
  readonly rule: SheetRule;
  readonly parameters: Record<string, number>;
  constructor(rule: SheetRule, parameters: Record<string, number> = {}) {
    super(rule);
    this.rule = rule;
    this.parameters = parameters;
  }
}

/** Ends the reading of a sheet that is too long: nobody waits for the rest of a million rows. */
class EnoughRows extends Error {}

/**
 * The rows of a sheet that hold something, as text, while they are unpacked. Those that `keep` does not want are only counted. Row numbers are the sheet's own. @throws ArchiveRefused, SheetTooLarge
 */
export async function readSheet(
  archive: Archive,
  workbook: Workbook,
  { name, part }: { name: string; part: string },
  keep: (filled: number) => boolean,
): Promise<SheetRecords> {
  const records: SourceRecord[] = [];
  const merges: Merge[] = [];
  const texts = new Map<string, string>();
  const days = new Map<string, string>();
  const cell = new CellText();
  let filled = 0;
  let filledCells = 0;
  let row = 0;
  let column = -1;
  let cells: string[] = [];
  let blank = true;
  let type = '';
  let style = 0;
  let value = '';
  let formula: string | null = null;
  let inside: 'v' | 'f' | 'is' | null = null;

  const kept = (text: string): string => {
    const known = texts.get(text);
    if (known !== undefined) return known;
    // A part of a longer text would keep all of that in memory.
    const own = text.length < 13 ? text : Buffer.from(text, 'utf16le').toString('utf16le');
    if (texts.size < KEPT_TEXTS) texts.set(own, own);
    return own;
  };
  /** A register has few days, and each of them often. */
  const dayText = (serial: string): string => {
    const known = days.get(serial);
    if (known !== undefined) return known;
    const number = Number(serial);
    const text = Number.isNaN(number) ? unescaped(serial) : numberText(number, 'date', workbook.from1904);
    if (days.size < KEPT_TEXTS) days.set(serial, text);
    return text;
  };
  const cellText = (): string => {
    switch (type) {
      case 's':
        return workbook.strings[Number(value)] ?? '';
      case 'inlineStr':
        return cell.end();
      case 'str':
        return unescaped(value);
      case 'b':
        return value === '1' || value === 'true' ? 'TRUE' : value === '' ? '' : 'FALSE';
      case 'e':
        return value;
      case 'd':
        return value.replace('T', ' ').replace(/ 00:00:00(?:\.0+)?Z?$/, '');
      default: {
        // A program that never calculated stores no result: showing the formula makes the row's reader refuse it,
        // where a blank would lose it in silence.
        if (value === '') return formula === null ? '' : `=${formula}`;
        const form = workbook.forms[style] ?? 'plain';
        // What is short and plain is as it is shown.
        if (form === 'plain' && /^(?:0|[1-9]\d{0,8})(?:\.\d{1,6})?$|^[1-9]\d{8,13}$/.test(value))
          return value;
        if (form === 'date') return dayText(value);
        const number = Number(value);
        return Number.isNaN(number) ? unescaped(value) : numberText(number, form, workbook.from1904);
      }
    }
  };
  const endOfCell = (): void => {
    const text = cellText();
    if (text === '') return;
    if (text.trim() !== '') {
      blank = false;
      if (column >= MAXIMUM_COLUMNS) {
        throw new SheetTooLarge('too-many-columns', { columns: column + 1, limit: MAXIMUM_COLUMNS });
      }
    }
    if (column >= MAXIMUM_COLUMNS) return;
    filledCells += 1;
    if (filledCells > MAXIMUM_CELLS) throw new SheetTooLarge('needs-too-much-memory');
    while (cells.length < column) cells.push('');
    cells[column] = kept(text);
  };
  const endOfRow = (): void => {
    if (blank) return;
    filled += 1;
    if (keep(filled)) records.push({ row, cells, brokenQuotes: false });
    if (filled > MAXIMUM_ROWS) throw new EnoughRows();
  };

  const reading = readXml(archive.unpack(part), {
    open: (element, attributes) => {
      switch (element) {
        case 'row': {
          const given = Number(attributes['r']);
          row = Number.isInteger(given) && given > 0 ? given : row + 1;
          [column, cells, blank] = [-1, [], true];
          break;
        }
        case 'c':
          column = columnOf(attributes['r']) ?? column + 1;
          type = attributes['t'] ?? '';
          style = Number(attributes['s'] ?? 0);
          [value, formula, inside] = ['', null, null];
          cell.begin();
          break;
        case 'v':
          inside = 'v';
          break;
        case 'f':
          formula = '';
          inside = 'f';
          break;
        case 'is':
          inside = 'is';
          break;
        case 'mergeCell': {
          const merge = mergeOf(attributes['ref'] ?? '');
          if (merge !== null) merges.push(merge);
          break;
        }
        default:
          if (inside === 'is') cell.open(element);
      }
    },
    text: (data) => {
      if (inside === 'v') value += data;
      else if (inside === 'is') cell.add(data);
      else if (inside === 'f') formula = (formula ?? '') + data;
    },
    close: (element) => {
      switch (element) {
        case 'c':
          endOfCell();
          inside = null;
          break;
        case 'row':
          endOfRow();
          break;
        case 'v':
        case 'f':
        case 'is':
          inside = null;
          break;
        default:
          if (inside === 'is') cell.close(element);
      }
    },
  });
  await reading.catch((error: unknown) => {
    if (!(error instanceof EnoughRows)) throw error;
  });
  return { name, records, filled, spans: applyMerges(records, merges) };
}

/** `B7` → 1. */
function columnOf(reference: string | undefined): number | null {
  if (reference === undefined) return null;
  let column = 0;
  for (let index = 0; index < reference.length; index += 1) {
    const code = reference.charCodeAt(index) | 0x20;
    if (code < 0x61 || code > 0x7a) break;
    column = column * 26 + code - 0x60;
  }
  return column === 0 ? null : column - 1;
}

function mergeOf(reference: string): Merge | null {
  const [from, to] = reference.replaceAll('$', '').split(':');
  const ends = [from, to ?? from].map((end) => ({
    column: columnOf(end),
    row: Number(/\d+$/.exec(end ?? '')?.[0]) - 1,
  }));
  const [first, last] = ends;
  if (!first || !last || first.column === null || last.column === null) return null;
  if (Number.isNaN(first.row) || Number.isNaN(last.row)) return null;
  return { startRow: first.row, endRow: last.row, startCol: first.column, endCol: last.column };
}

/**
 * Writes a value merged down over several rows into each of those that hold something, and marks it there as covered: what it says
 * holds for each of them, but an amount is there only once. Gives back the merges across of the first rows.
 */
export function applyMerges(
  records: readonly SourceRecord[],
  merges: readonly Merge[],
): Map<number, [number, number][]> {
  const spans = new Map<number, [number, number][]>();
  for (const { startRow, endRow, startCol, endCol } of merges) {
    if (endCol > startCol) {
      for (let row = startRow; row <= Math.min(endRow, HEADER_ROWS); row += 1) {
        spans.set(row + 1, [...(spans.get(row + 1) ?? []), [startCol, endCol]]);
      }
    }
    if (endRow === startRow || startCol >= MAXIMUM_COLUMNS) continue;
    const top = firstFrom(records, startRow + 1);
    const value = records[top]?.row === startRow + 1 ? (records[top]?.cells[startCol] ?? '') : '';
    if (value === '') continue;
    for (let index = top + 1; index < records.length; index += 1) {
      const record = records[index];
      if (record === undefined || record.row > endRow + 1) break;
      while (record.cells.length <= startCol) record.cells.push('');
      record.cells[startCol] = value;
      (record.covered ??= []).push(startCol);
    }
  }
  return spans;
}

/** The first record at this row or below it. */
function firstFrom(records: readonly SourceRecord[], row: number): number {
  let [low, high] = [0, records.length];
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((records[middle]?.row ?? Infinity) < row) low = middle + 1;
    else high = middle;
  }
  return low;
}
