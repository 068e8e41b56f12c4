import { businessDay, workingDaysBetween } from '../kernel/calendar/index.ts';
import type { Delta, Deltas, RollupContext } from '../kernel/event/deltas.ts';
import type { RecordedFact } from '../kernel/event/event.ts';
import { calendarAt, type Rulebook } from '../procedure/index.ts';
import { isInTime, objectionDue, opinionDue, replyDue, replyMinutes } from './due.ts';
import type { RestorationPayload } from './events.ts';
import type { RestorationMetric } from './metrics.ts';
import type { RestorationState } from './state.ts';

/**
 * What one accepted event of an application adds to the roll-up, at the merchant's unit on the day of the event. What was done in time is
 * judged by the state before it, in which its clock still ran. Pure.
 */
export function restorationDeltas(
  before: RestorationState | undefined,
  fact: RecordedFact,
  after: RestorationState,
  { rules }: Pick<RollupContext<Rulebook>, 'rules'>,
): Deltas<RestorationMetric, never> {
  const counters: Delta<RestorationMetric>[] = [];
  const add = (metric: RestorationMetric, value = 1, department?: string): void => {
    if (value === 0) return;
    const one = { path: after.unitPath, day: businessDay(fact.at), metric, value };
    counters.push({ ...one, dimension: '' });
    if (department !== undefined) counters.push({ ...one, dimension: `department:${department}` });
  };
  count(before, fact, after, rules, add);
  return { counters, handling: [] };
}

type Add = (metric: RestorationMetric, value?: number, department?: string) => void;

function count(
  before: RestorationState | undefined,
  { type, payload, at }: RecordedFact,
  after: RestorationState,
  rules: Rulebook,
  add: Add,
): void {
  switch (type) {
    case 'restoration-filed':
      add('restorations-filed');
      break;
    case 'restoration-accepted':
      add('restorations-accepted');
      if (isInTime(replyDue(after, rules), at)) add('restorations-accepted-in-time');
      add('restoration-reply-minutes', Math.floor(replyMinutes(after, rules, at)));
      break;
    case 'opinion-given':
      // The reducer has read it by its schema.
      countOpinion(before, payload as RestorationPayload<'opinion-given@1'>, at, rules, add);
      break;
    case 'restoration-returned':
      add('restorations-returned');
      break;
    case 'restoration-concluded':
      countOutcomes(payload as RestorationPayload<'restoration-concluded@1'>, after, at, rules, add);
      break;
    case 'matter-expired':
      add('restoration-matters-expired');
      if (after.status === 'expired') add('restorations-expired');
      if (after.status === 'concluded') countConcluded(after, at, rules, add);
      break;
    case 'restoration-withdrawn':
      add('restorations-withdrawn');
      break;
    case 'restoration-objected':
      add('restoration-objections');
      break;
    case 'objection-answered': {
      const { objectionId } = payload as RestorationPayload<'objection-answered@1'>;
      const objection = after.objections.find((one) => one.objectionId === objectionId);
      if (objection && isInTime(objectionDue(after, objection, rules), at))
        add('restoration-objections-in-time');
      break;
    }
  }
}

function countOpinion(
  before: RestorationState | undefined,
  { departmentPath }: RestorationPayload<'opinion-given@1'>,
  at: string,
  rules: Rulebook,
  add: Add,
): void {
  const ask = before?.asks.find((one) => one.departmentPath === departmentPath);
  if (before === undefined || ask === undefined) return;
  add('restoration-opinions', 1, departmentPath);
  if (isInTime(opinionDue(before, ask, rules), at)) add('restoration-opinions-in-time', 1, departmentPath);
  const days = workingDaysBetween(
    calendarAt(rules, before.unitPath),
    businessDay(ask.since),
    businessDay(at),
  );
  add('restoration-opinion-days', Math.max(0, days), departmentPath);
}

function countOutcomes(
  { outcomes }: RestorationPayload<'restoration-concluded@1'>,
  after: RestorationState,
  at: string,
  rules: Rulebook,
  add: Add,
): void {
  const repaired = outcomes.filter(({ outcome }) => outcome === 'repaired').length;
  add('restoration-matters-repaired', repaired);
  add('restoration-matters-refused', outcomes.length - repaired);
  if (after.status === 'concluded') countConcluded(after, at, rules, add);
}

function countConcluded(after: RestorationState, at: string, rules: Rulebook, add: Add): void {
  add('restorations-concluded');
  const calendar = calendarAt(rules, after.unitPath);
  add(
    'restoration-days',
    Math.max(0, workingDaysBetween(calendar, businessDay(after.filed.at), businessDay(at))),
  );
}
