import { businessDay, workingDaysBetween } from '../kernel/calendar/index.ts';
import type { Delta, Deltas, RollupContext } from '../kernel/event/deltas.ts';
import type { RecordedFact } from '../kernel/event/event.ts';
import { minutesBucket } from '../kernel/duration.ts';
import { calendarAt, type Rulebook } from '../procedure/index.ts';
import { isInTime, objectionDue, opinionDue, replyDue, replyMinutes } from './due.ts';
import type { RestorationPayload } from './events.ts';
import type { RestorationMetric } from './metrics.ts';
import type { RestorationState } from './state.ts';

/**
 * How long replies took, by window: the key of the dimension `reply` is a bucket of office minutes (`minutesBucket`) and the window's path.
 * Each reply is in one, so that all together are those of the unit.
 */
const replyKey = (minutes: number, windowPath: string): string =>
  `reply:${minutesBucket(minutes)}@${windowPath}`;

/** The bucket and the window of a key of the dimension `reply`; null for what is none. */
export function readReplyKey(key: string): { bucket: number; windowPath: string } | null {
  const [, bucket, windowPath] = /^(\d{1,4})@(.+)$/.exec(key) ?? [];
  return bucket === undefined || windowPath === undefined ? null : { bucket: Number(bucket), windowPath };
}

/**
 * What one accepted event of an application adds to the roll-up, at the merchant's unit on the day of the event; what departments and
 * windows do, by department and by window too. What was done in time is judged by the state before it, in which its clock still ran. Pure.
 */
export function restorationDeltas(
  before: RestorationState | undefined,
  fact: RecordedFact,
  after: RestorationState,
  { rules }: Pick<RollupContext<Rulebook>, 'rules'>,
): Deltas<RestorationMetric, never> {
  const counters: Delta<RestorationMetric>[] = [];
  const add: Add = (metric, value, ...dimensions) => {
    if (value === 0) return;
    for (const dimension of ['', ...dimensions])
      counters.push({ path: after.unitPath, day: businessDay(fact.at), metric, dimension, value });
  };
  countAsks(before, after, add);
  count(before, fact, after, rules, add);
  return { counters, handling: [] };
}

type Add = (metric: RestorationMetric, value: number, ...dimensions: string[]) => void;

const department = (path: string): string => `department:${path}`;

/** Questions to departments, and those that stand again because what was missing has been handed in. */
function countAsks(before: RestorationState | undefined, after: RestorationState, add: Add): void {
  for (const { departmentPath, earlier } of after.asks) {
    const known = before?.asks.find((one) => one.departmentPath === departmentPath);
    if (known === undefined || known.earlier.length < earlier.length)
      add('restoration-asks', 1, department(departmentPath));
  }
}

function countReply(after: RestorationState, at: string, rules: Rulebook, add: Add): void {
  const window = `window:${after.windowPath}`;
  const minutes = replyMinutes(after, rules, at);
  add('restoration-replies', 1, window, replyKey(minutes, after.windowPath));
  if (isInTime(replyDue(after, rules), at)) add('restoration-replies-in-time', 1, window);
}

function count(
  before: RestorationState | undefined,
  { type, payload, at }: RecordedFact,
  after: RestorationState,
  rules: Rulebook,
  add: Add,
): void {
  const window = `window:${after.windowPath}`;
  switch (type) {
    case 'restoration-filed':
      add('restorations-filed', 1, window);
      break;
    case 'restoration-accepted':
      add('restorations-accepted', 1, window, `applicant:${after.merchantId}`);
      if (isInTime(replyDue(after, rules), at)) add('restorations-accepted-in-time', 1, window);
      add('restoration-reply-minutes', Math.floor(replyMinutes(after, rules, at)), window);
      countReply(after, at, rules, add);
      break;
    case 'opinion-given':
      // The reducer has read it by its schema.
      countOpinion(before, payload as RestorationPayload<'opinion-given@1'>, at, rules, add);
      break;
    case 'restoration-returned':
      add('restorations-returned', 1, window);
      if (before?.status === 'filed') countReply(after, at, rules, add);
      break;
    case 'restoration-concluded':
      countOutcomes(payload as RestorationPayload<'restoration-concluded@1'>, after, at, rules, add);
      break;
    case 'matter-expired':
      add('restoration-matters-expired', 1, window);
      if (after.status === 'expired') add('restorations-expired', 1, window);
      if (after.status === 'concluded') countConcluded(after, at, rules, add);
      break;
    case 'restoration-withdrawn':
      add('restorations-withdrawn', 1, window);
      break;
    case 'restoration-objected':
      add('restoration-objections', 1, window);
      break;
    case 'objection-answered': {
      const { objectionId } = payload as RestorationPayload<'objection-answered@1'>;
      const objection = after.objections.find((one) => one.objectionId === objectionId);
      if (objection && isInTime(objectionDue(after, objection, rules), at))
        add('restoration-objections-in-time', 1, window);
      break;
    }
  }
}

function countOpinion(
  before: RestorationState | undefined,
  { departmentPath, answers }: RestorationPayload<'opinion-given@1'>,
  at: string,
  rules: Rulebook,
  add: Add,
): void {
  const ask = before?.asks.find((one) => one.departmentPath === departmentPath);
  if (before === undefined || ask === undefined) return;
  const of = department(departmentPath);
  add('restoration-opinions', 1, of);
  if (isInTime(opinionDue(before, ask, rules), at)) add('restoration-opinions-in-time', 1, of);
  const days = workingDaysBetween(
    calendarAt(rules, before.unitPath),
    businessDay(ask.since),
    businessDay(at),
  );
  add('restoration-opinion-days', Math.max(0, days), of);
  const said = new Set(answers.map(({ verdict }) => verdict));
  if (said.has('incomplete')) add('restoration-opinions-incomplete', 1, of);
  else if (said.has('refuse')) add('restoration-opinions-refused', 1, of);
}

function countOutcomes(
  { outcomes }: RestorationPayload<'restoration-concluded@1'>,
  after: RestorationState,
  at: string,
  rules: Rulebook,
  add: Add,
): void {
  const window = `window:${after.windowPath}`;
  const repaired = outcomes.filter(({ outcome }) => outcome === 'repaired').length;
  add('restoration-matters-repaired', repaired, window);
  add('restoration-matters-refused', outcomes.length - repaired, window);
  if (after.status === 'concluded') countConcluded(after, at, rules, add);
}

function countConcluded(after: RestorationState, at: string, rules: Rulebook, add: Add): void {
  const window = `window:${after.windowPath}`;
  add('restorations-concluded', 1, window);
  const calendar = calendarAt(rules, after.unitPath);
  add(
    'restoration-days',
    Math.max(0, workingDaysBetween(calendar, businessDay(after.filed.at), businessDay(at))),
    window,
  );
}
