import { hash } from 'node:crypto';
import type { CaseState, Change } from '../../../domain/case/index.ts';
import { verificationCode } from '../../../domain/document/printed-code.ts';
import { businessDay, minuteOfDay } from '../../../domain/kernel/calendar/index.ts';
import { canonicalJson } from '../../../domain/kernel/event/canonical.ts';
import { formatYuan } from '../../../domain/kernel/text/index.ts';
import type { Party } from '../../../domain/organisation/index.ts';
import type { PrivacyOutcome, PrivacyState } from '../../../domain/privacy/index.ts';
import type { ReturnState } from '../../../domain/return/index.ts';
import { endOfLetter } from './draw-paper.ts';
import { loadFonts, printable } from './fonts.ts';
import { bytesOf, footers, head, openSheet, paragraphs, section } from './frame.ts';
import { labels } from './labels.zh-CN.ts';
import { statusWords } from './notice-words.zh-CN.ts';
import { privacyWords as words } from './privacy-words.zh-CN.ts';
import { BODY_SIZE, INK, MARGINS, ROOMY, type Sheet } from './sheet.ts';
import { drawTable, type Table, type TableLayout } from './table.ts';
import { text } from './tags.ts';

/** All that is held of the consumer in one record, with who knows of it and how long it stays; names and codes as they are read. */
export type HeldData = {
  knownTo: { name: string; party: Party }[];
  /** Days after its end, or its last fact, on which what is personal in it is erased. */
  erasedAfter: number;
} & (
  | {
      kind: 'case';
      state: CaseState;
      claims: string[];
      registeredIn: string;
      handledBy: string[];
      /** The last day at the workstations, null while it is open; and how many days after closing. */
      stays: { until: string | null; days: number };
    }
  | { kind: 'return'; state: ReturnState; unitName: string; caseNumber: string | null }
);

/** What became of one record. */
export type AnsweredRecord = {
  number: string;
  outcome: PrivacyOutcome;
  /** Where access is granted; null else, and where the record has left. */
  held: HeldData | null;
  correction: { at: string; changes: Change[] } | null;
  erasedAt: string | null;
};

/** All that an answer to a consumer's request says, as of its decision. */
export type PrivacyAnswer = Pick<PrivacyState, 'number' | 'what' | 'requester' | 'identity' | 'wish'> & {
  organisation: string;
  receivedOn: string;
  /** The day of the decision, which the paper bears. */
  day: string;
  records: AnsweredRecord[];
  /** Who looked, in the order of time; by role and not by name. */
  accesses: { at: string; unitName: string; role: string; action: string; number: string }[];
};

const TWO: TableLayout = { shares: [0.2, 0.8], size: BODY_SIZE - 0.5 };
const THREE: TableLayout = { shares: [0.3, 0.14, 0.56], size: BODY_SIZE - 0.5 };
const CHANGES: TableLayout = { shares: [0.2, 0.4, 0.4], size: BODY_SIZE - 0.5 };
const LOOKED: TableLayout = { shares: [0.21, 0.24, 0.11, 0.16, 0.28], size: BODY_SIZE - 1.5 };

/**
 * The printed answer to a consumer's request about their own data, as a PDF of A4 pages. It is the requester's: what is theirs stands
 * in it unmasked, and nothing of staff but their roles. The same input gives the same bytes.
 */
export async function drawPrivacyAnswer(answer: PrivacyAnswer): Promise<Uint8Array> {
  const { number, day, what } = answer;
  const fonts = await loadFonts(JSON.stringify([answer, statusWords]));
  const clean = (said: string): string => printable(said, fonts);
  const organisation = clean(answer.organisation);
  const title = words.titles[what];
  const sheet = await openSheet(fonts, { title, number, day, documentId: null });
  const spacing = { ...ROOMY, lineGap: ROOMY.lineGap + 2 };
  let parts = 0;
  const part = (heading: string, said: readonly string[]): void => {
    section(sheet, `${labels.numerals[parts] ?? ''}${labels.listComma}${heading}`, said.map(clean), spacing);
    parts += 1;
  };
  const table = (one: Table, layout: TableLayout): void => {
    sheet.y += 3;
    drawTable(sheet, { head: one.head, rows: one.rows.map((row) => row.map(clean)) }, layout);
    sheet.y += 4;
  };
  head(sheet, { title, organisation, number, code: null });
  sheet.moveDown(0.4);
  addressee(sheet, clean(`${answer.requester.name}${words.colon}`));
  paragraphs(sheet, openingOf(answer).map(clean), spacing);
  part(words.sections.outcome, []);
  table({ head: words.outcomeHead, rows: answer.records.map((one) => outcomeRow(answer, one)) }, THREE);
  const held = answer.records.flatMap((one) => (one.held === null ? [] : [one.held]));
  if (held.length > 0) {
    part(words.sections.held, [words.purposeOfCopy]);
    for (const one of held) {
      subheading(sheet, clean(words.record(one.kind, one.state.number)));
      table({ head: words.heldHead, rows: heldRows(one) }, TWO);
    }
    part(words.sections.purpose, [words.purpose, ...held.map(sharedWith), words.centre]);
    part(words.sections.looked, [words.lookedUntil(labels.day(day))]);
    const looked = answer.accesses.map(({ at, unitName, role, action, number: of }) => [
      `${businessDay(at)} ${minuteOfDay(at)}`,
      unitName,
      words.role(role),
      words.action(action),
      of,
    ]);
    if (looked.length > 0) table({ head: words.lookedHead, rows: looked }, LOOKED);
    else paragraphs(sheet, [words.notLooked], spacing);
    part(words.sections.kept, held.map(keptFor));
  }
  if (what === 'correction' && isGranted(answer)) {
    part(words.sections.changes, answer.records.flatMap(inWords));
    for (const { number: of, outcome, correction } of answer.records) {
      if (correction === null) continue;
      subheading(sheet, clean(words.corrected(outcome.kind, of, labels.day(businessDay(correction.at)))));
      table({ head: words.changesHead, rows: correction.changes.map(changeRow) }, CHANGES);
    }
  }
  if (what === 'deletion') part(words.sections.left, [isGranted(answer) ? words.left : words.noneErased]);
  part(words.sections.redress, [words.redress]);
  endOfLetter(sheet, { seal: { label: '', name: organisation }, day, delivery: words.delivery });
  footers(sheet, `${words.foot}${number}`, verificationCode(hash('sha256', canonicalJson(answer))));
  return bytesOf(sheet);
}

/** Whether anything of it was granted. */
const isGranted = ({ records }: PrivacyAnswer): boolean =>
  records.some(({ outcome }) => outcome.verdict === 'granted');

function addressee(sheet: Sheet, said: string): void {
  text(sheet, 'P', () =>
    sheet
      .font('bold', BODY_SIZE + 1.5)
      .fillColor(INK)
      .text(said, MARGINS.left, sheet.y),
  );
  sheet.moveDown(0.3);
}

/** Above a table of one record; it never stands alone at the foot of a page. */
function subheading(sheet: Sheet, said: string): void {
  if (sheet.y + 90 > sheet.page.height - sheet.page.margins.bottom) sheet.addPage();
  sheet.y += 4;
  text(sheet, 'P', () => sheet.font('bold', BODY_SIZE).fillColor(INK).text(said, MARGINS.left, sheet.y));
}

function openingOf({ what, requester, identity, wish, receivedOn, records }: PrivacyAnswer): string[] {
  const unproved = records.some(
    ({ outcome }) => outcome.verdict === 'refused' && outcome.ground === 'identity-unproved',
  );
  return [
    words.asked(labels.day(receivedOn), what),
    ...(requester.authority === null ? [] : [words.agent(requester.authority)]),
    ...(wish === '' ? [] : [words.wish(wish)]),
    `${unproved ? '' : words.checked(identity)}${words.answered(what)}`,
  ];
}

function outcomeRow(
  { what }: PrivacyAnswer,
  { number, outcome, held, correction, erasedAt }: AnsweredRecord,
): string[] {
  const record = words.record(outcome.kind, number);
  const note = (...said: string[]): string => said.filter((one) => one !== '').join(labels.semicolon);
  if (outcome.verdict === 'refused') {
    const ground = outcome.ground === 'other' ? '' : words.grounds[outcome.ground];
    return [record, words.refused, note(ground, outcome.text)];
  }
  const said = {
    access: () => note(held === null ? words.archived : words.provided, outcome.text),
    correction: () => note(correction === null ? '' : words.changed, outcome.text),
    deletion: () =>
      note(
        erasedAt === null ? words.notErased : words.erased(labels.day(businessDay(erasedAt))),
        outcome.text,
      ),
  };
  return [record, words.granted[what], said[what]()];
}

const inWords = ({ number, outcome, correction }: AnsweredRecord): string[] =>
  outcome.verdict === 'granted' && correction === null
    ? [words.inWords(outcome.kind, number, outcome.text)]
    : [];

function changeRow({ field, before, after }: Change): string[] {
  const said = (value: Change['before']): string => {
    if (value === null || value === '') return words.none;
    if (typeof value === 'boolean') return value ? words.yes : words.no;
    if (typeof value === 'number') return words.yuan(formatYuan(value));
    if (typeof value !== 'string') return value.join(labels.listComma);
    const codes = field === 'consumerIdType' ? words.idTypes : field === 'source' ? words.sources : {};
    return codes[value] ?? value;
  };
  return [words.fields[field], said(before), said(after)];
}

const sharedWith = ({ kind, state, knownTo }: HeldData): string =>
  words.shared(
    kind,
    state.number,
    knownTo.map(({ name, party }) => words.unit(name, party)),
  );

function keptFor(held: HeldData): string {
  const { erasedAfter } = held;
  if (held.kind === 'return') return words.keptReturn(held.state.number, erasedAfter);
  const { until, days } = held.stays;
  return until === null
    ? words.keptAfter('case', held.state.number, days, erasedAfter)
    : words.keptUntil('case', held.state.number, labels.day(businessDay(until)), erasedAfter);
}

/** What is not there stands in it too: that nothing is held is an answer. */
function heldRows(held: HeldData): string[][] {
  const rows = held.kind === 'case' ? caseRows(held) : returnRows(held);
  return rows.map(([label, value]) => [label, value === '' ? words.none : value]);
}

function caseRows(held: Extract<HeldData, { kind: 'case' }>): [string, string][] {
  const { state, claims, registeredIn, handledBy } = held;
  const { entries } = words;
  const { consumer, facts, settlement } = state;
  const lines = (all: readonly string[]): string => all.join('\n');
  return [
    [entries.name, consumer.name],
    [entries.phone, consumer.phone],
    [entries.id, consumer.idNumber ? words.id(consumer.idType, consumer.idNumber) : ''],
    [entries.address, consumer.address ?? ''],
    [
      entries.agents,
      lines(
        (state.agents ?? [])
          .filter(({ side }) => side === 'consumer')
          .map(({ name, phone }) => words.agentsOf(name, phone)),
      ),
    ],
    [
      entries.registered,
      words.registered(labels.day(businessDay(state.registeredAt)), registeredIn, state.source),
    ],
    [entries.handled, handledBy.join(labels.listComma)],
    [entries.merchant, state.merchant.name],
    [
      entries.occurred,
      [labels.day(facts.occurredOn), facts.place ?? ''].filter((one) => one !== '').join('，'),
    ],
    [entries.facts, facts.text],
    [entries.amount, state.amountFen === null ? '' : words.yuan(formatYuan(state.amountFen))],
    [
      entries.claims,
      lines([claims.join(labels.listComma), state.claimText ?? ''].filter((one) => one !== '')),
    ],
    [entries.consents, words.consents(state.consents.publication, state.consents.delegatedMediation)],
    [entries.sessions, words.sessions(state.sessionCount)],
    [
      entries.settlement,
      settlement === null ? '' : lines([settlement.terms, words.yuan(formatYuan(settlement.amountFen))]),
    ],
    [
      entries.status,
      [statusWords[state.status], state.outcome === null ? '' : words.outcomes[state.outcome]]
        .filter((one) => one !== '')
        .join('，'),
    ],
    [
      entries.satisfaction,
      lines([
        ...(state.satisfaction === null ? [] : [words.satisfaction(state.satisfaction)]),
        ...(state.answer === undefined ? [] : [words.scored(state.answer.score, state.answer.text)]),
      ]),
    ],
    [entries.violation, state.violation?.text ?? ''],
    [
      entries.documents,
      lines(
        (state.documents ?? []).map((one) =>
          words.document(one.number, labels.kinds[one.kind], labels.day(one.issuedOn)),
        ),
      ),
    ],
    [
      entries.evidence,
      lines(
        (state.evidence ?? [])
          .filter(({ withdrawn }) => withdrawn === null)
          .map((one) => words.evidence(one.name, one.kind, labels.day(businessDay(one.addedAt)))),
      ),
    ],
  ];
}

function returnRows({
  state,
  unitName,
  caseNumber,
}: Extract<HeldData, { kind: 'return' }>): [string, string][] {
  const { entries } = words;
  const { consumer, request } = state;
  return [
    [entries.name, consumer.name],
    [entries.phone, consumer.phone ?? ''],
    [entries.asked, `${labels.day(businessDay(state.requestedAt))}，${unitName}`],
    [entries.merchant, state.merchantName],
    [entries.goods, request.goodsName],
    [entries.purchased, labels.day(request.purchasedOn)],
    [entries.paid, words.yuan(formatYuan(request.amountFen))],
    [entries.proof, request.proofNumber ?? ''],
    [
      entries.verdict,
      [
        words.returnStatuses[state.status],
        state.refundFen === null || state.refundedOn === null
          ? ''
          : words.refunded(formatYuan(state.refundFen), labels.day(state.refundedOn)),
        state.refusal?.text ?? '',
      ]
        .filter((one) => one !== '')
        .join(labels.semicolon),
    ],
    [entries.case, state.caseId === null ? '' : (caseNumber ?? state.caseId)],
  ];
}
