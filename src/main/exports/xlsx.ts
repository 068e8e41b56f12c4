import type ExcelJS from 'exceljs';
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
function valueOf(cell: Cell, kind: ColumnKind): string | number | Date | null {
  if (cell === null) return null;
  if (typeof cell === 'number') return kind === 'yuan' ? cell / 100 : cell;
  // A spreadsheet knows no zone: the clock on the wall is written down.
  if (kind === 'instant') return new Date(`${shanghaiMinute(cell).replace(' ', 'T')}:00Z`);
  return kind === 'day' ? new Date(`${cell}T00:00:00Z`) : cell;
}

/** What Excel does not allow in the name of a sheet is left out; at most 31 characters. */
const sheetName = (heading: string, place: number): string =>
  heading.replaceAll(/[\\/?*[\]:]/g, ' ').slice(0, 28) || String(place + 1);

function headRow(sheet: ExcelJS.Worksheet, columns: readonly Column[]): void {
  const row = sheet.addRow(columns.map(({ title }) => title));
  row.font = { bold: true };
  row.eachCell((cell, place) => {
    cell.fill = { type: 'pattern', pattern: 'solid', fgColor: { argb: 'FFE9F1F2' } };
    cell.border = { bottom: { style: 'thin', color: { argb: 'FF8B949E' } } };
    cell.alignment = {
      wrapText: true,
      vertical: 'middle',
      horizontal: columns[place - 1]?.kind === 'text' ? 'left' : 'right',
    };
  });
}

/** The report as .xlsx: a sheet a table, each with what it is above it. */
export async function renderXlsx(report: Report): Promise<Uint8Array> {
  // Loaded when a spreadsheet is asked for: a workstation that makes none keeps its 20 MB.
  const { default: Excel } = await import('exceljs');
  const workbook = new Excel.Workbook();
  workbook.title = report.title;
  for (const [place, table] of report.tables.entries()) {
    const sheet = workbook.addWorksheet(sheetName(table.heading, place), {
      pageSetup: { paperSize: 9, orientation: 'landscape', fitToPage: true, fitToWidth: 1, fitToHeight: 0 },
    });
    sheet.addRow([report.title]).font = { bold: true, size: 14 };
    for (const [label, text] of report.about) {
      sheet.addRow([label, text]).getCell(1).font = { bold: true };
    }
    sheet.addRow([]);
    sheet.addRow([table.heading]).font = { bold: true, size: 12 };
    headRow(sheet, table.columns);
    const head = sheet.rowCount;
    sheet.views = [{ state: 'frozen', ySplit: head }];
    if (table.rows.length === 0) sheet.addRow([table.empty]);
    const firstSum = table.rows.length - (table.sums ?? 0);
    for (const [index, cells] of table.rows.entries()) {
      const row = sheet.addRow(
        cells.map((cell, column) => valueOf(cell, table.columns[column]?.kind ?? 'text')),
      );
      if (index >= firstSum) row.font = { bold: true };
      table.columns.forEach(({ kind }, column) => {
        const cell = row.getCell(column + 1);
        const format = FORMATS[kind];
        if (format !== undefined) cell.numFmt = format;
        cell.alignment = {
          vertical: 'top',
          wrapText: kind === 'text',
          horizontal: kind === 'text' ? 'left' : 'right',
        };
      });
    }
    if (report.notes.length > 0) sheet.addRow([]);
    for (const note of report.notes) sheet.addRow([note]);
    table.columns.forEach(({ width }, column) => {
      sheet.getColumn(column + 1).width = Math.max(width, column === 0 ? 14 : 8);
    });
    if (table.rows.length > 0)
      sheet.autoFilter = {
        from: { row: head, column: 1 },
        to: { row: head + firstSum, column: table.columns.length },
      };
  }
  return new Uint8Array(await workbook.xlsx.writeBuffer());
}
