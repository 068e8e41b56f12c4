import type { SigningPlace } from '../../../contract/workstation/document.ts';
import { printedCode, verificationCode } from '../../../domain/document/printed-code.ts';
import { loadFonts, printable, unprintableIn, type DocumentFonts } from './fonts.ts';
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
import { labels } from './labels.zh-CN.ts';
import type { Paper, PaperState } from './paper.ts';
import { drawPartyTable } from './party-table.ts';
import { BODY_SIZE, INK, MARGINS, ROOMY, TIGHT, type Sheet, type Spacing } from './sheet.ts';
import { drawPlaces, placesHeight, type Place } from './signatures.ts';
import { qrCode } from './qr.ts';
import { drawTable } from './table.ts';
import { group, ornament, text } from './tags.ts';

const SIGNATURES_GAP = 12;
/** Of the table of what happened, and of the table in a section. */
const HISTORY = { shares: [0.17, 0.57, 0.26], size: 9 };
const IN_SECTION = { size: BODY_SIZE - 0.5, align: ['center', 'center', 'right'] } as const;

export type DrawnPaper = {
  bytes: Uint8Array;
  places: SigningPlace[];
  /** Characters that no font here shows. */
  unprintable: string[];
};

/**
 * A paper as a PDF of A4 pages with its fonts embedded. The same paper in the same state gives the same
 * bytes: nothing in it comes from a clock. Long texts run on over pages; nothing is cut.
 */
export async function renderPaper(paper: Paper, state: PaperState): Promise<Uint8Array> {
  return (await drawPaper(paper, state)).bytes;
}

/** The same, with the places where it is signed. */
export async function drawPaper(paper: Paper, state: PaperState): Promise<DrawnPaper> {
  const said = JSON.stringify([paper, state.signatures]);
  const fonts = await loadFonts(said);
  const clean = cleaned(paper, fonts);
  const signed = { ...state, signatures: cleaned(state.signatures, fonts) };
  const roomy = await draw(clean, signed, fonts, ROOMY);
  const tight = roomy.turned ? await draw(clean, signed, fonts, TIGHT) : roomy;
  const { sheet, places } = pagesOf(tight.sheet) < pagesOf(roomy.sheet) ? tight : roomy;
  return { bytes: await bytesOf(sheet), places, unprintable: unprintableIn(said, fonts) };
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

/** The text of the QR code: of a paper with a number of its own, once it is more than a preview. */
function printedOn({ documentId, number }: Paper, { draft, contentHash }: PaperState): string | null {
  return draft || documentId === null ? null : printedCode({ number, code: verificationCode(contentHash) });
}

/** Draws all pages; `turned` when the end had to go to a new one. */
async function draw(
  paper: Paper,
  state: PaperState,
  fonts: DocumentFonts,
  spacing: Spacing,
): Promise<{ sheet: Sheet; turned: boolean; places: SigningPlace[] }> {
  const sheet = await openSheet(fonts, paper);
  const printed = printedOn(paper, state);
  head(sheet, { ...paper, code: printed === null ? null : await qrCode(printed) });
  if (paper.parties.length > 0) {
    drawPartyTable(sheet, paper.parties, spacing.cellPadding);
    sheet.y += 4;
  }
  if (paper.addressee !== null) {
    sheet.moveDown(0.5);
    const { addressee } = paper;
    text(sheet, 'P', () =>
      sheet
        .font('bold', BODY_SIZE + 1.5)
        .fillColor(INK)
        .text(addressee, MARGINS.left, sheet.y, { lineGap: spacing.lineGap }),
    );
    sheet.moveDown(0.3);
  }
  const letter = paper.places.length === 0;
  const wide = letter ? { ...spacing, lineGap: spacing.lineGap + 3 } : spacing;
  paragraphs(sheet, paper.opening, wide);
  for (const { heading, paragraphs: said, table } of paper.sections) {
    section(sheet, heading, said, wide);
    if (table) {
      sheet.y += 3;
      drawTable(sheet, table, { ...IN_SECTION, shares: table.head.map(() => 1 / table.head.length) });
      sheet.y += 3;
    }
  }
  if (paper.history.length > 0) {
    sheet.y += 8;
    const rowOf = ({ when, what, who }: Paper['history'][number]): string[] => [when, what, who];
    drawTable(sheet, { head: rowOf(labels.history), rows: paper.history.map(rowOf) }, HISTORY);
  }
  const { turned, places } = letter
    ? { turned: endOfLetter(sheet, paper), places: [] }
    : endWithSignatures(sheet, paper, state, spacing);
  footers(sheet, `${labels.caseNumber}${paper.caseNumber}`, verificationCode(state.contentHash));
  if (state.draft) watermark(sheet, labels.draft);
  return { sheet, turned, places };
}

/** The seal's place and the date at the right, and below it the line of whoever receives the letter. */
export function endOfLetter(sheet: Sheet, paper: Pick<Paper, 'seal' | 'day' | 'delivery'>): boolean {
  const height = 120 + (paper.delivery === null ? 0 : 60);
  const turned = keepTogether(sheet, height);
  sheet.y += 36;
  const width = 230;
  const x = sheet.page.width - MARGINS.right - width;
  sheet.font('regular', BODY_SIZE + 0.5).fillColor(INK);
  for (const [index, line] of [paper.seal.name, labels.sealHere, labels.day(paper.day)].entries()) {
    text(sheet, 'P', () => sheet.text(line, x, sheet.y + (index === 0 ? 0 : 4), { width, align: 'center' }));
  }
  if (paper.delivery !== null) {
    sheet.y += 26;
    const { y } = sheet;
    ornament(sheet, () =>
      sheet
        .moveTo(MARGINS.left, y)
        .lineTo(sheet.page.width - MARGINS.right, y)
        .lineWidth(0.5)
        .dash(3, { space: 3 })
        .strokeColor(INK)
        .stroke()
        .undash(),
    );
    const { delivery } = paper;
    text(sheet, 'P', () => sheet.font('regular', BODY_SIZE).text(delivery, MARGINS.left, y + 10));
  }
  sheet.x = MARGINS.left;
  return turned;
}

/**
 * The last section and the signatures stay together: a page of nothing but signatures could be put under any
 * text.
 */
function endWithSignatures(
  sheet: Sheet,
  paper: Paper,
  state: PaperState,
  spacing: Spacing,
): { turned: boolean; places: SigningPlace[] } {
  const places: Place[] = [
    ...paper.places.map(({ signer, label }): Place => {
      const signature = state.signatures.find((one) => one.signer === signer);
      const signedOn = signature ? state.signedOn : null;
      return { label, under: signedOn === null ? labels.signatures.date : labels.day(signedOn), signature };
    }),
    { label: paper.seal.label, name: paper.seal.name, under: labels.day(paper.day) },
  ];
  const closing = paper.closing ? sectionHeight(spacing) : 0;
  const turned = keepTogether(sheet, closing + SIGNATURES_GAP + placesHeight(sheet, places));
  if (paper.closing) section(sheet, paper.closing.heading, paper.closing.paragraphs, spacing);
  sheet.y += SIGNATURES_GAP;
  // A long closing section may have turned the page after all.
  keepTogether(sheet, placesHeight(sheet, places));
  const page = pagesOf(sheet) - 1;
  const boxes = group(sheet, 'Sect', () => drawPlaces(sheet, places));
  return {
    turned,
    places: paper.places.flatMap(({ signer }, index) => {
      const box = boxes[index];
      return box ? [{ signer, page, ...box }] : [];
    }),
  };
}
