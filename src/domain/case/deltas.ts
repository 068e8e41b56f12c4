import { businessDay } from '../kernel/calendar/index.ts';
import type { RecordedFact } from '../kernel/event/event.ts';
import { calendarAt, procedureOfCase, type Rulebook } from '../procedure/index.ts';
import {
  type Delta,
  type Deltas,
  durationBucket,
  type HandlingDelta,
  type RollupContext,
} from '../kernel/event/deltas.ts';
import { caseDeadline } from './deadline.ts';
import type { CaseMetric } from './metrics.ts';
import type { CaseState } from './state.ts';

function dimensionsOf(state: CaseState): string[] {
  return [
    '',
    `object:${state.category.object}`,
    `problem:${state.category.problem}`,
    ...(state.merchant.merchantId === null ? [] : [`merchant:${state.merchant.merchantId}`]),
  ];
}

/** What one accepted event of a case adds to the roll-up. Pure; what is counted where stands in ARCHITECTURE.md. */
export function caseDeltas(
  before: CaseState | undefined,
  fact: RecordedFact,
  after: CaseState,
  context: RollupContext<Rulebook>,
): Deltas<CaseMetric, 'case'> {
  const counters: Delta<CaseMetric>[] = [];
  const handling: HandlingDelta<'case'>[] = [];
  const dimensions = dimensionsOf(after);
  const today: string = businessDay(fact.at);
  const add = (metric: CaseMetric, value = 1, path = fact.unitPath, day = today): void => {
    if (value === 0) return;
    for (const dimension of dimensions) counters.push({ path, day, metric, dimension, value });
  };
  const handled = (fromAt: string, toAt: string): void => {
    const bucket = durationBucket((Date.parse(toAt) - Date.parse(fromAt)) / 60_000);
    const day = toAt === fact.at ? today : businessDay(toAt);
    for (const dimension of dimensions) {
      handling.push({
        path: fact.unitPath,
        day,
        kind: 'case',
        dimension,
        bucket,
      });
    }
  };

  switch (fact.type) {
    case 'case-registered':
      add('registered');
      break;
    case 'case-accepted':
      add('accepted');
      break;
    case 'case-refused':
      add('refused');
      handled(after.registeredAt, fact.at);
      break;
    case 'case-settled':
      add('settled');
      add('concluded');
      if (after.escalations.length === 0 && context.levelOf(fact.unitPath) <= 2) add('settled-at-source');
      add('recovered-fen', after.settlement?.amountFen ?? 0);
      if (after.status === 'performed') add('performed');
      handled(after.registeredAt, fact.at);
      break;
    case 'mediation-failed':
      add('mediation-failed');
      break;
    case 'case-withdrawn':
    case 'mediation-terminated':
      add(fact.type === 'case-withdrawn' ? 'withdrawn' : 'terminated');
      add('concluded');
      handled(after.registeredAt, fact.at);
      break;
    case 'case-escalated':
      add('escalated-out');
      add('escalated-in', 1, after.handlingPath);
      if (context.partyOf(after.handlingPath) === 'regulator')
        add('reached-regulator', 1, after.handlingPath);
      if (before?.status === 'broken') add('reopened');
      break;
    case 'case-taken-over':
      add('escalated-out', 1, before?.handlingPath);
      add('escalated-in', 1, after.handlingPath);
      if (context.partyOf(after.handlingPath) === 'regulator')
        add('reached-regulator', 1, after.handlingPath);
      break;
    case 'case-reopened':
      add('reopened');
      break;
    case 'instalment-recorded':
      if (after.status !== 'settled') add(after.status === 'performed' ? 'performed' : 'broken');
      break;
    case 'satisfaction-recorded':
      add(after.satisfaction === 'satisfied' ? 'satisfied' : 'dissatisfied');
      break;
    case 'performance-recorded':
      add(after.status === 'performed' ? 'performed' : 'broken');
      break;
    case 'case-closed':
      add('closed');
      if (before?.status === 'failed') {
        add('ended-failed');
        add('concluded');
        handled(after.registeredAt, fact.at);
      }
      if (after.satisfaction === 'satisfied') add('satisfied');
      if (after.satisfaction === 'dissatisfied') add('dissatisfied');
      break;
    case 'case-imported':
      importedDeltas(fact, after, add, handled);
      break;
  }
  if (before && missedDeadline(before, fact, after, context))
    add('deadline-breached', 1, before.handlingPath);
  return { counters, handling };
}

/** A historical case counts on its own days, not on the day it was brought in. */
function importedDeltas(
  fact: RecordedFact,
  after: CaseState,
  add: (metric: CaseMetric, value?: number, path?: string, day?: string) => void,
  handled: (fromAt: string, toAt: string) => void,
): void {
  const started = businessDay(after.registeredAt);
  const closed = businessDay(after.closedAt ?? after.registeredAt);
  const on = (metric: CaseMetric, value = 1): void => add(metric, value, fact.unitPath, closed);
  add('registered', 1, fact.unitPath, started);
  if (after.outcome !== 'refused') add('accepted', 1, fact.unitPath, started);
  const ended = {
    settled: 'settled',
    failed: 'ended-failed',
    withdrawn: 'withdrawn',
    terminated: 'terminated',
    refused: 'refused',
    transferred: 'transferred',
  } as const satisfies Record<NonNullable<CaseState['outcome']>, CaseMetric>;
  const outcome = after.outcome ?? 'failed';
  on(ended[outcome]);
  if (outcome !== 'refused' && outcome !== 'transferred') on('concluded');
  on('closed');
  if (after.satisfaction === 'satisfied') on('satisfied');
  if (after.satisfaction === 'dissatisfied') on('dissatisfied');
  on('recovered-fen', restitutionOf(fact));
  handled(after.registeredAt, after.closedAt ?? after.registeredAt);
}

function restitutionOf(fact: RecordedFact): number {
  const { payload } = fact;
  return typeof payload === 'object' && payload !== null && 'restitutionFen' in payload
    ? Number(payload.restitutionFen)
    : 0;
}

/** Steps that answer the deadline which ran until then. */
const ANSWERS = new Set([
  'case-accepted',
  'case-refused',
  'case-settled',
  'mediation-failed',
  'mediation-terminated',
  'case-withdrawn',
  'case-escalated',
  'case-handed-down',
  'case-transferred',
  'case-taken-over',
  'performance-recorded',
  'instalment-recorded',
]);

function missedDeadline(
  before: CaseState,
  fact: RecordedFact,
  after: CaseState,
  context: RollupContext<Rulebook>,
): boolean {
  if (!ANSWERS.has(fact.type)) return false;
  const limit = caseDeadline(
    before,
    context.levelOf(before.handlingPath),
    context.partyOf(before.handlingPath) === 'regulator',
    calendarAt(context.rules, before.registeredPath),
    procedureOfCase(context.rules, before),
  );
  if (limit === null || Date.parse(fact.at) <= Date.parse(limit.dueAt)) return false;
  // The same settle-by limit goes on running after acceptance; it is missed once, by what ends it.
  return !(limit.kind === 'settle' && after.status === 'accepted');
}
