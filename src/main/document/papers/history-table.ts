import { keepTogether } from './frame.ts';
import { INK, MARGINS, type Sheet } from './sheet.ts';

export type HistoryRow = { when: string; what: string; who: string };

const SIZE = 9;
const PADDING = 4;
const SIDE = 5;
/** Of the table's width. */
const SHARES = { when: 0.17, what: 0.57, who: 0.26 };

/**
 * What happened, as a table over as many pages as it takes; its head is repeated on each. A row higher than a
 * page is broken by its own lines, so that nothing is cut.
 */
export function drawHistory(sheet: Sheet, titles: HistoryRow, rows: readonly HistoryRow[]): void {
  const width = sheet.page.width - MARGINS.left - MARGINS.right;
  const columns = [
    { key: 'when', x: MARGINS.left, width: width * SHARES.when },
    { key: 'what', x: MARGINS.left + width * SHARES.when, width: width * SHARES.what },
    {
      key: 'who',
      x: MARGINS.left + width * (SHARES.when + SHARES.what),
      width: width * SHARES.who,
    },
  ] as const;
  const heightOf = (row: HistoryRow, font: 'regular' | 'bold'): number => {
    sheet.font(font, SIZE);
    const heights = columns.map((column) =>
      sheet.heightOfString(row[column.key], { width: column.width - 2 * SIDE }),
    );
    return Math.max(...heights) + 2 * PADDING;
  };
  const draw = (row: HistoryRow, font: 'regular' | 'bold'): void => {
    const height = heightOf(row, font);
    const { y } = sheet;
    for (const column of columns) {
      sheet.rect(column.x, y, column.width, height).lineWidth(0.5).strokeColor(INK).stroke();
      sheet
        .font(font, SIZE)
        .fillColor(INK)
        .text(row[column.key], column.x + SIDE, y + PADDING, { width: column.width - 2 * SIDE });
    }
    sheet.x = MARGINS.left;
    sheet.y = y + height;
  };
  const room = sheet.page.height - MARGINS.top - MARGINS.bottom - heightOf(titles, 'bold');
  const parts = rows.flatMap((row) => split(row, (part) => heightOf(part, 'regular') <= room));
  keepTogether(sheet, heightOf(titles, 'bold') + 40);
  draw(titles, 'bold');
  for (const row of parts) {
    if (keepTogether(sheet, heightOf(row, 'regular'))) draw(titles, 'bold');
    draw(row, 'regular');
  }
}

/** A row in parts that each fit on a page. */
function split(row: HistoryRow, fits: (part: HistoryRow) => boolean): HistoryRow[] {
  if (fits(row) || row.what.length < 2) return [row];
  const characters = Array.from(row.what);
  const middle = Math.ceil(characters.length / 2);
  return [
    ...split({ ...row, what: characters.slice(0, middle).join('') }, fits),
    ...split({ when: '', who: '', what: characters.slice(middle).join('') }, fits),
  ];
}
