import type ExcelJS from 'exceljs';
import type { SourceRecord } from './csv.ts';
import { read, unreadable, type Reading } from './result.ts';

export type XlsxRule = 'damaged-xlsx' | 'empty-file' | 'too-many-rows' | 'too-many-columns';
export type SheetRecords = { sheet: string; records: SourceRecord[] };

const MAXIMUM_ROWS = 200_000;
const MAXIMUM_COLUMNS = 500;

/**
 * The cells of the first visible sheet that holds anything, as text: dates `YYYY-MM-DD`, with
 * ` HH:mm:ss` when they have a time; numbers without float noise or exponent; formulas as their stored
 * results. A vertical merge repeats its value in each row, a horizontal one keeps it in its first cell.
 * Row numbers are the sheet's own.
 */
export async function readSheet(bytes: Uint8Array): Promise<Reading<SheetRecords, XlsxRule>> {
  // Loaded when a spreadsheet is read: a workstation that reads none keeps its 20 MB.
  const { default: Excel } = await import('exceljs');
  const workbook = new Excel.Workbook();
  try {
    // A copy of its own: the declared type wants an ArrayBuffer, and `bytes` may be a view into a pool.
    await workbook.xlsx.load(new Uint8Array(bytes).buffer);
  } catch (error) {
    return unreadable('damaged-xlsx', {
      detail: error instanceof Error ? error.message.slice(0, 200) : String(error).slice(0, 200),
    });
  }
  for (const sheet of workbook.worksheets) {
    if (sheet.state !== 'visible') continue;
    if (sheet.rowCount > MAXIMUM_ROWS) {
      return unreadable('too-many-rows', { rows: sheet.rowCount, limit: MAXIMUM_ROWS });
    }
    const records: SourceRecord[] = [];
    let widest = 0;
    sheet.eachRow({ includeEmpty: false }, (row, number) => {
      const cells: string[] = [];
      row.eachCell({ includeEmpty: false }, (cell, column) => {
        if (column > MAXIMUM_COLUMNS) return void (widest = Math.max(widest, column));
        while (cells.length < column) cells.push('');
        const repeated = cell.isMerged && cell.master.address !== cell.address;
        if (repeated && cell.master.col !== cell.col) return;
        cells[column - 1] = cellText(cell);
      });
      if (cells.some((text) => text.trim() !== '')) {
        records.push({ row: number, cells, brokenQuotes: false });
      }
    });
    if (widest > 0) {
      return unreadable('too-many-columns', { columns: widest, limit: MAXIMUM_COLUMNS });
    }
    if (records.length > 0) return read({ sheet: sheet.name, records });
  }
  return unreadable('empty-file');
}

function cellText(cell: ExcelJS.Cell): string {
  return valueText(cell.value, cell, cell.numFmt);
}

function valueText(value: ExcelJS.CellValue, cell: ExcelJS.Cell, format: string | undefined): string {
  if (value === null || value === undefined) return '';
  if (typeof value === 'string') return value;
  if (typeof value === 'number') return numberText(value, format);
  if (typeof value === 'boolean') return value ? 'TRUE' : 'FALSE';
  if (value instanceof Date) return dateText(value);
  if ('error' in value) return value.error;
  if ('richText' in value) return value.richText.map((part) => part.text).join('');
  if ('hyperlink' in value) return hyperlinkText(value.text);
  // A program that never calculated stores no result: showing the formula makes the row's reader refuse it,
  // where a blank would lose it in silence.
  return value.result === undefined ? `=${cell.formula}` : valueText(value.result, cell, format);
}

/** Declared a string, but a formatted link holds rich text. */
function hyperlinkText(text: unknown): string {
  if (typeof text === 'string') return text;
  if (typeof text !== 'object' || text === null || !('richText' in text)) return '';
  if (!Array.isArray(text.richText)) return '';
  return text.richText
    .map((part: unknown) =>
      typeof part === 'object' && part !== null && 'text' in part ? String(part.text) : '',
    )
    .join('');
}

/** Fifteen significant digits are what a spreadsheet shows; a format of zeros pads (`00000` → `08003`). */
function numberText(value: number, format: string | undefined): string {
  const rounded = Number(value.toPrecision(15));
  let text = String(rounded);
  if (/e/i.test(text)) {
    text = Number.isInteger(rounded) ? BigInt(rounded).toString() : rounded.toFixed(20).replace(/0+$/, '');
  }
  const padded = format !== undefined && /^0{2,20}$/.test(format) && Number.isInteger(rounded);
  return padded ? text.padStart(format.length, '0') : text;
}

/** Spreadsheet dates have no zone; the library hands them over as if they were UTC. */
function dateText(value: Date): string {
  const milliseconds = value.getTime();
  if (Number.isNaN(milliseconds)) return '';
  const text = new Date(Math.round(milliseconds / 1000) * 1000).toISOString();
  const time = text.slice(11, 19);
  return time === '00:00:00' ? text.slice(0, 10) : `${text.slice(0, 10)} ${time}`;
}
