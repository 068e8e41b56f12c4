import { verificationCode } from './agreement-input.ts';
import { loadFonts, printable, type DocumentFonts } from './fonts.ts';
import {
  bytesOf,
  footers,
  head,
  keepTogether,
  openSheet,
  pagesOf,
  paragraphs,
  section,
  sectionHeight,
  watermark,
} from './frame.ts';
import { drawHistory } from './history-table.ts';
import { labels } from './labels.zh-CN.ts';
import type { Paper, PaperState } from './paper.ts';
import { drawPartyTable } from './party-table.ts';
import { BODY_SIZE, INK, MARGINS, ROOMY, TIGHT, type Sheet, type Spacing } from './sheet.ts';
import { drawPlaces, placesHeight, type Place } from './signatures.ts';

const SIGNATURES_GAP = 12;

/**
 * A paper as a PDF of A4 pages with its Chinese font embedded. The same paper in the same state gives the same
 * bytes: nothing in it comes from a clock. Long texts run on over pages; nothing is cut.
 */
export async function renderPaper(paper: Paper, state: PaperState): Promise<Uint8Array> {
  const fonts = await loadFonts();
  const clean = cleaned(paper, fonts);
  const roomy = await draw(clean, state, fonts, ROOMY);
  if (!roomy.turned) return bytesOf(roomy.sheet);
  const tight = await draw(clean, state, fonts, TIGHT);
  return bytesOf(pagesOf(tight.sheet) < pagesOf(roomy.sheet) ? tight.sheet : roomy.sheet);
}

/** Every text as the font can show it. */
function cleaned<Value>(value: Value, fonts: DocumentFonts): Value {
  const clean = (one: unknown): unknown => {
    if (typeof one === 'string') return printable(one, fonts);
    if (Array.isArray(one)) return one.map(clean);
    if (typeof one !== 'object' || one === null) return one;
    return Object.fromEntries(Object.entries(one).map(([key, member]) => [key, clean(member)]));
  };
  // The same shape, text for text.
  return clean(value) as Value;
}

/** Draws all pages; `turned` when the end had to go to a new one. */
async function draw(
  paper: Paper,
  state: PaperState,
  fonts: DocumentFonts,
  spacing: Spacing,
): Promise<{ sheet: Sheet; turned: boolean }> {
  const sheet = await openSheet(fonts, paper);
  head(sheet, paper.title, paper.organisation, paper.number);
  if (paper.parties.length > 0) {
    drawPartyTable(sheet, paper.parties, spacing.cellPadding);
    sheet.y += 4;
  }
  if (paper.addressee !== null) {
    sheet.moveDown(0.5);
    sheet.font('bold', BODY_SIZE + 1.5).fillColor(INK);
    sheet.text(paper.addressee, MARGINS.left, sheet.y, { lineGap: spacing.lineGap });
    sheet.moveDown(0.3);
  }
  const letter = paper.places.length === 0;
  const wide = letter ? { ...spacing, lineGap: spacing.lineGap + 3 } : spacing;
  paragraphs(sheet, paper.opening, wide);
  for (const one of paper.sections) section(sheet, one.heading, one.paragraphs, wide);
  if (paper.history.length > 0) {
    sheet.y += 8;
    drawHistory(sheet, labels.history, paper.history);
  }
  const turned = letter ? endOfLetter(sheet, paper) : endWithSignatures(sheet, paper, state, spacing);
  footers(sheet, paper.caseNumber, verificationCode(state.contentHash));
  if (state.draft) watermark(sheet, labels.draft);
  return { sheet, turned };
}

/** The seal's place and the date at the right, and below it the line of whoever receives the letter. */
function endOfLetter(sheet: Sheet, paper: Paper): boolean {
  const height = 120 + (paper.delivery === null ? 0 : 60);
  const turned = keepTogether(sheet, height);
  sheet.y += 36;
  const width = 230;
  const x = sheet.page.width - MARGINS.right - width;
  sheet.font('regular', BODY_SIZE + 0.5).fillColor(INK);
  sheet.text(paper.seal.name, x, sheet.y, { width, align: 'center' });
  sheet.text(labels.sealHere, x, sheet.y + 4, { width, align: 'center' });
  sheet.text(labels.day(paper.day), x, sheet.y + 4, { width, align: 'center' });
  if (paper.delivery !== null) {
    sheet.y += 26;
    const { y } = sheet;
    sheet
      .moveTo(MARGINS.left, y)
      .lineTo(sheet.page.width - MARGINS.right, y)
      .lineWidth(0.5)
      .dash(3, { space: 3 })
      .strokeColor(INK)
      .stroke()
      .undash();
    sheet.font('regular', BODY_SIZE).text(paper.delivery, MARGINS.left, y + 10);
  }
  sheet.x = MARGINS.left;
  return turned;
}

/**
 * The last section and the signatures stay together: a page of nothing but signatures could be put under any
 * text.
 */
function endWithSignatures(sheet: Sheet, paper: Paper, state: PaperState, spacing: Spacing): boolean {
  const places: Place[] = [
    ...paper.places.map(({ signer, label }): Place => {
      const ink = state.signatures.find((one) => one.signer === signer);
      const signedOn = ink ? state.signedOn : null;
      return { label, under: signedOn === null ? labels.signatures.date : labels.day(signedOn), ink };
    }),
    { label: paper.seal.label, name: paper.seal.name, under: labels.day(paper.day) },
  ];
  const closing = paper.closing ? sectionHeight(spacing) : 0;
  const turned = keepTogether(sheet, closing + SIGNATURES_GAP + placesHeight(sheet, places));
  if (paper.closing) section(sheet, paper.closing.heading, paper.closing.paragraphs, spacing);
  sheet.y += SIGNATURES_GAP;
  // A long closing section may have turned the page after all.
  keepTogether(sheet, placesHeight(sheet, places));
  drawPlaces(sheet, places);
  return turned;
}
