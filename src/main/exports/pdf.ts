import { businessDay } from '../../domain/kernel/calendar/index.ts';
import { formatYuan } from '../../domain/kernel/text/index.ts';
import {
  loadFonts,
  printable,
  type DocumentFonts,
  bytesOf,
  keepTogether,
  openSheet,
  tags,
  INK,
  QUIET,
  type Sheet,
} from '../document/index.ts';

import {
  shanghaiMinute,
  type Cell,
  type Column,
  type ColumnKind,
  type Report,
  type ReportTable,
} from './report.ts';

const SIDES = { top: 40, bottom: 52, left: 42, right: 42 };
const SIZE = 8.5;
const PADDING = 3;
const MARK_OPACITY = 0.06;
const MARK_EVERY = 130;

function textOf(cell: Cell, kind: ColumnKind, language: string): string {
  if (cell === null) return '—';
  if (typeof cell === 'string') return kind === 'instant' ? shanghaiMinute(cell) : cell;
  const number = (options: Intl.NumberFormatOptions): string =>
    new Intl.NumberFormat(language, options).format(cell);
  switch (kind) {
    case 'yuan':
      return formatYuan(cell);
    case 'share':
      return number({ style: 'percent', minimumFractionDigits: 1, maximumFractionDigits: 1 });
    case 'days':
      return number({ maximumFractionDigits: 1 });
    default:
      return number({});
  }
}

type Placed = Column & { x: number; across: number };

function placed(sheet: Sheet, columns: readonly Column[]): Placed[] {
  const width = sheet.page.width - SIDES.left - SIDES.right;
  const all = columns.reduce((sum, column) => sum + column.width, 0);
  let x = SIDES.left;
  return columns.map((column) => {
    const across = (column.width / all) * width;
    const at = x;
    x += across;
    return { ...column, x: at, across };
  });
}

function drawRow(
  sheet: Sheet,
  columns: readonly Placed[],
  texts: readonly string[],
  font: 'regular' | 'bold',
): void {
  const { y } = sheet;
  const height = rowHeight(sheet, columns, texts, font);
  tags.group(sheet, 'TR', () => {
    for (const [place, { x, across, kind }] of columns.entries()) {
      tags.text(sheet, font === 'bold' ? 'TH' : 'TD', () =>
        sheet
          .font(font, SIZE)
          .fillColor(INK)
          .text(texts[place] ?? '', x + 3, y + PADDING, {
            width: across - 6,
            align: kind === 'text' ? 'left' : 'right',
          }),
      );
    }
  });
  const end = sheet.page.width - SIDES.right;
  tags.ornament(sheet, () =>
    sheet
      .moveTo(SIDES.left, y + height)
      .lineTo(end, y + height)
      .lineWidth(font === 'bold' ? 0.8 : 0.3)
      .strokeColor(font === 'bold' ? INK : QUIET)
      .stroke(),
  );
  sheet.x = SIDES.left;
  sheet.y = y + height;
}

function rowHeight(
  sheet: Sheet,
  columns: readonly Placed[],
  texts: readonly string[],
  font: 'regular' | 'bold',
): number {
  sheet.font(font, SIZE);
  const heights = columns.map(({ across }, place) =>
    sheet.heightOfString(texts[place] || ' ', { width: across - 6 }),
  );
  return Math.max(...heights) + 2 * PADDING;
}

/** A table over as many pages as it takes; its head is repeated on each. */
function drawTable(
  sheet: Sheet,
  table: ReportTable,
  clean: (text: string) => string,
  language: string,
): void {
  const columns = placed(sheet, table.columns);
  const titles = table.columns.map(({ title }) => clean(title));
  keepTogether(sheet, 60);
  sheet.moveDown(0.6);
  tags.text(sheet, 'H2', () =>
    sheet.font('bold', 11).fillColor(INK).text(clean(table.heading), SIDES.left, sheet.y),
  );
  sheet.moveDown(0.2);
  tags.group(sheet, 'Table', () => drawRows(sheet, table, columns, titles, { clean, language }));
  if (table.rows.length === 0) {
    tags.text(sheet, 'P', () =>
      sheet.font('regular', SIZE).text(clean(table.empty), SIDES.left + 3, sheet.y + PADDING),
    );
  }
}

function drawRows(
  sheet: Sheet,
  table: ReportTable,
  columns: readonly Placed[],
  titles: readonly string[],
  { clean, language }: { clean: (text: string) => string; language: string },
): void {
  drawRow(sheet, columns, titles, 'bold');
  const firstSum = table.rows.length - (table.sums ?? 0);
  for (const [index, cells] of table.rows.entries()) {
    const texts = columns.map(({ kind }, place) => clean(textOf(cells[place] ?? null, kind, language)));
    const font = index >= firstSum ? 'bold' : 'regular';
    if (keepTogether(sheet, rowHeight(sheet, columns, texts, font))) drawRow(sheet, columns, titles, 'bold');
    drawRow(sheet, columns, texts, font);
  }
}

/** Across a page, over what it says and so faint that it is read through. */
function watermark(sheet: Sheet, text: string): void {
  const { width, height } = sheet.page;
  sheet.save();
  sheet.rotate(-24, { origin: [width / 2, height / 2] });
  sheet.font('regular', 15).fillColor(INK).fillOpacity(MARK_OPACITY);
  for (let y = -height / 4; y < height * 1.3; y += MARK_EVERY)
    for (let x = -width / 4; x < width * 1.3; x += sheet.widthOfString(text) + MARK_EVERY)
      sheet.text(text, x, y, { lineBreak: false });
  sheet.restore();
}

function foot(sheet: Sheet, text: string, mark: string): void {
  const { start, count } = sheet.bufferedPageRange();
  for (let index = start; index < start + count; index += 1) {
    sheet.switchToPage(index);
    // Below the margin pdfkit would begin a new page for every line.
    sheet.page.margins.bottom = 0;
    const top = sheet.page.height - 34;
    const across = { width: sheet.page.width - SIDES.left - SIDES.right, lineBreak: false };
    tags.ornament(sheet, () => {
      watermark(sheet, mark);
      sheet.fillOpacity(1).font('regular', 8).fillColor(QUIET).text(text, SIDES.left, top, across);
      sheet.text(`${index - start + 1} / ${count}`, SIDES.left, top, { ...across, align: 'right' });
    });
  }
}

/** The report as a PDF of A4 pages across, its Chinese font embedded. */
export async function renderPdf(report: Report, at: string): Promise<Uint8Array> {
  const fonts: DocumentFonts = await loadFonts(JSON.stringify(report));
  const clean = (text: string): string => printable(text, fonts);
  const sheet = await openSheet(
    fonts,
    { title: clean(report.title), number: '', day: businessDay(at), documentId: null },
    { layout: 'landscape', margins: SIDES },
  );
  tags.text(sheet, 'H1', () =>
    sheet.font('bold', 16).fillColor(INK).text(clean(report.title), SIDES.left, sheet.y),
  );
  sheet.moveDown(0.3);
  for (const [label, text] of report.about) {
    tags.text(sheet, 'P', () => {
      sheet
        .font('bold', 9)
        .fillColor(INK)
        .text(`${clean(label)}  `, SIDES.left, sheet.y, { continued: true });
      sheet.font('regular', 9).text(clean(text));
    });
  }
  for (const table of report.tables) drawTable(sheet, table, clean, report.language);
  if (report.notes.length > 0) sheet.moveDown(0.8);
  for (const note of report.notes) {
    keepTogether(sheet, 24);
    tags.text(sheet, 'P', () =>
      sheet.font('regular', 8.5).fillColor(QUIET).text(clean(note), SIDES.left, sheet.y),
    );
  }
  foot(sheet, clean(`${report.title} · ${report.mark}`), clean(report.mark));
  return bytesOf(sheet);
}
