import { BODY_SIZE, INK, type Sheet } from './sheet.ts';
import { labels } from './labels.zh-CN.ts';

const BOX_HEIGHT = 70;
const PADDING = 8;
const LINE = 17;

function boxWidth(sheet: Sheet): number {
  return (sheet.page.width - sheet.page.margins.left - sheet.page.margins.right) / 2;
}

/** The seal's box grows with a long name, which must not run into the date below it. */
function sealHeight(sheet: Sheet, organisation: string): number {
  const name = sheet
    .font('regular', BODY_SIZE)
    .heightOfString(organisation, { width: boxWidth(sheet) - 2 * PADDING });
  return Math.max(BOX_HEIGHT, 2 * PADDING + 2 * LINE + name);
}

/** How much of a page the signatures take. */
export function signaturesHeight(sheet: Sheet, organisation: string): number {
  return BOX_HEIGHT + sealHeight(sheet, organisation);
}

/**
 * Four places of equal size, for the two parties, the mediator and the seal. The parties write their
 * dates by hand; the document's own date stands where the seal goes over it.
 */
export function drawSignatures(sheet: Sheet, organisation: string, day: string): void {
  const left = sheet.page.margins.left;
  const width = boxWidth(sheet);
  const top = sheet.y;
  const { signatures } = labels;
  const boxes = [
    { label: signatures.consumer, under: signatures.date },
    { label: signatures.merchant, under: signatures.date },
    { label: signatures.mediator, under: signatures.date },
    { label: signatures.seal, under: day, name: organisation },
  ];
  boxes.forEach(({ label, under, name }, index) => {
    const x = left + (index % 2) * width;
    const lower = index >= 2;
    const y = lower ? top + BOX_HEIGHT : top;
    const height = lower ? sealHeight(sheet, organisation) : BOX_HEIGHT;
    const inside = { width: width - 2 * PADDING };
    sheet.rect(x, y, width, height).lineWidth(0.7).strokeColor(INK).stroke();
    sheet.font('regular', BODY_SIZE).fillColor(INK);
    sheet.text(label, x + PADDING, y + PADDING, inside);
    if (name !== undefined) {
      sheet.text(name, x + PADDING, y + PADDING + LINE, inside);
    }
    sheet.text(under, x + PADDING, y + height - PADDING - LINE + 2, { ...inside, align: 'right' });
  });
  sheet.x = left;
  sheet.y = top + signaturesHeight(sheet, organisation);
}
