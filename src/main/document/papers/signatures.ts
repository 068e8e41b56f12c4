import { labels } from './labels.zh-CN.ts';
import { BODY_SIZE, INK, QUIET, type Sheet } from './sheet.ts';
import { figure, ornament, text as tagged } from './tags.ts';

/** A signature as drawn on a screen: strokes of x, y, x, y, … in a field of that size. */
export type Ink = { width: number; height: number; strokes: readonly (readonly number[])[] };

/** A place to sign or to seal: what it is for, what stands in it, and the line at its foot. */
export type Place = {
  label: string;
  name?: string | undefined;
  under: string;
  /** Drawn, a name typed in its stead, or a picture of what was drawn (PNG or JPEG). */
  signature?: Ink | { name: string } | { picture: Uint8Array } | undefined;
};

/** In points, from the left upper corner of the page. */
export type Box = { x: number; y: number; width: number; height: number };

const BOX_HEIGHT = 92;
const PADDING = 7;
const LINE = 16;
/** What stands between a signature and the lines above and below it. */
const CLEAR = 2;

function boxWidth(sheet: Sheet): number {
  return (sheet.page.width - sheet.page.margins.left - sheet.page.margins.right) / 2;
}

/** A box grows with a long name, which must not run into the date below it. */
function heightOf(sheet: Sheet, place: Place | undefined): number {
  if (place?.name === undefined) return BOX_HEIGHT;
  const name = sheet
    .font('regular', BODY_SIZE)
    .heightOfString(place.name, { width: boxWidth(sheet) - 2 * PADDING });
  return Math.max(BOX_HEIGHT, 2 * PADDING + 2 * LINE + name);
}

function rowsOf(places: readonly Place[]): [Place, Place | undefined][] {
  const rows: [Place, Place | undefined][] = [];
  for (let index = 0; index < places.length; index += 2) {
    const first = places[index];
    if (first) rows.push([first, places[index + 1]]);
  }
  return rows;
}

/** How much of a page the places take. */
export function placesHeight(sheet: Sheet, places: readonly Place[]): number {
  return rowsOf(places).reduce(
    (sum, [one, other]) => sum + Math.max(heightOf(sheet, one), heightOf(sheet, other)),
    0,
  );
}

/**
 * Places of equal width, two a row, the last one over both columns when it stands alone. Returns for each, in their order,
 * where a signature goes: between the label and the date, so that ink crosses neither.
 */
export function drawPlaces(sheet: Sheet, places: readonly Place[]): Box[] {
  const left = sheet.page.margins.left;
  const width = boxWidth(sheet);
  let { y } = sheet;
  const boxes: Box[] = [];
  for (const [one, other] of rowsOf(places)) {
    const height = Math.max(heightOf(sheet, one), heightOf(sheet, other));
    boxes.push(drawPlace(sheet, one, { x: left, y, width: other ? width : 2 * width, height }));
    if (other) boxes.push(drawPlace(sheet, other, { x: left + width, y, width, height }));
    y += height;
  }
  sheet.x = left;
  sheet.y = y;
  return boxes;
}

function drawPlace(sheet: Sheet, { label, name, under, signature }: Place, box: Box): Box {
  const { x, y, width, height } = box;
  const inside = { width: width - 2 * PADDING };
  ornament(sheet, () => sheet.rect(x, y, width, height).lineWidth(0.7).strokeColor(INK).stroke());
  sheet.font('regular', BODY_SIZE).fillColor(INK);
  tagged(sheet, 'P', () => sheet.text(label, x + PADDING, y + PADDING, inside));
  if (name !== undefined) tagged(sheet, 'P', () => sheet.text(name, x + PADDING, y + PADDING + LINE, inside));
  const foot = y + height - PADDING - LINE + 2;
  tagged(sheet, 'P', () => sheet.text(under, x + PADDING, foot, { ...inside, align: 'right' }));
  const top = y + PADDING + LINE + CLEAR;
  const place = { x: x + PADDING, y: top, width: inside.width, height: foot - CLEAR - top };
  if (signature && 'strokes' in signature) {
    figure(sheet, label, () => drawInk(sheet, signature, place));
  } else if (signature && 'picture' in signature) {
    const { width: most, height: high } = place;
    figure(sheet, label, () =>
      sheet.image(Buffer.from(signature.picture), place.x, place.y, {
        fit: [most, high],
        align: 'center',
        valign: 'center',
      }),
    );
  } else if (signature) {
    typed(sheet, signature.name, place);
  }
  return place;
}

/** A typed name, which says of itself that it is no signature by hand. */
function typed(sheet: Sheet, name: string, { x, y, width, height }: Box): void {
  sheet.font('regular', BODY_SIZE + 2).fillColor(INK_COLOUR);
  tagged(sheet, 'P', () =>
    sheet.text(name, x, y + 1, { width, align: 'center', height: height - 12, ellipsis: true }),
  );
  sheet.font('regular', BODY_SIZE - 2.5).fillColor(QUIET);
  tagged(sheet, 'P', () =>
    sheet.text(labels.signatures.typed, x, y + height - 12, { width, align: 'center', lineBreak: false }),
  );
  sheet.fillColor(INK);
}

const INK_COLOUR = '#0b1f6b';

/** The strokes, as large as they fit without changing their shape, in the middle of the place. */
function drawInk(sheet: Sheet, ink: Ink, box: Box): void {
  const scale = Math.min(box.width / ink.width, box.height / ink.height);
  const left = box.x + (box.width - ink.width * scale) / 2;
  const top = box.y + (box.height - ink.height * scale) / 2;
  // A stroke may leave its field; what it would cross there stays readable.
  sheet.save().rect(box.x, box.y, box.width, box.height).clip();
  sheet.lineWidth(1.3).lineCap('round').lineJoin('round').strokeColor(INK_COLOUR);
  for (const stroke of ink.strokes) {
    for (let index = 0; index + 1 < stroke.length; index += 2) {
      const x = left + (stroke[index] ?? 0) * scale;
      const y = top + (stroke[index + 1] ?? 0) * scale;
      if (index === 0) sheet.moveTo(x, y).lineTo(x + 0.1, y);
      else sheet.lineTo(x, y);
    }
    sheet.stroke();
  }
  sheet.restore();
}
