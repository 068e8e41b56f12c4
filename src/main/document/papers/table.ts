import { keepTogether } from './frame.ts';
import { INK, MARGINS, type Sheet } from './sheet.ts';
import { group, ornament, text } from './tags.ts';

/** A table of a paper: a head, rows, and a last line of sums or none. */
export type Table = {
  head: readonly string[];
  rows: readonly (readonly string[])[];
  foot?: readonly string[] | undefined;
};

/** How it lies: each column's share of the width, and on which side its texts stand. */
export type TableLayout = {
  shares: readonly number[];
  align?: readonly ('left' | 'right' | 'center')[];
  size: number;
};

const PADDING = 4;
const SIDE = 5;

/**
 * A table over as many pages as it takes; its head is repeated on each. A row higher than a page is broken by the lines of
 * its longest text, so that nothing is cut.
 */
export function drawTable(
  sheet: Sheet,
  { head, rows, foot }: Table,
  { shares, align, size }: TableLayout,
): void {
  const inner = sheet.page.width - MARGINS.left - MARGINS.right;
  let right = MARGINS.left;
  const columns = shares.map((share, index) => {
    const x = right;
    right += inner * share;
    return { x, width: inner * share, align: align?.[index] ?? 'left' };
  });
  const heightOf = (row: readonly string[], font: 'regular' | 'bold'): number => {
    sheet.font(font, size);
    const heights = columns.map(({ width }, index) =>
      sheet.heightOfString(row[index] || ' ', { width: width - 2 * SIDE }),
    );
    return Math.max(...heights) + 2 * PADDING;
  };
  const draw = (row: readonly string[], font: 'regular' | 'bold', tag: 'TH' | 'TD'): void => {
    const height = heightOf(row, font);
    const { y } = sheet;
    ornament(sheet, () => {
      for (const { x, width } of columns)
        sheet.rect(x, y, width, height).lineWidth(0.5).strokeColor(INK).stroke();
    });
    group(sheet, 'TR', () => {
      for (const [index, { x, width, align: side }] of columns.entries()) {
        text(sheet, tag, () => {
          sheet
            .font(font, size)
            .fillColor(INK)
            .text(row[index] ?? '', x + SIDE, y + PADDING, { width: width - 2 * SIDE, align: side });
        });
      }
    });
    sheet.x = MARGINS.left;
    sheet.y = y + height;
  };
  const { margins } = sheet.page;
  const room = sheet.page.height - margins.top - margins.bottom - heightOf(head, 'bold');
  const parts = rows.flatMap((row) => split(row, (part) => heightOf(part, 'regular') <= room));
  keepTogether(sheet, heightOf(head, 'bold') + 40);
  group(sheet, 'Table', () => {
    draw(head, 'bold', 'TH');
    for (const row of parts) {
      if (keepTogether(sheet, heightOf(row, 'regular'))) draw(head, 'bold', 'TH');
      draw(row, 'regular', 'TD');
    }
    if (foot) {
      keepTogether(sheet, heightOf(foot, 'bold'));
      draw(foot, 'bold', 'TD');
    }
  });
}

/** A row in parts that each fit on a page. */
function split(row: readonly string[], fits: (part: readonly string[]) => boolean): (readonly string[])[] {
  const longest = row.reduce(
    (most, cell, index) => (cell.length > (row[most]?.length ?? 0) ? index : most),
    0,
  );
  const characters = Array.from(row[longest] ?? '');
  if (fits(row) || characters.length < 2) return [row];
  const middle = Math.ceil(characters.length / 2);
  const first = row.with(longest, characters.slice(0, middle).join(''));
  const second = row.map((_, index) => (index === longest ? characters.slice(middle).join('') : ''));
  return [...split(first, fits), ...split(second, fits)];
}
