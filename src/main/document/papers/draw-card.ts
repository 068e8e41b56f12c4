import { printedCode, publicCardAddress } from '../../../domain/document/printed-code.ts';
import type { MerchantCommitment } from '../../../domain/merchant/index.ts';
import { startRuleOf } from '../../../domain/return/index.ts';
import { cardCode } from '../../../protocol/card-code.ts';
import { cardWords, type Said } from './card-words.zh-CN.ts';
import { loadFonts, printable } from './fonts.ts';
import { bytesOf, openSheet } from './frame.ts';
import { drawQr, qrCode } from './qr.ts';
import { INK, QUIET, type Sheet } from './sheet.ts';
import { ornament, text } from './tags.ts';

/** A shop's card is drawn as A5 and enlarged to A4 where that is wanted. */
const PAGE = { width: 419.53, height: 595.28 };
const ENLARGED = { A5: 1, A4: Math.SQRT2 };
const EDGE = 22;
const INNER = EDGE + 20;
const WIDTH = PAGE.width - 2 * INNER;
const LABEL_WIDTH = 62;
const ACCENT = '#8c2f26';
/** Between one row and the next, and the least that stays free above the foot. */
const ROW_GAP = 6;
const FOOT_HEIGHT = 118;
/** A longer text has more modules, and they are smaller: at 41 of them still three quarters of a millimetre. */
const QR_SIDE = 90;

export type PromiseCard = {
  merchant: { id: string; name: string };
  commitment: MerchantCommitment;
  /** The unit that confirmed it, or on whose roster it stood. */
  confirmedBy: string;
  /** Where its QR code leads; null where it bears number and code alone. */
  leads: { publicUrl: string; publicCode: string } | null;
};

type Row = { label: Said; said: Said };
type CardLine = [said: string, weight: 'regular' | 'bold', size: number, color: string];

function rowsOf(commitment: MerchantCommitment): Row[] {
  const { goods, excludedGoods, conditions, giftRule, freightRule, group } = commitment;
  const { labels } = cardWords;
  return [
    { label: labels.goods, said: goods ? cardWords.goods(goods) : cardWords.allGoods },
    {
      label: labels.excluded,
      said: excludedGoods.length === 0 ? cardWords.excludedNone : cardWords.goods(excludedGoods),
    },
    {
      label: labels.conditions,
      said: conditions ? { zh: cardWords.conditions(conditions), en: cardWords.intact.en } : cardWords.intact,
    },
    ...(giftRule === undefined ? [] : [{ label: labels.gift, said: cardWords.gift[giftRule] }]),
    ...(freightRule === undefined ? [] : [{ label: labels.freight, said: cardWords.freight[freightRule] }]),
    ...(group
      ? [
          {
            label: labels.group,
            said: cardWords.group(
              group.name,
              group.shops.map(({ name }) => name),
            ),
          },
        ]
      : []),
  ];
}

/** The shop-window card of a promise as a PDF of one page, with the QR code by which it is checked. */
export async function drawPromiseCard(
  { merchant, commitment, confirmedBy, leads }: PromiseCard,
  size: 'A5' | 'A4',
): Promise<{ number: string; bytes: Uint8Array }> {
  const { number, code } = cardCode(merchant.id, commitment);
  const printed = printedCode({ number, code });
  const fonts = await loadFonts(JSON.stringify([merchant.name, commitment, confirmedBy]));
  const clean = (said: string): string => printable(said, fonts);
  const sheet = await openSheet(
    fonts,
    { title: cardWords.title.zh, number, day: commitment.effectiveFrom, documentId: null, mark: printed },
    { layout: 'portrait', margins: { top: 0, bottom: 0, left: 0, right: 0 }, size },
  );
  sheet.scale(ENLARGED[size]);
  frame(sheet);
  head(sheet, commitment);
  const rows = rowsOf(commitment).map(({ label, said }) => ({
    label,
    said: { zh: clean(said.zh), en: clean(said.en) },
  }));
  const foot = PAGE.height - INNER - FOOT_HEIGHT;
  drawRows(sheet, rows, foot - ROW_GAP);
  const address =
    leads === null ? printed : publicCardAddress(leads.publicUrl, leads.publicCode, { number, code });
  const qr = await qrCode(address, { side: QR_SIDE });
  const left = PAGE.width - INNER - qr.side;
  drawQr(sheet, qr, { right: PAGE.width - INNER, top: foot + 4 }, cardWords.qr(number));
  const beside = { width: left - INNER - 14 };
  sheet.y = foot + 4;
  const typed: CardLine[] =
    leads === null ? [] : [[cardWords.publicCode(leads.publicCode), 'regular', 7, QUIET]];
  const lines: CardLine[] = [
    [clean(merchant.name), 'bold', 14, INK],
    [cardWords.from(commitment.effectiveFrom, commitment.version).zh, 'regular', 9, INK],
    [cardWords.from(commitment.effectiveFrom, commitment.version).en, 'regular', 7, QUIET],
    [clean(cardWords.confirmed(confirmedBy).zh), 'regular', 9, INK],
    [cardWords.earlier.zh, 'regular', 8, INK],
    [cardWords.earlier.en, 'regular', 7, QUIET],
    [`${cardWords.number(number)}　${cardWords.code(code)}`, 'regular', 7, QUIET],
    ...typed,
  ];
  for (const [said, weight, points, color] of lines)
    line(sheet, said, INNER, { weight, points, color, ...beside });
  sheet.y = foot + 4 + qr.side + 3;
  const under = { weight: 'regular', color: QUIET, width: qr.side, align: 'center' } as const;
  line(sheet, cardWords.check.zh, left, { ...under, points: 8 });
  line(sheet, cardWords.check.en, left, { ...under, points: 6 });
  return { number, bytes: await bytesOf(sheet) };
}

function frame(sheet: Sheet): void {
  ornament(sheet, () => {
    sheet
      .rect(EDGE, EDGE, PAGE.width - 2 * EDGE, PAGE.height - 2 * EDGE)
      .lineWidth(2)
      .strokeColor(ACCENT)
      .stroke();
    sheet
      .rect(EDGE + 4, EDGE + 4, PAGE.width - 2 * (EDGE + 4), PAGE.height - 2 * (EDGE + 4))
      .lineWidth(0.5)
      .stroke();
  });
}

type LineStyle = {
  weight: 'regular' | 'bold';
  points: number;
  color: string;
  width: number;
  align?: 'left' | 'center';
};

/** One paragraph at a place; what is drawn next stands below it. */
function line(
  sheet: Sheet,
  said: string,
  x: number,
  { weight, points, color, width, align = 'left' }: LineStyle,
): void {
  text(sheet, 'P', () =>
    sheet.font(weight, points).fillColor(color).text(said, x, sheet.y, { width, align, lineGap: 1 }),
  );
}

/** The title, the days in figures that are read across the street, and from when they count. */
function head(sheet: Sheet, commitment: MerchantCommitment): void {
  const centred = { width: WIDTH, align: 'center' } as const;
  sheet.y = INNER + 2;
  text(sheet, 'H1', () =>
    sheet
      .font('bold', 27)
      .fillColor(ACCENT)
      .text(cardWords.title.zh, INNER, sheet.y, { ...centred, characterSpacing: 2 }),
  );
  line(sheet, cardWords.title.en, INNER, { weight: 'regular', points: 9, color: QUIET, ...centred });
  const { figure, zh, en } = cardWords.days(commitment.windowDays);
  sheet.font('bold', 76);
  const wide = sheet.widthOfString(figure);
  sheet.font('bold', 26);
  const beside = sheet.widthOfString(zh);
  const x = INNER + (WIDTH - wide - beside - 6) / 2;
  const top = sheet.y - 6;
  text(sheet, 'P', () => {
    sheet.font('bold', 76).fillColor(INK).text(figure, x, top, { lineBreak: false });
    sheet.font('bold', 26).text(zh, x + wide + 6, top + 50, { lineBreak: false });
    sheet
      .font('regular', 9)
      .fillColor(QUIET)
      .text(en, x + wide + 6, top + 82, { lineBreak: false });
  });
  sheet.y = top + 102;
  const start = cardWords.start[startRuleOf(commitment)];
  line(sheet, start.zh, INNER, { weight: 'bold', points: 12, color: INK, ...centred });
  line(sheet, start.en, INNER, { weight: 'regular', points: 8, color: QUIET, ...centred });
  sheet.y += 8;
}

/** English stands smaller below the Chinese, as long as it can be read at all. */
const smaller = (points: number): number => Math.max(4, points - 3);

/** Sizes of the rows, the largest first: the first at which all of them fit. */
const SIZES = [11, 10, 9, 8, 7, 6, 5, 4];

function drawRows(sheet: Sheet, rows: readonly Row[], bottom: number): void {
  const top = sheet.y;
  const width = WIDTH - LABEL_WIDTH;
  const heightOf = ({ said }: Row, points: number): number =>
    sheet.font('regular', points).heightOfString(said.zh, { width, lineGap: 1 }) +
    sheet.font('regular', smaller(points)).heightOfString(said.en, { width, lineGap: 1 });
  const fits = (points: number): boolean =>
    rows.reduce((sum, row) => sum + heightOf(row, points) + ROW_GAP, 0) <= bottom - top;
  const points = SIZES.find(fits) ?? 4;
  for (const row of rows) {
    const y = sheet.y;
    ornament(sheet, () =>
      sheet
        .moveTo(INNER, y - ROW_GAP / 2)
        .lineTo(PAGE.width - INNER, y - ROW_GAP / 2)
        .lineWidth(0.4)
        .strokeColor('#cfc6bb')
        .stroke(),
    );
    line(sheet, row.label.zh, INNER, { weight: 'bold', points, color: ACCENT, width: LABEL_WIDTH });
    line(sheet, row.label.en, INNER, {
      weight: 'regular',
      points: smaller(points),
      color: QUIET,
      width: LABEL_WIDTH,
    });
    const under = sheet.y;
    sheet.y = y;
    line(sheet, row.said.zh, INNER + LABEL_WIDTH, { weight: 'regular', points, color: INK, width });
    line(sheet, row.said.en, INNER + LABEL_WIDTH, {
      weight: 'regular',
      points: smaller(points),
      color: QUIET,
      width,
    });
    sheet.y = Math.max(under, sheet.y) + ROW_GAP;
  }
}
