import { writeCsv } from './csv.ts';
import type { Language } from '../../../words/index.ts';
import { fieldLabel, importMessage, reportHeaders } from './messages.ts';
import type { Table } from './table.ts';
import type { RefusedRow } from './verdict.ts';

/**
 * The refused rows as CSV: row number, field, rule and reason, then the cells as they were. UTF-8 with
 * byte order mark, so that Excel reads the Chinese. Cells that a spreadsheet would run as a formula get
 * an apostrophe in front; corrected in place, the file can be imported again.
 */
export function refusedRowsCsv(table: Table, refused: readonly RefusedRow[], language: Language): Uint8Array {
  const cellsOfRow = new Map(table.rows.map((row) => [row.row, row.cells]));
  const records = refused.map(({ row, field, rule, parameters }) => [
    String(row),
    fieldLabel(field, language),
    rule,
    importMessage({ rule, field, parameters }, language),
    ...(cellsOfRow.get(row) ?? []).map(withoutFormula),
  ]);
  const header = [...reportHeaders(language), ...table.headers];
  const widest = records.reduce((most, record) => Math.max(most, record.length), header.length);
  const padded = [header.map(withoutFormula), ...records].map((record) => [
    ...record,
    ...Array.from({ length: widest - record.length }, () => ''),
  ]);
  return new TextEncoder().encode(`\ufeff${writeCsv(padded)}\r\n`);
}

/** Signed numbers and telephone numbers (+86 …) stay as they are. */
function withoutFormula(cell: string): string {
  return /^(?:[=@\t\r]|[+-](?![\d\s().-]*$))/.test(cell) ? `'${cell}` : cell;
}
