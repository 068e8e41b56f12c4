import { businessDay } from '../kernel/calendar/index.ts';
import type { Deltas } from '../kernel/event/deltas.ts';
import type { RecordedFact } from '../kernel/event/event.ts';
import type { AttentionState } from './attention.ts';
import type { GuidanceState } from './guidance.ts';
import { isGuidanceFirst } from './guidance-first.ts';
import { type InspectionResult, type InspectionState, markOf, resultsOf } from './inspection.ts';
import type { InspectionMetric } from './metrics.ts';

type Counted = Deltas<InspectionMetric, never>;

const one = (
  path: string,
  day: string,
  metric: InspectionMetric,
  value = 1,
): Counted['counters'][number] => ({
  path,
  day,
  metric,
  dimension: '',
  value,
});

const none: Counted = { counters: [], handling: [] };

/** What one accepted event of a draw adds to the roll-up; a later result of a merchant takes the place of the one before. Pure. */
export function inspectionDeltas(
  before: InspectionState | undefined,
  fact: RecordedFact,
  after: InspectionState,
): Counted {
  const { unitPath } = after;
  if (fact.type === 'draw-made') {
    const count = after.made?.drawn.reduce((sum, { merchantIds }) => sum + merchantIds.length, 0) ?? 0;
    return { counters: [one(unitPath, businessDay(fact.at), 'inspections-drawn', count)], handling: [] };
  }
  const result = fact.type === 'result-recorded' ? after.results.at(-1) : undefined;
  if (!result) return none;
  const earlier = before ? resultsOf(before).get(result.merchantId) : undefined;
  const counted = (outcome: string | undefined): { done: number; found: number } => ({
    done: outcome === undefined || outcome === 'not-reached' ? 0 : 1,
    found: outcome === 'finding' || outcome === 'credit-fact' ? 1 : 0,
  });
  const [was, is] = [counted(earlier?.outcome), counted(result.outcome)];
  const guided = (visit: InspectionResult | undefined, value: number): Counted['counters'][number][] =>
    visit === undefined || !isGuidanceFirst(markOf(after, visit.merchantId), visit)
      ? []
      : [
          one(
            unitPath,
            visit.on,
            visit.guidanceId ? 'guidance-first-kept' : 'guidance-first-excepted',
            value,
          ),
        ];
  return {
    counters: [
      ...(earlier && was.done > 0 ? [one(unitPath, earlier.on, 'inspections-done', -was.done)] : []),
      ...(earlier && was.found > 0
        ? [one(unitPath, earlier.on, 'inspections-with-finding', -was.found)]
        : []),
      ...(is.done > 0 ? [one(unitPath, result.on, 'inspections-done', is.done)] : []),
      ...(is.found > 0 ? [one(unitPath, result.on, 'inspections-with-finding', is.found)] : []),
      ...guided(earlier, -1),
      ...guided(result, 1),
    ],
    handling: [],
  };
}

/** What one accepted event of a guidance adds. Pure. */
export function guidanceDeltas(
  _before: GuidanceState | undefined,
  fact: RecordedFact,
  { merchantPath, held }: GuidanceState,
): Counted {
  return fact.type === 'guidance-held' && held
    ? { counters: [one(merchantPath, held.on, 'guidances-held')], handling: [] }
    : none;
}

/** What one accepted event of a list of repeat merchants adds. Pure. */
export function attentionDeltas(
  _before: AttentionState | undefined,
  fact: RecordedFact,
  { ownerPath }: AttentionState,
): Counted {
  const day = businessDay(fact.at);
  if (fact.type === 'attention-pushed')
    return { counters: [one(ownerPath, day, 'attention-pushed')], handling: [] };
  return fact.type === 'attention-evaluated'
    ? { counters: [one(ownerPath, day, 'attention-evaluated')], handling: [] }
    : none;
}
