import { dayStart } from '../../../domain/kernel/calendar/index.ts';
import type { DocumentFonts } from './fonts.ts';
import { labels } from './labels.zh-CN.ts';
import { drawQr, type QrCode } from './qr.ts';
import { BODY_SIZE, INK, MARGINS, QUIET, type Sheet, type Spacing } from './sheet.ts';
import { beginStructure, ornament, text } from './tags.ts';
import { typesetWith } from './typeset.ts';

/** What a PDF says of itself; nothing of it comes from a clock, so that the same input gives the same bytes. */
export type SheetMeta = {
  title: string;
  number: string;
  day: string;
  documentId: string | null;
  /** What else it is found by from its file alone. */
  mark?: string;
};

/** How a document is found again in the log from its file alone. */
export const DOCUMENT_MARK = 'heshi-document:';

/** How pages lie; forms stand upright with the margins of forms. */
export type SheetLayout = {
  layout: 'portrait' | 'landscape';
  margins: typeof MARGINS;
  /** A4 unless told. */
  size?: 'A4' | 'A5';
};

/**
 * An empty document of pages with the fonts named `regular` and `bold`, which draw whatever any of the faces shows. It is
 * a tagged PDF 1.7 with its language and title: what is drawn on it says by `tags.ts` what it is.
 */
export async function openSheet(
  fonts: DocumentFonts,
  meta: SheetMeta,
  { layout, margins, size = 'A4' }: SheetLayout = { layout: 'portrait', margins: MARGINS },
): Promise<Sheet> {
  // Loaded with the first document: a workstation that prints none keeps its 15 MB.
  const { default: PDFDocument } = await import('pdfkit');
  const sheet = new PDFDocument({
    size,
    layout,
    margins,
    bufferPages: true,
    pdfVersion: '1.7',
    tagged: true,
    lang: 'zh-CN',
    displayTitle: true,
    info: {
      Title: `${meta.title} ${meta.number}`.trim(),
      Producer: labels.producer,
      Creator: labels.producer,
      CreationDate: new Date(dayStart(meta.day)),
      ...(meta.documentId === null ? {} : { Keywords: `${DOCUMENT_MARK}${meta.documentId}` }),
      ...(meta.mark === undefined ? {} : { Keywords: meta.mark }),
    },
  });
  typesetWith(sheet, fonts);
  beginStructure(sheet);
  return sheet;
}

/** The number of pages drawn so far. */
export function pagesOf(sheet: Sheet): number {
  return sheet.bufferedPageRange().count;
}

/** Ends the document and gives its bytes. */
export function bytesOf(sheet: Sheet): Promise<Uint8Array> {
  return new Promise((resolve, reject) => {
    const parts: Buffer[] = [];
    sheet.on('data', (part: Buffer) => parts.push(part));
    sheet.on('end', () => resolve(new Uint8Array(Buffer.concat(parts))));
    sheet.on('error', reject);
    sheet.end();
  });
}

/** What stands at the head of a paper; `code` is its QR code, null for none. */
type Head = { title: string; organisation: string; number: string; code: QrCode | null };

/** The unit, the title, and the number at the right; the QR code in the corner. */
export function head(sheet: Sheet, { title, organisation, number, code }: Head): void {
  const top = sheet.y;
  if (code !== null) {
    const right = sheet.page.width - MARGINS.right;
    drawQr(sheet, code, { right, top: top - QR_ABOVE }, labels.qr(number));
  }
  // In the middle of the page all the same.
  const side = code?.side ?? 0;
  const beside = code === null ? 0 : side + 8;
  const middle = {
    width: sheet.page.width - MARGINS.left - MARGINS.right - 2 * beside,
    align: 'center',
  } as const;
  sheet.fillColor(INK);
  text(sheet, 'P', () => sheet.font('regular', 12).text(organisation, MARGINS.left + beside, top, middle));
  sheet.moveDown(0.15);
  text(sheet, 'H1', () =>
    sheet
      .font('bold', 21)
      .text(title, MARGINS.left + beside, sheet.y, { ...middle, characterSpacing: TITLE_SPACING }),
  );
  sheet.font('regular', 10);
  sheet.moveDown(0.1);
  sheet.y = Math.max(sheet.y, top - QR_ABOVE + side + 4);
  text(sheet, 'P', () => sheet.text(`${labels.number}${number}`, MARGINS.left, sheet.y, { align: 'right' }));
  sheet.moveDown(0.35);
  sheet.x = MARGINS.left;
}

/** The QR code begins a little above the text, in the margin. */
const QR_ABOVE = 14;
const TITLE_SPACING = 2;

/** A heading with two lines. */
export function sectionHeight({ lineGap, sectionGap }: Spacing): number {
  return sectionGap + 3.1 * (BODY_SIZE * 1.45 + lineGap);
}

/** Begins a new page, and says so, unless so much still fits on this one. */
export function keepTogether(sheet: Sheet, height: number): boolean {
  const turn = sheet.y + height > sheet.page.height - sheet.page.margins.bottom;
  if (turn) sheet.addPage();
  return turn;
}

/** Paragraphs with the first line drawn in by two characters. */
export function paragraphs(sheet: Sheet, texts: readonly string[], spacing: Spacing): void {
  sheet.font('regular', BODY_SIZE).fillColor(INK);
  for (const paragraph of texts.flatMap((one) => one.split('\n'))) {
    const said = paragraph.trim();
    if (said !== '') {
      text(sheet, 'P', () =>
        sheet.text(said, MARGINS.left, sheet.y, {
          indent: BODY_SIZE * 2,
          lineGap: spacing.lineGap,
          align: 'left',
        }),
      );
    }
  }
}

/** A heading with its paragraphs; the heading never stands alone at the foot of a page. */
export function section(sheet: Sheet, heading: string, texts: readonly string[], spacing: Spacing): void {
  keepTogether(sheet, sectionHeight(spacing));
  sheet.y += spacing.sectionGap;
  text(sheet, 'H2', () =>
    sheet
      .fillColor(INK)
      .font('bold', BODY_SIZE + 1)
      .text(heading, MARGINS.left, sheet.y),
  );
  sheet.moveDown(0.1);
  paragraphs(sheet, texts, spacing);
}

/** The foot of every page: what it is about, verification code, page of pages. */
export function footers(sheet: Sheet, about: string, code: string): void {
  const { start, count } = sheet.bufferedPageRange();
  for (let index = start; index < start + count; index += 1) {
    sheet.switchToPage(index);
    const { width, height } = sheet.page;
    // Below the margin pdfkit would begin a new page for every line.
    sheet.page.margins.bottom = 0;
    const top = height - 48;
    ornament(sheet, () => {
      sheet
        .moveTo(MARGINS.left, top - 7)
        .lineTo(width - MARGINS.right, top - 7)
        .lineWidth(0.5)
        .strokeColor(QUIET)
        .stroke();
      sheet.font('regular', 8.5).fillColor(QUIET);
      const across = { width: width - MARGINS.left - MARGINS.right, lineBreak: false };
      sheet.text(`${about}　　${labels.verification}${code}`, MARGINS.left, top, across);
      sheet.text(labels.page(index - start + 1, count), MARGINS.left, top, { ...across, align: 'right' });
    });
  }
}

/** Words across every page, so that a preview cannot be taken for the document. */
export function watermark(sheet: Sheet, words: string): void {
  const { start, count } = sheet.bufferedPageRange();
  for (let index = start; index < start + count; index += 1) {
    sheet.switchToPage(index);
    const { width, height } = sheet.page;
    sheet.page.margins.bottom = 0;
    ornament(sheet, () => {
      sheet.save();
      sheet.rotate(-38, { origin: [width / 2, height / 2] });
      sheet
        .font('bold', 40)
        .fillColor('#b00020', 0.16)
        .text(words, 0, height / 2 - 30, { width, align: 'center', lineBreak: false });
      sheet.restore();
    });
  }
}
