import fc from 'fast-check';
import { businessDay, defaultCalendar, isWorkingDay } from '../../src/domain/kernel/calendar/index.ts';
import { minutesBucket, quantileMinutes } from '../../src/domain/kernel/duration.ts';
import type { Actor, Fact } from '../../src/domain/kernel/event/event.ts';
import { shippedRules } from '../../src/domain/procedure/index.ts';
import { isInTime, opinionDue, restorationTasks } from '../../src/domain/restoration/index.ts';
import { applyRestoration } from '../../src/domain/restoration/restoration.ts';
import type { RestorationState } from '../../src/domain/restoration/state.ts';
import { noOfficeFigures, type OfficeFigures, type WaitingFor } from '../../src/domain/rollup/index.ts';
import { actorAt, factOf } from './facts.ts';
import { form, matter, reviewerAt } from '../domain/restoration/samples.ts';

export const rules = shippedRules;
export const SHOPS = ['/HS/C1/M01/S001', '/HS/C1/M01/S002', '/HS/C1/M02/S003', '/HS/C2/M03/S004'];
export const WINDOWS = ['/HS/D01/D01W1', '/HS/D01/D01W2', '/HS/D02/D02W1'];
export const DEPARTMENTS = ['/HS/D01', '/HS/D02', '/HS/D03', '/HS/D04'];
/** One unit of each level. */
export const LEVELS = ['/HS', '/HS/C1', '/HS/C1/M01', '/HS/C1/M01/S001'];
export const departmentOf = (path: string): string => path.replace(/\/D\d+W\d$/, '');

const MINUTE = 60_000;
const at = (minute: number): string =>
  new Date(Date.parse('2026-03-02T00:30:00.000Z') + minute * MINUTE).toISOString();

type Step = { kind: string; department: number; verdict: 'agree' | 'refuse' | 'incomplete'; after: number };
const step: fc.Arbitrary<Step> = fc.record({
  kind: fc.constantFrom(
    'accept',
    'accept',
    'ask',
    'opinion',
    'opinion',
    'opinion',
    'return',
    'complete',
    'end',
  ),
  department: fc.nat(DEPARTMENTS.length - 1),
  verdict: fc.constantFrom('agree', 'agree', 'refuse', 'incomplete'),
  after: fc.oneof(fc.integer({ min: 1, max: 60 }), fc.integer({ min: 1, max: 4000 })),
});
export const application = fc.record({
  shop: fc.nat(SHOPS.length - 1),
  merchant: fc.nat(1),
  window: fc.nat(WINDOWS.length - 1),
  gsxt: fc.boolean(),
  start: fc.nat(80_000),
  steps: fc.array(step, { minLength: 1, maxLength: 12 }),
});
type Application = typeof application extends fc.Arbitrary<infer Value> ? Value : never;

/** The fact of a step, whether or not it is legal where it stands. */
function factFor(id: string, one: Step, state: RestorationState, instant: string): Fact {
  const clerk = actorAt(state.windowPath, 'repair-clerk');
  const path = DEPARTMENTS[one.department] ?? '';
  const make = (type: string, payload: unknown, actor: Actor): Fact =>
    factOf('restoration', id, type, payload, actor, instant);
  switch (one.kind) {
    case 'accept':
    case 'ask':
      return make(
        one.kind === 'ask' ? 'departments-asked' : 'restoration-accepted',
        { asks: [{ departmentPath: path, matterIds: ['k-1'] }] },
        clerk,
      );
    case 'opinion': {
      const answer = {
        agree: { verdict: 'agree' },
        refuse: { verdict: 'refuse', ground: 'duty-open', article: '第十条', text: '罚款未缴清' },
        incomplete: { verdict: 'incomplete', missing: '缴款凭证不清晰' },
      }[one.verdict];
      const attempt = state.asks.find((ask) => ask.departmentPath === path)?.earlier.length ?? 0;
      return make(
        'opinion-given',
        { departmentPath: path, attempt, answers: [{ matterId: 'k-1', ...answer }] },
        reviewerAt(path),
      );
    }
    case 'return':
      return make('restoration-returned', { reason: '缺少材料' }, clerk);
    case 'complete':
      return make(
        'restoration-completed',
        { text: '已补充', attachments: [], proofs: [] },
        actorAt(state.unitPath, 'shop-manager'),
      );
    default: {
      const outcome = { matterId: 'k-1', outcome: 'refused', ground: 'duty-open', reason: '罚款未缴清' };
      return make('restoration-concluded', { outcomes: [outcome] }, clerk);
    }
  }
}

export type Lived = { before: RestorationState | undefined; fact: Fact; after: RestorationState };

/** What really happened of an application: steps that are not legal where they stand did not. */
export function live(given: Application, place: number): Lived[] {
  const id = `r-${place}`;
  const shop = SHOPS[given.shop] ?? '';
  let minute = given.start;
  const begun = factOf(
    'restoration',
    id,
    'restoration-filed',
    form({
      merchantId: `m-${given.shop}-${given.merchant}`,
      merchantPath: shop,
      windowPath: WINDOWS[given.window] ?? '',
      matters: [matter({ channel: given.gsxt ? 'gsxt' : 'creditchina' })],
      commitments: form().commitments.map((one) => ({ ...one, signedOn: businessDay(at(minute)) })),
    }),
    actorAt(shop, 'shop-manager'),
    at(minute),
  );
  const lived: Lived[] = [];
  const take = (fact: Fact): void => {
    const before = lived.at(-1)?.after;
    const ruling = applyRestoration(before, fact);
    if (ruling.kind === 'legal') lived.push({ before, fact, after: ruling.state });
  };
  take(begun);
  for (const one of given.steps) {
    minute += one.after;
    const state = lived.at(-1)?.after;
    if (state) take(factFor(id, one, state, at(minute)));
  }
  return lived;
}

const worked = new Map<number, boolean>();
/** By the hours on the office's door, minute by minute. */
function isOpen(instant: number): boolean {
  const shanghai = instant + 480 * MINUTE;
  const day = Math.floor(shanghai / (1440 * MINUTE));
  let isWorked = worked.get(day);
  if (isWorked === undefined) {
    isWorked = isWorkingDay(defaultCalendar, new Date(shanghai).toISOString().slice(0, 10));
    worked.set(day, isWorked);
  }
  if (!isWorked) return false;
  const minute = Math.floor(shanghai / MINUTE) % 1440;
  return (minute >= 510 && minute < 720) || (minute >= 810 && minute < 1050);
}
function officeMinutes(from: string, to: string): number {
  let count = 0;
  for (let one = Date.parse(from); one < Date.parse(to); one += MINUTE) if (isOpen(one)) count += 1;
  return count;
}
function workingDays(from: string, to: string): number {
  let count = 0;
  for (let day = Date.parse(businessDay(from)); day < Date.parse(businessDay(to));) {
    day += 1440 * MINUTE;
    if (isWorkingDay(defaultCalendar, new Date(day).toISOString().slice(0, 10))) count += 1;
  }
  return count;
}

/** Counted on its own of what was lived: one line of figures for whichever facts are wanted. */
export function independent(all: readonly Lived[], isOf: (office: string) => boolean) {
  const counts = { ...noOfficeFigures().counts };
  const minutes: number[] = [];
  for (const { before, fact, after } of all) {
    const { payload, type, at: instant } = fact;
    const office = type === 'opinion-given' ? fact.actor.unitPath : after.windowPath;
    for (const { departmentPath, opinion, since } of after.asks)
      if (opinion === null && since === instant && isOf(departmentPath)) {
        const asked = before?.asks.find((one) => one.departmentPath === departmentPath);
        if (asked === undefined || asked.opinion !== null) counts.asks += 1;
      }
    if (!isOf(office)) continue;
    const replied = before?.status === 'filed' && ['accepted', 'returned'].includes(after.status);
    if (replied) {
      const took = officeMinutes(before.replySince, instant);
      minutes.push(took);
      counts.replies += 1;
      let end = Date.parse(before.replySince);
      for (let left = 30; left > 0; end += MINUTE) if (isOpen(end)) left -= 1;
      if (Date.parse(instant) <= end) counts.repliesInTime += 1;
    }
    if (type === 'restoration-filed') counts.filed += 1;
    if (type === 'restoration-accepted') counts.accepted += 1;
    if (type === 'restoration-returned') counts.returned += 1;
    if (type === 'restoration-concluded') {
      counts.concluded += 1;
      counts.mattersRefused += 1;
      counts.days += workingDays(after.filed.at, instant);
    }
    if (type === 'opinion-given' && before) {
      const said = JSON.stringify(payload);
      const ask = before.asks.find(({ departmentPath }) => departmentPath === office);
      if (!ask) throw new Error('Answered without being asked');
      counts.opinions += 1;
      if (isInTime(opinionDue(before, ask, rules), instant)) counts.opinionsInTime += 1;
      counts.opinionDays += workingDays(ask.since, instant);
      if (said.includes('"incomplete"')) counts.opinionsIncomplete += 1;
      else if (said.includes('"refuse"')) counts.opinionsRefused += 1;
    }
  }
  return { counts, minutes };
}

/** What is to be expected of a line of figures, besides what waits. */
export function expectedOf({
  counts,
  minutes,
}: ReturnType<typeof independent>): Pick<OfficeFigures, 'counts' | 'replyMinutes'> {
  const histogram = minutes.map((one) => ({ bucket: minutesBucket(one), count: 1 }));
  return {
    counts,
    replyMinutes: { median: quantileMinutes(histogram, 0.5), p90: quantileMinutes(histogram, 0.9) },
  };
}

/** What waits for offices in these applications at an instant. */
export function waitingOf(states: readonly RestorationState[], now: number): WaitingFor[] {
  return states
    .flatMap((state) => restorationTasks(state, { rules }))
    .filter(({ kind }) => kind !== 'completion')
    .map(({ ownerPath, dueAt }) => ({
      path: ownerPath,
      overdue: dueAt !== null && Date.parse(dueAt) < now,
    }));
}
