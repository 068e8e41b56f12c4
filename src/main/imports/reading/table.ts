import { detectContainer } from './container.ts';
import { parseCsv, type CsvRule, type SourceRecord } from './csv.ts';
import { decodeText, type DecodeRule, type TextEncoding } from './decode.ts';
import { headerAliasHits } from './fields.ts';
import { read, unreadable, type Reading, type Reason } from './result.ts';
import { readSheet, type XlsxRule } from './xlsx.ts';

export const MAXIMUM_FILE_BYTES = 50 * 1024 * 1024;
/** A packed sheet that would unfold to more than this is refused before it is unfolded. */
const MAXIMUM_UNPACKED_BYTES = 500 * 1024 * 1024;
const MAXIMUM_ROWS = 200_000;
const MAXIMUM_COLUMNS = 500;
/** Title lines above the header are common in official registers. */
const HEADER_SEARCH_ROWS = 10;

export type TableRow = {
  /** As a person counts rows in a spreadsheet: from 1, titles, header and blank rows included. */
  row: number;
  /** As in the file, untrimmed; at least as many as there are headers, more when the row has more. */
  cells: string[];
  /** True when a quote stands where none may, so that the cells cannot be trusted. */
  brokenQuotes: boolean;
};

export type Table = {
  headers: string[];
  headerRow: number;
  /** Rows below the header; blank ones are left out. */
  rows: TableRow[];
  encoding: TextEncoding | 'xlsx';
  format: 'csv' | 'xlsx';
  sheet?: string;
};

export type TableRule =
  | DecodeRule
  | CsvRule
  | XlsxRule
  | 'too-large'
  | 'password-protected'
  | 'legacy-xls'
  | 'html-file'
  | 'not-a-table'
  | 'no-header'
  | 'no-rows';
export type TableError = Reason<TableRule>;
export type ReadTable = { ok: true; table: Table } | { ok: false; error: TableError };

/**
 * Reads a .csv or .xlsx file. The content decides what it is; `fileName` only words the errors
 * (parameter `file`). Never throws for what a file may hold: every defect is a `TableError`.
 */
export async function readTable(bytes: Uint8Array, fileName: string): Promise<ReadTable> {
  const result = await tableOf(bytes);
  return result.ok
    ? { ok: true, table: result.value }
    : {
        ok: false,
        error: { ...result.error, parameters: { ...result.error.parameters, file: fileName } },
      };
}

async function tableOf(bytes: Uint8Array): Promise<Reading<Table, TableRule>> {
  if (bytes.byteLength === 0) return unreadable('empty-file');
  if (bytes.byteLength > MAXIMUM_FILE_BYTES) {
    return unreadable('too-large', { megabytes: Math.ceil(bytes.byteLength / 1048576), limit: 50 });
  }
  const container = detectContainer(bytes);
  switch (container.kind) {
    case 'encrypted-office':
      return unreadable('password-protected');
    case 'legacy-xls':
      return unreadable('legacy-xls');
    case 'html':
      return unreadable('html-file');
    case 'other-zip':
    case 'other-binary':
      return unreadable('not-a-table');
    case 'xlsx': {
      if (container.uncompressedBytes > MAXIMUM_UNPACKED_BYTES) {
        return unreadable('too-large', {
          megabytes: Math.ceil(container.uncompressedBytes / 1048576),
          limit: 500,
        });
      }
      const sheet = await readSheet(bytes);
      if (!sheet.ok) return sheet;
      const shaped = shapeRecords(sheet.value.records, 'xlsx');
      if (!shaped.ok) return shaped;
      return read({
        ...shaped.value,
        encoding: 'xlsx',
        format: 'xlsx',
        sheet: sheet.value.sheet,
      });
    }
    case 'text': {
      const decoded = decodeText(bytes);
      if (!decoded.ok) return decoded;
      if (decoded.value.text.trim() === '') return unreadable('empty-file');
      const records = parseCsv(decoded.value.text);
      if (!records.ok) return records;
      const shaped = shapeRecords(records.value, 'csv');
      if (!shaped.ok) return shaped;
      return read({ ...shaped.value, encoding: decoded.value.encoding, format: 'csv' });
    }
  }
}

type ShapedRecords = Pick<Table, 'headers' | 'headerRow' | 'rows'>;

function shapeRecords(
  records: readonly SourceRecord[],
  format: Table['format'],
): Reading<ShapedRecords, TableRule> {
  const filled = records.filter((record) => record.cells.some((cell) => cell.trim() !== ''));
  if (filled.length > MAXIMUM_ROWS) {
    return unreadable('too-many-rows', { rows: filled.length, limit: MAXIMUM_ROWS });
  }
  const index = headerIndex(filled);
  const header = filled[index];
  if (!header) return unreadable('not-a-table');
  if (header.brokenQuotes) return unreadable('unclosed-quote', { row: header.row });
  const below = filled.slice(index + 1);
  const headers = withoutBlankTail(header.cells);
  if (headers.length > MAXIMUM_COLUMNS) {
    return unreadable('too-many-columns', { columns: headers.length, limit: MAXIMUM_COLUMNS });
  }
  if (headers.length < 2 && headerAliasHits(headers) === 0) return unreadable('not-a-table');
  if (looksLikeData(headers)) return unreadable('no-header', { row: header.row });
  // Remarks often stand in a column without a name. In text only the columns that the header line has
  // room for may be unnamed: a cell beyond them has slipped.
  const used = below.reduce((widest, { cells }) => Math.max(widest, withoutBlankTail(cells).length), 0);
  const width = format === 'xlsx' ? used : Math.min(used, header.cells.length);
  while (headers.length < Math.min(width, MAXIMUM_COLUMNS)) headers.push('');
  const rows = below.map(({ row, cells, brokenQuotes }) => {
    const kept = withoutBlankTail(cells, headers.length);
    while (kept.length < headers.length) kept.push('');
    return { row, cells: kept, brokenQuotes };
  });
  if (rows.length === 0) return unreadable('no-rows');
  return read({ headers, headerRow: header.row, rows });
}

/** The row that knows most headers; else the first with two different cells; else the first. */
function headerIndex(filled: readonly SourceRecord[]): number {
  const candidates = filled.slice(0, HEADER_SEARCH_ROWS);
  const hits = candidates.map((record) => headerAliasHits(record.cells));
  const most = Math.max(0, ...hits);
  if (most >= 2) return hits.indexOf(most);
  const first = candidates.findIndex(
    (record) => new Set(record.cells.map((cell) => cell.trim()).filter(Boolean)).size >= 2,
  );
  return Math.max(first, 0);
}

/** A header names things: half of it or more being numbers and dates means that there is none. */
function looksLikeData(headers: readonly string[]): boolean {
  const filled = headers.map((cell) => cell.normalize('NFKC').trim()).filter(Boolean);
  const data = filled.filter((cell) => /^[\d\s.,:/\-+¥$年月日时分秒]+$/.test(cell));
  return data.length * 2 >= filled.length && data.length > 0;
}

function withoutBlankTail(cells: readonly string[], keep = 0): string[] {
  let length = cells.length;
  while (length > keep && (cells[length - 1] ?? '').trim() === '') length -= 1;
  return cells.slice(0, length);
}
