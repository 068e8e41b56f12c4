import PDFDocument from 'pdfkit';
import { dayStart } from '../../domain/calendar/index.ts';
import { capitalAmount, formatYuan } from '../../domain/text/index.ts';
import { AgreementDocument, verificationCode } from './agreement-input.ts';
import { loadFonts, printable, type DocumentFonts } from './fonts.ts';
import { labels } from './labels.zh-CN.ts';
import { drawPartyTable, type PartyRow } from './party-table.ts';
import { BODY_SIZE, INK, MARGINS, QUIET, ROOMY, TIGHT, type Sheet, type Spacing } from './sheet.ts';
import { drawSignatures, signaturesHeight } from './signatures.ts';

/**
 * The agreement of a settled case as a PDF of A4 pages with its Chinese font embedded. The same input
 * gives the same bytes: nothing in it comes from a clock. Throws a `ZodError` for input that is no
 * `AgreementDocument`. Long texts run on over pages; nothing is cut.
 */
export async function renderAgreement(input: AgreementDocument): Promise<Uint8Array> {
  const agreement = AgreementDocument.parse(input);
  const fonts = await loadFonts();
  const roomy = draw(agreement, fonts, ROOMY);
  if (!roomy.turned) return bytesOf(roomy.sheet);
  const tight = draw(agreement, fonts, TIGHT);
  return bytesOf(pagesOf(tight.sheet) < pagesOf(roomy.sheet) ? tight.sheet : roomy.sheet);
}

function pagesOf(sheet: Sheet): number {
  return sheet.bufferedPageRange().count;
}

/** Draws all pages; `turned` when the signatures had to go to a new one. */
function draw(agreement: Parsed, fonts: DocumentFonts, spacing: Spacing): { sheet: Sheet; turned: boolean } {
  const print = (text: string): string => printable(text, fonts);
  const title = labels.titles[agreement.instrument];
  const sheet = new PDFDocument({
    size: 'A4',
    margins: MARGINS,
    bufferPages: true,
    lang: 'zh-CN',
    displayTitle: true,
    info: {
      Title: `${title} ${print(agreement.number)}`,
      Producer: labels.producer,
      Creator: labels.producer,
      CreationDate: new Date(dayStart(agreement.agreedOn)),
    },
  });
  sheet.registerFont('regular', fonts.regular).registerFont('bold', fonts.bold);
  const organisation = print(agreement.organisation);

  head(sheet, title, organisation, print(agreement.number));
  drawPartyTable(sheet, partyRows(agreement, print), spacing.cellPadding);
  sheet.y += 4;
  for (const { heading, paragraphs } of sectionsOf(agreement, print)) {
    section(sheet, heading, paragraphs, spacing);
  }

  // The last section and the signatures stay together: a page of nothing but signatures could be put
  // under any text.
  const closing = sectionHeight(spacing) + SIGNATURES_GAP + signaturesHeight(sheet, organisation);
  const turned = keepTogether(sheet, closing);
  const effect = [labels.effect[agreement.instrument], labels.copies];
  section(sheet, labels.sections.effect, effect, spacing);
  sheet.y += SIGNATURES_GAP;
  drawSignatures(sheet, organisation, labels.day(agreement.agreedOn));

  footers(sheet, print(agreement.caseNumber), verificationCode(agreement.lastEventHash));
  return { sheet, turned };
}

type Section = { heading: string; paragraphs: string[] };

/** What is between the parties and the closing section. */
function sectionsOf(agreement: Parsed, print: (text: string) => string): Section[] {
  const { facts, performance } = agreement;
  const place = facts.place === null ? '' : `${labels.semicolon}${labels.place}${print(facts.place)}`;
  return [
    {
      heading: labels.sections.facts,
      paragraphs: [
        `${labels.occurredOn}${labels.day(facts.occurredOn)}${place}${labels.stop}`,
        ...(agreement.disputedFen === null
          ? []
          : [`${labels.disputed}${labels.figures(formatYuan(agreement.disputedFen))}${labels.stop}`]),
        print(facts.text),
      ],
    },
    {
      heading: labels.sections.claims,
      paragraphs: [
        agreement.claims.map((claim) => labels.claims[claim]).join(labels.listComma) + labels.stop,
        ...(agreement.claimText === null ? [] : [print(agreement.claimText)]),
      ],
    },
    {
      heading: labels.sections.terms,
      paragraphs: [
        labels.preambles[agreement.instrument],
        print(agreement.terms),
        agreement.amountFen === 0
          ? labels.noAmount
          : labels.amount(capitalAmount(agreement.amountFen), formatYuan(agreement.amountFen)),
      ],
    },
    {
      heading: labels.sections.performance,
      paragraphs:
        performance.kind === 'at-once'
          ? [labels.atOnce]
          : [labels.manner(print(performance.manner)), labels.dueOn(labels.day(performance.dueOn))],
    },
  ];
}

function bytesOf(sheet: Sheet): Promise<Uint8Array> {
  return new Promise((resolve, reject) => {
    const parts: Buffer[] = [];
    sheet.on('data', (part: Buffer) => parts.push(part));
    sheet.on('end', () => resolve(new Uint8Array(Buffer.concat(parts))));
    sheet.on('error', reject);
    sheet.end();
  });
}

function head(sheet: Sheet, title: string, organisation: string, number: string): void {
  sheet.fillColor(INK);
  sheet.font('regular', 12).text(organisation, { align: 'center' });
  sheet.moveDown(0.15);
  sheet.font('bold', 21).text(title, { align: 'center', characterSpacing: 2 });
  sheet.moveDown(0.1);
  sheet.font('regular', 10).text(`${labels.number}${number}`, { align: 'right' });
  sheet.moveDown(0.35);
}

type Parsed = ReturnType<typeof AgreementDocument.parse>;

function partyRows(
  { consumer, merchant, ...agreement }: Parsed,
  print: (text: string) => string,
): PartyRow[] {
  const shown = (text: string | null): string => (text === null ? labels.blank : print(text));
  const { parties } = labels;
  return [
    {
      party: parties.consumer,
      lines: [
        [
          [parties.personName, shown(consumer.name)],
          [parties.phone, shown(consumer.phone)],
        ],
        ...(consumer.agent === null ? [] : [[[parties.agent, shown(consumer.agent)] as const]]),
        [[parties.address, shown(consumer.address)]],
      ],
    },
    {
      party: parties.merchant,
      lines: [
        [[parties.tradeName, shown(merchant.name)]],
        ...(merchant.creditCode === null
          ? []
          : [[[parties.creditCode, print(merchant.creditCode)] as const]]),
        [
          [parties.contact, shown(merchant.contact)],
          [parties.phone, shown(merchant.phone)],
        ],
        [[parties.address, shown(merchant.address)]],
      ],
    },
    {
      party: parties.mediation,
      lines: [
        [
          [parties.organisation, print(agreement.organisation)],
          [parties.mediator, print(agreement.mediator)],
        ],
      ],
    },
  ];
}

const SIGNATURES_GAP = 12;

/** A heading with two lines. */
function sectionHeight({ lineGap, sectionGap }: Spacing): number {
  return sectionGap + 3.1 * (BODY_SIZE * 1.45 + lineGap);
}

/** Begins a new page, and says so, unless so much still fits on this one. */
function keepTogether(sheet: Sheet, height: number): boolean {
  const turn = sheet.y + height > sheet.page.height - MARGINS.bottom;
  if (turn) sheet.addPage();
  return turn;
}

/** A heading with its paragraphs; the heading never stands alone at the foot of a page. */
function section(sheet: Sheet, heading: string, paragraphs: readonly string[], spacing: Spacing): void {
  keepTogether(sheet, sectionHeight(spacing));
  sheet.y += spacing.sectionGap;
  sheet
    .fillColor(INK)
    .font('bold', BODY_SIZE + 1)
    .text(heading, MARGINS.left, sheet.y);
  sheet.moveDown(0.1);
  sheet.font('regular', BODY_SIZE);
  for (const paragraph of paragraphs.flatMap((text) => text.split('\n'))) {
    const text = paragraph.trim();
    if (text !== '') {
      sheet.text(text, { indent: BODY_SIZE * 2, lineGap: spacing.lineGap, align: 'left' });
    }
  }
}

function footers(sheet: Sheet, caseNumber: string, code: string): void {
  const { start, count } = sheet.bufferedPageRange();
  for (let index = start; index < start + count; index += 1) {
    sheet.switchToPage(index);
    const { width, height } = sheet.page;
    // Below the margin pdfkit would begin a new page for every line.
    sheet.page.margins.bottom = 0;
    const top = height - 48;
    sheet
      .moveTo(MARGINS.left, top - 7)
      .lineTo(width - MARGINS.right, top - 7)
      .lineWidth(0.5)
      .strokeColor(QUIET)
      .stroke();
    sheet.font('regular', 8.5).fillColor(QUIET);
    const across = { width: width - MARGINS.left - MARGINS.right, lineBreak: false };
    sheet.text(
      `${labels.caseNumber}${caseNumber}　　${labels.verification}${code}`,
      MARGINS.left,
      top,
      across,
    );
    sheet.text(labels.page(index - start + 1, count), MARGINS.left, top, { ...across, align: 'right' });
  }
}
