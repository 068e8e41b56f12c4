import type { AmountPower } from '../../../domain/kernel/text/index.ts';
import { ArchiveRefused, openArchive, type Archive, type ArchiveRule } from './archive.ts';
import { visible } from './clean.ts';
import { detectContainer, isSpreadsheet } from './container.ts';
import { parseCsv, type CsvRule, type SourceRecord } from './csv.ts';
import { countLines, decodeText, type DecodeRule, type TextEncoding } from './decode.ts';
import { headerAliasHits, normaliseHeader } from './fields.ts';
import { findHeader, looksLikeData, type Spans } from './header.ts';
import { isLockedXls, readOdsSheets, readXlsSheets } from './old-workbook.ts';
import { read, unreadable, type Reading, type Reason } from './result.ts';
import {
  MAXIMUM_COLUMNS,
  MAXIMUM_ROWS,
  readSheet,
  SheetTooLarge,
  type SheetRecords,
  type SheetRule,
} from './sheet.ts';
import { readWorkbook } from './workbook.ts';

export const MAXIMUM_FILE_BYTES = 50 * 1024 * 1024;

export type TableRow = {
  /** As a person counts rows in a spreadsheet: from 1, titles, header and blank rows included. */
  row: number;
  /** The sheet it stands in, where the file has several. */
  sheet?: string;
  /** As in the file, untrimmed; at least as many as there are headers, more when the row has more. */
  cells: string[];
  /** True when a quote stands where none may, so that the cells cannot be trusted. */
  brokenQuotes: boolean;
  /** Columns whose value is that of a cell above, merged down over this one. */
  covered?: number[];
};

/** A sheet of the file, whether or not it was read. `rows` are those below its header. */
export type SheetInfo = { name: string; rows: number; read: boolean; hidden: boolean };

export type Table = {
  headers: string[];
  headerRow: number;
  /** Rows below the header; blank ones are left out. */
  rows: TableRow[];
  encoding: TextEncoding | 'xlsx' | 'xls' | 'ods';
  format: 'csv' | 'xlsx' | 'xls' | 'ods';
  /** The first sheet that was read. */
  sheet?: string;
  /** All sheets that hold something; none for text. */
  sheets: SheetInfo[];
  /** True when numbers that lost their date format count days from 1904. */
  from1904: boolean;
  /** The unit of amounts by a title line, per sheet; under '' for text. */
  titlePowers: Readonly<Record<string, AmountPower>>;
};

export type TableRule =
  | DecodeRule
  | CsvRule
  | ArchiveRule
  | 'empty-file'
  | SheetRule
  | 'password-protected'
  | 'legacy-xls'
  | 'unreadable-ods'
  | 'html-file'
  | 'not-a-table'
  | 'no-header'
  | 'no-rows'
  | 'sheet-missing';
export type TableError = Reason<TableRule>;
export type ReadTable = { ok: true; table: Table } | { ok: false; error: TableError };
export type ReadOptions = {
  /** The sheets to read, together where they have one header; left out: the first register, and those like it. */
  sheets?: readonly string[];
  /** Told how many rows were read. */
  onRows?: (rows: number) => void;
};

/**
 * Reads a file of text, .xlsx, .xls or .ods. The content decides what it is; `fileName` only words the errors
 * (parameter `file`). Never throws for what a file may hold: every defect is a `TableError`.
 */
export async function readTable(
  bytes: Uint8Array,
  fileName: string,
  options: ReadOptions = {},
): Promise<ReadTable> {
  let result: Reading<Table, TableRule>;
  try {
    result = await tableOf(bytes, options);
  } catch (error) {
    if (error instanceof ArchiveRefused) result = { ok: false, error: error.reason };
    else if (error instanceof SheetTooLarge) result = unreadable(error.rule, error.parameters);
    else throw error;
  }
  return result.ok
    ? { ok: true, table: result.value }
    : {
        ok: false,
        error: { ...result.error, parameters: { ...result.error.parameters, file: fileName } },
      };
}

async function tableOf(bytes: Uint8Array, options: ReadOptions): Promise<Reading<Table, TableRule>> {
  if (bytes.byteLength === 0) return unreadable('empty-file');
  if (bytes.byteLength > MAXIMUM_FILE_BYTES) {
    return unreadable('too-large', { megabytes: Math.ceil(bytes.byteLength / 1048576), limit: 50 });
  }
  const container = detectContainer(bytes);
  switch (container.kind) {
    case 'encrypted-office':
      return unreadable('password-protected');
    case 'legacy-xls': {
      if (isLockedXls(bytes)) return unreadable('password-protected');
      const sheets = await readXlsSheets(bytes);
      return sheets === null
        ? unreadable('legacy-xls')
        : tableOfSheets(sheets.map(shown), 'xls', false, options);
    }
    case 'html':
      return unreadable('html-file');
    case 'other-binary':
      return unreadable('not-a-table');
    case 'zip':
      return tableOfArchive(bytes, options);
    case 'text':
      return tableOfText(bytes);
  }
}

async function tableOfArchive(bytes: Uint8Array, options: ReadOptions): Promise<Reading<Table, TableRule>> {
  let archive: Archive;
  try {
    archive = await openArchive(bytes);
  } catch (error) {
    if (error instanceof ArchiveRefused && !isSpreadsheet(bytes)) return unreadable('not-a-table');
    throw error;
  }
  if (archive.names.has('content.xml')) {
    const sheets = await readOdsSheets(bytes, archive);
    return sheets === null
      ? unreadable('unreadable-ods')
      : tableOfSheets(sheets.map(shown), 'ods', false, options);
  }
  if (!archive.names.has('xl/workbook.xml') && !archive.names.has('_rels/.rels'))
    return unreadable('not-a-table');
  const workbook = await readWorkbook(archive);
  if (workbook.sheets.length === 0) return unreadable('not-a-table');
  const { sheets: chosen } = options;
  const sheets: Shown[] = [];
  let kept = 0;
  for (const { name, hidden, part } of workbook.sheets) {
    const wanted = chosen === undefined ? !hidden : chosen.includes(name);
    const before = kept;
    let whole = wanted;
    const sheet = await readSheet(archive, workbook, { name, part }, (filled) => {
      if (filled % 1000 === 0) options.onRows?.(before + filled);
      if (before + filled > MAXIMUM_ROWS) whole = false;
      // Of a sheet that is not wanted only what shows where its rows begin.
      return whole || filled <= FIRST_ROWS;
    });
    if (whole) kept += sheet.records.length;
    sheets.push({ sheet, hidden, stored: whole });
  }
  return tableOfSheets(sheets, 'xlsx', workbook.from1904, options);
}

/** So many rows of a sheet that is not read are enough to find its header. */
const FIRST_ROWS = 20;

type Shown = { sheet: SheetRecords; hidden: boolean; stored: boolean };
const shown = (sheet: SheetRecords): Shown => ({ sheet, hidden: false, stored: true });

/** One table of the sheets that were chosen, or of the first that is a register and of those with the same header. */
function tableOfSheets(
  all: readonly Shown[],
  format: 'xlsx' | 'xls' | 'ods',
  from1904: boolean,
  { sheets: chosen }: ReadOptions,
): Reading<Table, TableRule> {
  const filled = all.filter(({ sheet }) => sheet.filled > 0);
  const candidates = filled.filter(
    ({ sheet, hidden, stored }) => stored && (chosen === undefined ? !hidden : chosen.includes(sheet.name)),
  );
  if (candidates.length === 0) {
    // Too many rows after those of other sheets leave this one to be imported alone; by themselves they are too many.
    if (filled.some(({ sheet, stored }) => !stored && sheet.filled > MAXIMUM_ROWS))
      return unreadable('too-many-rows', { limit: MAXIMUM_ROWS });
    return unreadable(chosen === undefined ? 'empty-file' : 'sheet-missing');
  }
  const shaped = candidates.map(({ sheet }) => ({
    sheet,
    shape: shapeRecords(sheet.records, format, sheet.spans),
  }));
  const registers = shaped.flatMap(({ sheet, shape }) => (shape.ok ? [{ sheet, shape: shape.value }] : []));
  const first = registers.find(({ shape }) => shape.hits >= 2) ?? registers[0];
  if (first === undefined) {
    // What is said of a cover sheet helps nobody: the fullest sheet is meant.
    const [fullest] = shaped.toSorted((one, other) => other.sheet.filled - one.sheet.filled);
    return fullest?.shape.ok === false ? fullest.shape : unreadable('not-a-table');
  }
  const key = headerKey(first.shape.headers);
  const together = registers.filter(({ shape }) => headerKey(shape.headers) === key);
  const several = together.length > 1;
  const readNames = new Set(together.map(({ sheet }) => sheet.name));
  const bodies = new Map(registers.map(({ sheet, shape }) => [sheet.name, shape.rows.length]));
  // One sheet may have a column without a name more than another.
  const headers = together.reduce(
    (widest, { shape }) => (shape.headers.length > widest.length ? shape.headers : widest),
    first.shape.headers,
  );
  const rows = several
    ? together.flatMap(({ sheet, shape }) =>
        shape.rows.map((row) => ({
          ...row,
          sheet: sheet.name,
          cells: [...row.cells, ...headers.slice(row.cells.length).map(() => '')],
        })),
      )
    : first.shape.rows;
  if (rows.length > MAXIMUM_ROWS) return unreadable('too-many-rows', { limit: MAXIMUM_ROWS });
  return read({
    headers,
    headerRow: first.shape.headerRow,
    rows,
    encoding: format,
    format,
    sheet: first.sheet.name,
    sheets: filled.map(({ sheet, hidden }) => ({
      name: sheet.name,
      rows: bodies.get(sheet.name) ?? sheet.filled - headOf(sheet),
      read: readNames.has(sheet.name),
      hidden,
    })),
    from1904,
    titlePowers: Object.fromEntries(
      together.flatMap(({ sheet, shape }) =>
        shape.titlePower === null ? [] : [[several ? sheet.name : '', shape.titlePower]],
      ),
    ),
  });
}

/** How many rows of a sheet stand above its first record. */
function headOf({ records, spans }: SheetRecords): number {
  const header = findHeader(records, spans);
  return header === null || header.hits < 2 ? 0 : header.end;
}

/** Columns without a name at the end tell nothing of a sheet's kind. */
function headerKey(headers: readonly string[]): string {
  const names = headers.map(normaliseHeader);
  while (names.at(-1) === '') names.pop();
  return names.join('\u001f');
}

function tableOfText(bytes: Uint8Array): Reading<Table, TableRule> {
  const lines = countLines(bytes);
  if (lines > MAXIMUM_ROWS * 1.25) return unreadable('too-many-rows', { limit: MAXIMUM_ROWS });
  const decoded = decodeText(bytes);
  if (!decoded.ok) return decoded;
  if (decoded.value.text.trim() === '') return unreadable('empty-file');
  const records = parseCsv(decoded.value.text);
  if (!records.ok) return records;
  const shaped = shapeRecords(records.value, 'csv', new Map());
  if (!shaped.ok) return shaped;
  const { headers, headerRow, rows, titlePower } = shaped.value;
  return read<Table>({
    headers,
    headerRow,
    rows,
    encoding: decoded.value.encoding,
    format: 'csv',
    sheets: [],
    from1904: false,
    titlePowers: titlePower === null ? {} : { '': titlePower },
  });
}

type ShapedRecords = Pick<Table, 'headers' | 'headerRow' | 'rows'> & {
  titlePower: AmountPower | null;
  hits: number;
};

function shapeRecords(
  records: readonly SourceRecord[],
  format: Table['format'],
  spans: Spans,
): Reading<ShapedRecords, TableRule> {
  const filled = records.filter((record) => record.cells.some((cell) => visible(cell) !== ''));
  if (filled.length > MAXIMUM_ROWS) {
    return unreadable('too-many-rows', { limit: MAXIMUM_ROWS });
  }
  const header = findHeader(filled, spans);
  if (header === null) return unreadable('not-a-table');
  if (header.brokenQuotes) return unreadable('unclosed-quote', { row: header.row });
  const below = filled.slice(header.end);
  const headers = withoutBlankTail(header.headers);
  if (headers.length > MAXIMUM_COLUMNS) {
    return unreadable('too-many-columns', { columns: headers.length, limit: MAXIMUM_COLUMNS });
  }
  if (headers.length < 2 && headerAliasHits(headers) === 0) return unreadable('not-a-table');
  if (looksLikeData(headers)) return unreadable('no-header', { row: header.row });
  // Remarks often stand in a column without a name. In text only the columns that the header line has
  // room for may be unnamed: a cell beyond them has slipped.
  const used = below.reduce((widest, { cells }) => Math.max(widest, withoutBlankTail(cells).length), 0);
  const width = format === 'csv' ? Math.min(used, header.headers.length) : used;
  while (headers.length < Math.min(width, MAXIMUM_COLUMNS)) headers.push('');
  const rows = below.map(({ row, cells, brokenQuotes, covered }): TableRow => {
    const kept = withoutBlankTail(cells, headers.length);
    while (kept.length < headers.length) kept.push('');
    return covered === undefined
      ? { row, cells: kept, brokenQuotes }
      : { row, cells: kept, brokenQuotes, covered };
  });
  if (rows.length === 0) return unreadable('no-rows');
  return read({ headers, headerRow: header.row, rows, titlePower: header.titlePower, hits: header.hits });
}

function withoutBlankTail(cells: readonly string[], keep = 0): string[] {
  let length = cells.length;
  while (length > keep && visible(cells[length - 1] ?? '') === '') length -= 1;
  return cells.slice(0, length);
}
