import { hash } from 'node:crypto';
import {
  type CreditPolicy,
  type CreditState,
  type GradeOnRecord,
  noticeContent,
  noticeNumber,
  type PublishedGrade,
} from '../../../domain/credit/index.ts';
import { printedCode, verificationCode } from '../../../domain/document/printed-code.ts';
import { endOfLetter } from './draw-paper.ts';
import { type DocumentFonts, loadFonts, printable } from './fonts.ts';
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
} from './frame.ts';
import { gradeWords as words } from './grade-words.zh-CN.ts';
import { qrCode } from './qr.ts';
import { BODY_SIZE, INK, MARGINS, QUIET, ROOMY, type Sheet, type Spacing, TIGHT } from './sheet.ts';
import { drawTable, type Table } from './table.ts';
import { ornament, text } from './tags.ts';

/** All that a notice of a grade says. */
export type GradeNotice = {
  merchant: { id: string; name: string };
  grade: GradeOnRecord;
  policy: CreditPolicy | null;
  reply: CreditState['reply'];
  /** The unit that gives notice. */
  organisation: string;
  /** `YYYY-MM-DD`: the day of the paper, and the last one for objections if it is handed over on it. */
  day: string;
  objectUntil: string;
};

/** What is printed on a notice to check it by: its number, and the code of all that was published. */
export function noticeCode(merchantId: string, grade: PublishedGrade): { number: string; code: string } {
  return {
    number: noticeNumber(merchantId, grade.month),
    code: verificationCode(hash('sha256', noticeContent(merchantId, grade))),
  };
}

/** The explanation line by line; base and lines add up to the sum below them. */
export function explanationTable({ base, points, lines }: PublishedGrade): Table {
  return {
    head: words.head,
    rows: [
      [words.base, '', '', String(base)],
      ...lines.map((line) =>
        line.kind === 'rate'
          ? [
              words.item(line.indicator),
              words.seen(line.good, line.good + line.bad),
              words.mean(line.mean),
              words.points(line.points),
            ]
          : [
              words.item(line.indicator),
              words.times(line.months.reduce((sum, { count }) => sum + count, 0)),
              '',
              words.points(line.points),
            ],
      ),
    ],
    foot: [words.sum, '', '', String(points)],
  };
}

/** A letter sets its lines a little wider than a form, unless that alone takes another page. */
const SPACINGS: readonly Spacing[] = [{ ...ROOMY, lineGap: ROOMY.lineGap + 2 }, ROOMY, TIGHT];
const TABLE = {
  shares: [0.4, 0.22, 0.2, 0.18],
  align: ['left', 'right', 'right', 'right'],
  size: BODY_SIZE - 0.5,
} as const;
/** Lines to write on, where the merchant has said nothing yet. */
const WRITING = { lines: 3, height: 22 };
/** Of the seal's place, the date and the receipt below it. */
const END_HEIGHT = 185;

/** The printed explanation of a grade with how to object to it, as a PDF of A4 pages. The same input gives the same bytes. */
export async function drawGradeNotice(notice: GradeNotice): Promise<{ number: string; bytes: Uint8Array }> {
  const { number, code } = noticeCode(notice.merchant.id, notice.grade);
  const fonts = await loadFonts(JSON.stringify(notice));
  let best: Sheet | null = null;
  for (const spacing of SPACINGS) {
    const sheet = await drawn(notice, fonts, spacing);
    if (best === null || pagesOf(sheet) < pagesOf(best)) best = sheet;
    if (pagesOf(best) === 1) break;
  }
  if (best === null) throw new Error('A notice is drawn in one spacing at least');
  footers(best, `${words.foot}${number}`, code);
  return { number, bytes: await bytesOf(best) };
}

async function drawn(notice: GradeNotice, fonts: DocumentFonts, spacing: Spacing): Promise<Sheet> {
  const { merchant, grade, reply, day } = notice;
  const { number, code } = noticeCode(merchant.id, grade);
  const printed = printedCode({ number, code });
  const clean = (said: string): string => printable(said, fonts);
  const sheet = await openSheet(fonts, {
    title: words.title,
    number,
    day,
    documentId: null,
    mark: printed,
  });
  const organisation = clean(notice.organisation);
  head(sheet, { title: words.title, organisation, number, code: await qrCode(printed) });
  sheet.moveDown(0.4);
  text(sheet, 'P', () =>
    sheet
      .font('bold', BODY_SIZE + 1.5)
      .fillColor(INK)
      .text(`${clean(merchant.name)}${words.colon}`, MARGINS.left, sheet.y),
  );
  sheet.moveDown(0.3);
  paragraphs(sheet, resultOf(notice).map(clean), spacing);
  section(sheet, words.lines, [], spacing);
  sheet.y += 2;
  drawTable(sheet, explanationTable(grade), TABLE);
  sheet.y += 2;
  section(sheet, words.reasons, reasonsOf(grade), spacing);
  section(sheet, words.objection, objectionOf(notice), spacing);
  const replied = [words.replyRight, ...(reply === null ? [] : [clean(words.replied(reply.text))])];
  // The seal never stands alone on a page: what is above it could be anything.
  keepTogether(sheet, sectionHeight(spacing) + heightOf(sheet, replied, spacing) + END_HEIGHT);
  section(sheet, words.reply, replied, spacing);
  if (reply === null) linesToWrite(sheet);
  endOfLetter(sheet, { seal: { label: '', name: organisation }, day, delivery: words.delivery });
  return sheet;
}

function heightOf(sheet: Sheet, texts: readonly string[], { lineGap }: Spacing): number {
  const width = sheet.page.width - MARGINS.left - MARGINS.right;
  const written = texts.length === 1 ? WRITING.lines * WRITING.height : 0;
  return texts.reduce(
    (sum, one) =>
      sum + sheet.font('regular', BODY_SIZE).heightOfString(one, { width, lineGap, indent: BODY_SIZE * 2 }),
    written,
  );
}

function resultOf({ grade, policy }: GradeNotice): string[] {
  const { month, category, policyVersion, points, matters, gradeOfPoints, interval } = grade;
  return [
    words.result(month, category),
    ...(grade.grade === null
      ? [words.notRated(matters, policy?.leastMatters ?? 0)]
      : [
          words.graded(grade.grade, points, policy?.scale.highest ?? points),
          ...(grade.grade === gradeOfPoints ? [] : [words.limited(grade.grade, gradeOfPoints)]),
          words.interval(interval.low, interval.high),
        ]),
    ...(policy === null ? [] : [words.policy(policyVersion, policy.name.zh)]),
  ];
}

function reasonsOf({ reasons }: GradeOnRecord): string[] {
  if (reasons.length === 0) return [words.noReasons];
  return reasons.map(({ code, lost, facts }, place) => words.reason(place + 1, code, lost, facts.length));
}

function objectionOf({ grade: { limits }, objectUntil }: GradeNotice): string[] {
  return [
    words.object(limits.file, words.day(objectUntil)),
    words.late(limits.fileApproved),
    words.decided(limits.decide),
  ];
}

function linesToWrite(sheet: Sheet): void {
  keepTogether(sheet, WRITING.lines * WRITING.height);
  const top = sheet.y;
  text(sheet, 'P', () =>
    sheet
      .font('regular', BODY_SIZE)
      .fillColor(INK)
      .text(words.replyHere, MARGINS.left, top + 8),
  );
  ornament(sheet, () => {
    for (let line = 1; line <= WRITING.lines; line += 1)
      sheet
        .moveTo(MARGINS.left, top + line * WRITING.height)
        .lineTo(sheet.page.width - MARGINS.right, top + line * WRITING.height)
        .lineWidth(0.5)
        .strokeColor(QUIET)
        .stroke();
  });
  sheet.x = MARGINS.left;
  sheet.y = top + WRITING.lines * WRITING.height;
}
