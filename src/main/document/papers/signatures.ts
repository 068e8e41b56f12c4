import { BODY_SIZE, INK, type Sheet } from './sheet.ts';

/** A signature as drawn on a screen: strokes of x, y, x, y, … in a field of that size. */
export type Ink = { width: number; height: number; strokes: readonly (readonly number[])[] };

/** A place to sign or to seal: what it is for, what stands in it, and the line at its foot. */
export type Place = { label: string; name?: string | undefined; under: string; ink?: Ink | undefined };

const BOX_HEIGHT = 70;
const PADDING = 8;
const LINE = 17;

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

/** Places of equal width, two a row, the last one over both columns when it stands alone. */
export function drawPlaces(sheet: Sheet, places: readonly Place[]): void {
  const left = sheet.page.margins.left;
  const width = boxWidth(sheet);
  let { y } = sheet;
  for (const [one, other] of rowsOf(places)) {
    const height = Math.max(heightOf(sheet, one), heightOf(sheet, other));
    drawPlace(sheet, one, { x: left, y, width: other ? width : 2 * width, height });
    if (other) drawPlace(sheet, other, { x: left + width, y, width, height });
    y += height;
  }
  sheet.x = left;
  sheet.y = y;
}

type Box = { x: number; y: number; width: number; height: number };

function drawPlace(sheet: Sheet, { label, name, under, ink }: Place, box: Box): void {
  const { x, y, width, height } = box;
  const inside = { width: width - 2 * PADDING };
  sheet.rect(x, y, width, height).lineWidth(0.7).strokeColor(INK).stroke();
  sheet.font('regular', BODY_SIZE).fillColor(INK);
  sheet.text(label, x + PADDING, y + PADDING, inside);
  if (name !== undefined) sheet.text(name, x + PADDING, y + PADDING + LINE, inside);
  sheet.text(under, x + PADDING, y + height - PADDING - LINE + 2, { ...inside, align: 'right' });
  if (ink) drawInk(sheet, ink, { x: x + width * 0.3, y: y + 6, width: width * 0.5, height: height - 12 });
}

/** The strokes, as large as they fit without changing their shape. */
function drawInk(sheet: Sheet, ink: Ink, box: Box): void {
  const scale = Math.min(box.width / ink.width, box.height / ink.height);
  sheet.save().lineWidth(1.3).lineCap('round').lineJoin('round').strokeColor('#0b1f6b');
  for (const stroke of ink.strokes) {
    for (let index = 0; index + 1 < stroke.length; index += 2) {
      const x = box.x + (stroke[index] ?? 0) * scale;
      const y = box.y + (stroke[index + 1] ?? 0) * scale;
      if (index === 0) sheet.moveTo(x, y).lineTo(x + 0.1, y);
      else sheet.lineTo(x, y);
    }
    sheet.stroke();
  }
  sheet.restore();
}
