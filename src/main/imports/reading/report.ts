import type { ImportMapping } from '../../../contract/workstation/imports.ts';
import { cleanCell } from './clean.ts';
import { writeCsv } from './csv.ts';
import type { Language } from '../../../words/index.ts';
import { fieldLabel, importMessage, reportHeaders } from './messages.ts';
import { powerOfHeader } from './header.ts';
import type { Table, TableRow } from './table.ts';
import type { RefusedRow } from './verdict.ts';
import { moneyUnits } from './words/units.ts';

/**
 * The refused rows as CSV: row number, field, rule and reason, then the cells as they were. UTF-8 with
 * byte order mark, so that Excel reads the Chinese. An amount takes along the unit of the title line, which is not in this file,
 * and one merged down from another row stays with that. Cells that a spreadsheet would run as a formula get
 * an apostrophe in front; corrected in place, the file can be imported again.
 */
export function refusedRowsCsv(
  table: Table,
  mapping: ImportMapping,
  refused: readonly RefusedRow[],
  language: Language,
): Uint8Array {
  const records = refused.map(({ row, sheet, index, field, rule, parameters }) => [
    sheet === undefined ? String(row) : `${sheet} ${row}`,
    fieldLabel(field, language),
    rule,
    importMessage({ rule, field, parameters }, language),
    ...cellsAlone(table, mapping, table.rows[index]).map(withoutFormula),
  ]);
  const header = [...reportHeaders(language), ...table.headers];
  const widest = records.reduce((most, record) => Math.max(most, record.length), header.length);
  const padded = [header.map(withoutFormula), ...records].map((record) => [
    ...record,
    ...Array.from({ length: widest - record.length }, () => ''),
  ]);
  return new TextEncoder().encode(`\ufeff${writeCsv(padded)}\r\n`);
}

function cellsAlone(table: Table, mapping: ImportMapping, row: TableRow | undefined): readonly string[] {
  const column = mapping.columns['restitution'] ?? null;
  if (row === undefined) return [];
  if (column === null) return row.cells;
  const amount = row.cells[column] ?? '';
  const power = powerOfHeader(table.headers[column] ?? '') ?? table.titlePowers[row.sheet ?? ''] ?? 0;
  const unit = Object.keys(moneyUnits).find((name) => moneyUnits[name] === power) ?? '';
  const figure = /^[\d.,\s]+$/.test(cleanCell(amount).normalize('NFKC'));
  const own = powerOfHeader(table.headers[column] ?? '') !== null;
  const alone =
    row.covered?.includes(column) === true ? '' : figure && !own && power > 0 ? `${amount}${unit}` : amount;
  return row.cells.with(column, alone);
}

/** Signed numbers and telephone numbers (+86 …) stay as they are. */
function withoutFormula(cell: string): string {
  return /^(?:[=@\t\r]|[+-](?![\d\s().-]*$))/.test(cell) ? `'${cell}` : cell;
}
