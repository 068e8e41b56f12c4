import { hash } from 'node:crypto';
import { canonicalJson } from '../../../domain/kernel/event/canonical.ts';
import { verificationCode } from '../../../domain/document/printed-code.ts';
import type { Harm, Verdict } from '../../../domain/leniency/index.ts';
import { endOfLetter } from './draw-paper.ts';
import { loadFonts, printable } from './fonts.ts';
import { bytesOf, footers, head, openSheet, paragraphs, section } from './frame.ts';
import { noPenaltyWords as words } from './no-penalty-words.zh-CN.ts';
import { BODY_SIZE, INK, MARGINS, ROOMY } from './sheet.ts';
import { text } from './tags.ts';

/** All that a decision not to punish says. */
export type NoPenalty = {
  merchantName: string;
  /** The kind of violation, and within how many months it is the first. */
  item: string;
  months: number;
  isFirst: boolean;
  verdict: Verdict;
  number: string;
  violatedOn: string;
  facts: string;
  harm: Harm;
  harmGround: string;
  correctBy: string;
  correctedOn: string;
  correctGround: string;
  /** The organ, and the day of the decision. */
  organisation: string;
  day: string;
};

/** The decision as a PDF of A4 pages. The same input gives the same bytes. */
export async function drawNoPenalty(decision: NoPenalty): Promise<Uint8Array> {
  const { day, verdict, violatedOn, months, harm, correctBy, correctedOn } = decision;
  const fonts = await loadFonts(JSON.stringify([decision, words.title]));
  const clean = (said: string): string => printable(said, fonts);
  const number = clean(decision.number);
  const sheet = await openSheet(fonts, { title: words.title, number, day, documentId: null });
  const organisation = clean(decision.organisation);
  const spacing = { ...ROOMY, lineGap: ROOMY.lineGap + 2 };
  head(sheet, { title: words.title, organisation, number, code: null });
  sheet.moveDown(0.4);
  text(sheet, 'P', () =>
    sheet
      .font('bold', BODY_SIZE + 1.5)
      .fillColor(INK)
      .text(clean(`${decision.merchantName}${words.colon}`), MARGINS.left, sheet.y),
  );
  sheet.moveDown(0.3);
  section(sheet, words.found, [clean(words.facts(violatedOn, decision.item, decision.facts))], spacing);
  section(
    sheet,
    words.grounds,
    [
      ...(decision.isFirst ? [words.first(months)] : []),
      words.harm(harm, decision.harmGround),
      words.corrected(correctBy, correctedOn, decision.correctGround),
      words.law(verdict),
    ].map(clean),
    spacing,
  );
  section(sheet, words.decision, [words.decided, words.educated], spacing);
  paragraphs(sheet, [words.redress], spacing);
  endOfLetter(sheet, { seal: { label: '', name: organisation }, day, delivery: words.delivery });
  footers(sheet, `${words.foot}${number}`, verificationCode(hash('sha256', canonicalJson(decision))));
  return bytesOf(sheet);
}
