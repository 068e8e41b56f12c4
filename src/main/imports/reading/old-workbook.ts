import type { Archive } from './archive.ts';
import type { SourceRecord } from './csv.ts';
import { dateText, plainText } from './numbers.ts';
import { applyMerges, MAXIMUM_COLUMNS, SheetTooLarge, type SheetRecords } from './sheet.ts';

type Cell = string | number | boolean | Date | null | undefined;
type Sheet = {
  name: string;
  rows: Cell[][];
  merges?: { startRow: number; endRow: number; startCol: number; endCol: number }[];
};

/** OpenDocument content is read as a whole: what unfolds to more than this is left to be saved as .xlsx. */
const MAXIMUM_CONTENT_BYTES = 32 * 1024 * 1024;

/**
 * The sheets of an .xls or .et workbook (97 to 2003; WPS writes the same under its own name). Null when it is older, or
 * damaged. @throws SheetTooLarge
 */
export async function readXlsSheets(bytes: Uint8Array): Promise<SheetRecords[] | null> {
  const { readXls } = await import('hucre/xlsx');
  const workbook = await readXls(bytes).catch(() => null);
  return workbook === null ? null : workbook.sheets.map(recordsOf);
}

/** The sheets of an .ods table; null when it is damaged or unfolds too far. @throws SheetTooLarge, ArchiveRefused */
export async function readOdsSheets(bytes: Uint8Array, archive: Archive): Promise<SheetRecords[] | null> {
  let size = 0;
  for await (const chunk of archive.unpack('content.xml')) {
    size += chunk.byteLength;
    if (size > MAXIMUM_CONTENT_BYTES) return null;
  }
  const { readOds } = await import('hucre/ods');
  const workbook = await readOds(bytes).catch(() => null);
  return workbook === null ? null : workbook.sheets.map(recordsOf);
}

/** True when the workbook stream of an .xls is behind a password: its second record says so. */
export function isLockedXls(bytes: Uint8Array): boolean {
  const buffer = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const begin = buffer.indexOf(Buffer.from([0x09, 0x08, 0x10, 0x00, 0x00, 0x06, 0x05, 0x00]));
  return begin >= 0 && begin + 22 <= buffer.length && buffer.readUInt16LE(begin + 20) === 0x2f;
}

function recordsOf({ name, rows, merges = [] }: Sheet): SheetRecords {
  const records: SourceRecord[] = [];
  // Rows that hold nothing may be missing from the list.
  for (let index = 0; index < rows.length; index += 1) {
    const cells = (rows[index] ?? []).map(textOf);
    let length = cells.length;
    while (length > 0 && (cells[length - 1] ?? '').trim() === '') length -= 1;
    if (length === 0) continue;
    if (length > MAXIMUM_COLUMNS)
      throw new SheetTooLarge('too-many-columns', { columns: length, limit: MAXIMUM_COLUMNS });
    records.push({ row: index + 1, cells: cells.slice(0, length), brokenQuotes: false });
  }
  return { name, records, filled: records.length, spans: applyMerges(records, merges) };
}

function textOf(value: Cell): string {
  if (value === null || value === undefined) return '';
  if (typeof value === 'number') return plainText(value);
  if (typeof value === 'boolean') return value ? 'TRUE' : 'FALSE';
  return value instanceof Date ? dateText(value) : value;
}
