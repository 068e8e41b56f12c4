import type { Cell as SheetCell, CellStyle, CellValue, WriteSheet } from 'hucre';
import { shanghaiMinute, type Cell, type Column, type ColumnKind, type Report } from './report.ts';

const FORMATS: Partial<Record<ColumnKind, string>> = {
  count: '#,##0',
  yuan: '#,##0.00',
  share: '0.0%',
  days: '0.0',
  instant: 'yyyy-mm-dd hh:mm',
  day: 'yyyy-mm-dd',
};

/** A cell as the spreadsheet holds it: numbers are numbers, fen become yuan, times those of Asia/Shanghai. */
function valueOf(cell: Cell, kind: ColumnKind): CellValue {
  if (cell === null) return null;
  if (typeof cell === 'number') return kind === 'yuan' ? cell / 100 : cell;
  // A spreadsheet knows no zone: the clock on the wall is written down.
  if (kind === 'instant') return new Date(`${shanghaiMinute(cell).replace(' ', 'T')}:00Z`);
  return kind === 'day' ? new Date(`${cell}T00:00:00Z`) : cell;
}

/** What Excel does not allow in the name of a sheet is left out; at most 31 characters. */
const sheetName = (heading: string, place: number): string =>
  heading.replaceAll(/[\\/?*[\]:]/g, ' ').slice(0, 28) || String(place + 1);

const HEAD: CellStyle = {
  font: { bold: true },
  fill: { type: 'pattern', pattern: 'solid', fgColor: { rgb: 'E9F1F2' } },
  border: { bottom: { style: 'thin', color: { rgb: '8B949E' } } },
};

/** How a cell of a column looks; of a sum it is bold. */
function styleOf({ kind }: Column, sum: boolean): CellStyle {
  const format = FORMATS[kind];
  return {
    ...(sum ? { font: { bold: true } } : {}),
    ...(format === undefined ? {} : { numFmt: format }),
    alignment: {
      vertical: 'top',
      wrapText: kind === 'text',
      horizontal: kind === 'text' ? 'left' : 'right',
    },
  };
}

/** A sheet written row by row, with the looks of its cells. */
class SheetRows {
  readonly rows: CellValue[][] = [];
  readonly cells = new Map<string, Partial<SheetCell>>();

  add(values: CellValue[], style?: CellStyle | ((column: number) => CellStyle)): void {
    const row = this.rows.length;
    this.rows.push(values);
    if (style === undefined) return;
    values.forEach((value, column) => {
      this.cells.set(`${row},${column}`, {
        value,
        style: typeof style === 'function' ? style(column) : style,
      });
    });
  }
}

function sheetOf(report: Report, table: Report['tables'][number], place: number): WriteSheet {
  const sheet = new SheetRows();
  sheet.add([report.title], { font: { bold: true, size: 14 } });
  for (const [label, text] of report.about)
    sheet.add([label, text], (column) => (column === 0 ? { font: { bold: true } } : {}));
  sheet.add([]);
  sheet.add([table.heading], { font: { bold: true, size: 12 } });
  sheet.add(
    table.columns.map(({ title }) => title),
    (column) => ({
      ...HEAD,
      alignment: {
        wrapText: true,
        vertical: 'center',
        horizontal: table.columns[column]?.kind === 'text' ? 'left' : 'right',
      },
    }),
  );
  const head = sheet.rows.length;
  if (table.rows.length === 0) sheet.add([table.empty]);
  const firstSum = table.rows.length - (table.sums ?? 0);
  const plain = table.columns.map((column) => styleOf(column, false));
  const bold = table.columns.map((column) => styleOf(column, true));
  for (const [index, cells] of table.rows.entries()) {
    const styles = index >= firstSum ? bold : plain;
    sheet.add(
      cells.map((cell, column) => valueOf(cell, table.columns[column]?.kind ?? 'text')),
      (column) => styles[column] ?? {},
    );
  }
  if (report.notes.length > 0) sheet.add([]);
  for (const note of report.notes) sheet.add([note]);
  return {
    name: sheetName(table.heading, place),
    rows: sheet.rows,
    cells: sheet.cells,
    columns: table.columns.map(({ width }, column) => ({ width: Math.max(width, column === 0 ? 14 : 8) })),
    freezePane: { rows: head },
    // Of an ampersand the format makes an order.
    headerFooter: { oddFooter: `&L${report.mark.replaceAll('&', '&&')}&R&P / &N` },
    pageSetup: { paperSize: 'a4', orientation: 'landscape', fitToPage: true, fitToWidth: 1, fitToHeight: 0 },
    ...(table.rows.length > 0
      ? { autoFilter: { range: `A${head}:${columnName(table.columns.length)}${head + firstSum}` } }
      : {}),
  };
}

/** The n-th column, from 1: `A`, `Z`, `AA`. */
function columnName(number: number): string {
  const rest = Math.floor((number - 1) / 26);
  return (rest > 0 ? columnName(rest) : '') + String.fromCharCode(65 + ((number - 1) % 26));
}

/** The report as .xlsx: a sheet a table, each with what it is above it. */
export async function renderXlsx(report: Report): Promise<Uint8Array> {
  // Loaded when a spreadsheet is asked for: a workstation that makes none does not keep it.
  const { writeXlsx } = await import('hucre/xlsx');
  return writeXlsx({
    sheets: report.tables.map((table, place) => sheetOf(report, table, place)),
    properties: { title: report.title },
  });
}
