import { hash } from 'node:crypto';
import { canonicalJson } from '../../../domain/kernel/event/canonical.ts';
import { verificationCode } from '../../../domain/document/printed-code.ts';
import type { Eligibility, Regime, SanctionState } from '../../../domain/sanction/index.ts';
import { endOfLetter } from './draw-paper.ts';
import { loadFonts, printable } from './fonts.ts';
import { bytesOf, footers, head, openSheet, paragraphs, section } from './frame.ts';
import { reminderWords as words } from './reminder-words.zh-CN.ts';
import { BODY_SIZE, INK, MARGINS, ROOMY } from './sheet.ts';
import { drawTable } from './table.ts';
import { text } from './tags.ts';

/** All that a letter says which reminds a merchant of a published record. */
export type ReminderLetter = {
  record: Pick<
    SanctionState,
    'merchantName' | 'kind' | 'organ' | 'number' | 'determinedOn' | 'channel' | 'duties'
  >;
  eligibility: Eligibility;
  /** Records that have to be ended first, by name. */
  blocking: readonly { id: string; title: string }[];
  /** The last day of publication; null where it is not known. */
  endsOn: string | null;
  conditions: Regime['conditions'];
  /** The unit that reminds, and the day of the letter. */
  organisation: string;
  day: string;
};

const TABLE = {
  shares: [0.24, 0.3, 0.28, 0.18],
  align: ['left', 'left', 'left', 'left'],
  size: BODY_SIZE - 0.5,
} as const;

/** The letter as a PDF of A4 pages. The same input gives the same bytes. */
export async function drawReminderLetter(letter: ReminderLetter): Promise<Uint8Array> {
  const { record, eligibility, day } = letter;
  const fonts = await loadFonts(JSON.stringify(letter));
  const clean = (said: string): string => printable(said, fonts);
  const number = clean(record.number);
  const sheet = await openSheet(fonts, { title: words.title, number, day, documentId: null });
  const organisation = clean(letter.organisation);
  const spacing = { ...ROOMY, lineGap: ROOMY.lineGap + 2 };
  head(sheet, { title: words.title, organisation, number, code: null });
  sheet.moveDown(0.4);
  text(sheet, 'P', () =>
    sheet
      .font('bold', BODY_SIZE + 1.5)
      .fillColor(INK)
      .text(clean(`${record.merchantName}${words.colon}`), MARGINS.left, sheet.y),
  );
  sheet.moveDown(0.3);
  paragraphs(sheet, [words.opening], spacing);
  section(sheet, words.record, [], spacing);
  sheet.y += 2;
  drawTable(
    sheet,
    {
      head: words.recordHead,
      rows: [[words.kind(record.kind), clean(record.organ), number, words.day(record.determinedOn)]],
    },
    TABLE,
  );
  sheet.y += 2;
  paragraphs(sheet, [words.channel(record.channel)], spacing);
  section(sheet, words.repair, repairOf(letter).map(clean), spacing);
  const duties = record.duties.map(({ text: said, done }, place) =>
    clean(words.duty(place + 1, said, done?.on ?? null)),
  );
  section(sheet, words.duties, duties.length === 0 ? [words.noDuties] : duties, spacing);
  const conditions = letter.conditions.map(({ article }) => clean(words.condition(article.zh)));
  if (eligibility.verdict !== 'never') section(sheet, words.how, [words.materials, ...conditions], spacing);
  endOfLetter(sheet, { seal: { label: '', name: organisation }, day, delivery: words.delivery });
  footers(sheet, `${words.foot}${number}`, verificationCode(hash('sha256', canonicalJson(letter))));
  return bytesOf(sheet);
}

function repairOf({ eligibility, blocking, endsOn }: ReminderLetter): string[] {
  const blockedBy = eligibility.verdict === 'needs-duty' ? eligibility.blockedBy : [];
  return [
    words.verdict(eligibility),
    ...blockedBy.map(({ id, kind, article }) =>
      words.blockedBy(blocking.find((one) => one.id === id)?.title || words.kind(kind), article.zh),
    ),
    ...(eligibility.rule === null ? [] : [words.article(eligibility.rule.article.zh)]),
    ...(endsOn === null ? [] : [words.ends(endsOn)]),
  ];
}
