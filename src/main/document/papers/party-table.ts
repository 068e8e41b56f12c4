import { BODY_SIZE, INK, type Sheet } from './sheet.ts';
import { group, ornament, text as tagged, type TextTag } from './tags.ts';

/** A label and what stands beside it. */
type Entry = readonly [label: string, value: string];

/** One party: its lines hold one entry over the whole width, or two side by side. */
export type PartyRow = { party: string; lines: readonly (readonly Entry[])[] };

const PARTY_WIDTH = 68;
const LABEL_WIDTH = 62;
const SIZE = BODY_SIZE;
const LABEL_SIZE = BODY_SIZE - 0.5;

/** Space between a text and the sides of its cell; above and below it, the spacing decides. */
const SIDE = 5;

function heightOf(sheet: Sheet, text: string, width: number, size: number): number {
  return sheet.font('regular', size).heightOfString(text, { width: width - 2 * SIDE });
}

/** Draws text in the middle of a cell's height and frames the cell. */
function cell(
  sheet: Sheet,
  text: string,
  box: { x: number; y: number; width: number; height: number },
  style: { size: number; font: 'regular' | 'bold'; align: 'center' | 'left'; tag: TextTag },
): void {
  const { x, y, width, height } = box;
  ornament(sheet, () => sheet.rect(x, y, width, height).lineWidth(0.7).strokeColor(INK).stroke());
  sheet.font(style.font, style.size).fillColor(INK);
  const options = { width: width - 2 * SIDE, align: style.align };
  // Line by line: pdfkit centres the lines of one text differently after a line end.
  const lines = text.split('\n');
  const heights = lines.map((line) => sheet.heightOfString(line, options));
  let top = y + (height - heights.reduce((sum, one) => sum + one, 0)) / 2;
  tagged(sheet, style.tag, () => {
    lines.forEach((line, index) => {
      sheet.text(line, x + SIDE, top, options);
      top += heights[index] ?? 0;
    });
  });
}

/** The table of parties at the head of a document, as high as its longest texts need. */
export function drawPartyTable(sheet: Sheet, rows: readonly PartyRow[], padding: number): void {
  group(sheet, 'Table', () => drawRows(sheet, rows, padding));
}

function drawRows(sheet: Sheet, rows: readonly PartyRow[], padding: number): void {
  const left = sheet.page.margins.left;
  const inner = sheet.page.width - left - sheet.page.margins.right - PARTY_WIDTH;
  let { y } = sheet;
  for (const { party, lines } of rows) {
    const measured = lines.map((entries) => {
      const width = inner / entries.length - LABEL_WIDTH;
      const heights = entries.flatMap(([label, value]) => [
        heightOf(sheet, label, LABEL_WIDTH, LABEL_SIZE),
        heightOf(sheet, value, width, SIZE),
      ]);
      return { entries, width, height: Math.max(...heights) + 2 * padding };
    });
    const said = measured.reduce((sum, line) => sum + line.height, 0);
    // The party's own word may be higher than all that is said of it; the last line then takes the rest.
    const height = Math.max(said, heightOf(sheet, party, PARTY_WIDTH, SIZE) + 2 * padding);
    const last = measured.at(-1);
    if (last) last.height += height - said;
    for (const [index, line] of measured.entries()) {
      group(sheet, 'TR', () => {
        if (index === 0) {
          const box = { x: left, y, width: PARTY_WIDTH, height };
          cell(sheet, party, box, { size: SIZE, font: 'bold', align: 'center', tag: 'TH' });
        }
        let x = left + PARTY_WIDTH;
        for (const [label, value] of line.entries) {
          const beside = { x, y, width: LABEL_WIDTH, height: line.height };
          cell(sheet, label, beside, { size: LABEL_SIZE, font: 'regular', align: 'center', tag: 'TH' });
          x += LABEL_WIDTH;
          const box = { x, y, width: line.width, height: line.height };
          cell(sheet, value, box, { size: SIZE, font: 'regular', align: 'left', tag: 'TD' });
          x += line.width;
        }
      });
      y += line.height;
    }
  }
  sheet.x = left;
  sheet.y = y;
}
