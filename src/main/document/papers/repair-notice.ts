import { hash } from 'node:crypto';
import { verificationCode } from '../../../domain/document/printed-code.ts';
import { canonicalJson } from '../../../domain/kernel/event/canonical.ts';
import type { Wording } from '../../../domain/procedure/index.ts';
import type { ProofKind, RestorationSettings } from '../../../domain/restoration/index.ts';
import type { SanctionState } from '../../../domain/sanction/index.ts';
import { endOfLetter } from './draw-paper.ts';
import { type DocumentFonts, loadFonts, printable } from './fonts.ts';
import { bytesOf, footers, head, openSheet, pagesOf, paragraphs, section } from './frame.ts';
import { labels } from './labels.zh-CN.ts';
import { repairNoticeWords as words } from './repair-notice-words.zh-CN.ts';
import { restorationWords } from './restoration-words.zh-CN.ts';
import { BODY_SIZE, INK, MARGINS, ROOMY, type Sheet, type Spacing, TIGHT } from './sheet.ts';
import { drawTable } from './table.ts';
import { text } from './tags.ts';

/** All that the notice says which goes to a merchant together with a decision (两书同达). */
export type RepairNotice = {
  record: Pick<
    SanctionState,
    'merchantName' | 'kind' | 'class' | 'organ' | 'number' | 'determinedOn' | 'channel'
  > & { duties: readonly string[] };
  /** `opens`: from which day repair may be asked for, null where it may be at once; or why no day can be said. */
  minimum: { state: 'opens'; day: string | null } | { state: 'barred' | 'look' };
  /** The last day of publication once the duties are done; null where there is none. */
  endsOn: string | null;
  /** Whether it ends then only if the duties are done. */
  ifFulfilled: boolean;
  /** The rules that say so. */
  articles: readonly Wording[];
  /** What has to be proved in an application about it. */
  proofs: readonly ProofKind[];
  limits: RestorationSettings['limits'];
  /** Where to apply. */
  windows: readonly string[];
  contact: Pick<RestorationSettings['contact'], 'address' | 'phone'>;
  /** The unit that gives notice, and the day. */
  organisation: string;
  day: string;
};

const TABLE = { shares: [0.17, 0.12, 0.24, 0.28, 0.19], size: BODY_SIZE - 0.5 } as const;

/** The notice as a PDF of A4 pages, of one where it fits. The same input gives the same bytes. */
export async function drawRepairNotice(notice: RepairNotice): Promise<Uint8Array> {
  const fonts = await loadFonts(JSON.stringify([notice, words]));
  let sheet = await drawn(notice, fonts, ROOMY);
  if (pagesOf(sheet) > 1) {
    const tight = await drawn(notice, fonts, TIGHT);
    if (pagesOf(tight) < pagesOf(sheet)) sheet = tight;
  }
  const number = printable(notice.record.number, fonts);
  footers(sheet, words.foot(number), verificationCode(hash('sha256', canonicalJson(notice))));
  return bytesOf(sheet);
}

async function drawn(notice: RepairNotice, fonts: DocumentFonts, spacing: Spacing): Promise<Sheet> {
  const { record, day } = notice;
  const clean = (said: string): string => printable(said, fonts);
  const number = clean(record.number);
  const organisation = clean(notice.organisation);
  const sheet = await openSheet(fonts, { title: words.title, number, day, documentId: null });
  head(sheet, { title: words.title, organisation, number, code: null });
  sheet.moveDown(0.3);
  text(sheet, 'P', () =>
    sheet
      .font('bold', BODY_SIZE + 1.5)
      .fillColor(INK)
      .text(clean(`${record.merchantName}${words.colon}`), MARGINS.left, sheet.y),
  );
  sheet.moveDown(0.2);
  const part = (heading: string, said: readonly string[]): void =>
    section(sheet, heading, said.map(clean), spacing);
  const { organ, determinedOn, kind } = record;
  paragraphs(sheet, [clean(words.opening(organ, determinedOn, record.number, words.kinds[kind]))], spacing);
  part(words.record, []);
  sheet.y += 2;
  const of = kind === 'penalty' ? words.class(record.class) : words.noClass;
  const row = [words.kind(kind), of, organ, number, labels.day(determinedOn)];
  drawTable(sheet, { head: words.recordHead, rows: [row.map(clean)] }, TABLE);
  sheet.y += 2;
  part(words.period, periodOf(notice));
  const duties = record.duties.map((said, place) => words.duty(place + 1, said));
  part(words.duties, duties.length === 0 ? [words.noDuties] : duties);
  part(notice.minimum.state === 'barred' ? words.only : words.how, howOf(notice));
  part(words.window, [
    words.windowNames(notice.windows),
    words.reached(notice.contact.address.zh, notice.contact.phone),
  ]);
  endOfLetter(sheet, { seal: { label: '', name: organisation }, day, delivery: words.delivery });
  return sheet;
}

function periodOf({ record, minimum, endsOn, ifFulfilled, articles }: RepairNotice): string[] {
  const opens =
    minimum.state === 'opens'
      ? minimum.day === null
        ? words.noMinimum
        : words.minimum(minimum.day)
      : words[minimum.state];
  return [
    words.channel(record.channel),
    opens,
    ...(minimum.state === 'look' && endsOn === null
      ? []
      : [endsOn === null ? words.noMaximum : words.maximum(endsOn, ifFulfilled)]),
    ...articles.map(({ zh }) => words.article(zh)),
  ];
}

function howOf({ record, minimum, proofs, limits }: RepairNotice): string[] {
  const objection = words.objection(limits);
  if (minimum.state === 'barred') return [objection];
  return [
    words.conditions,
    words.materials(proofs.map((kind) => restorationWords.application.proof(kind))),
    words.ways,
    words.limits(limits, record.channel === 'gsxt'),
    objection,
  ];
}
