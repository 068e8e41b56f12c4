import { businessDay } from '../kernel/calendar/index.ts';
import type { Delta, Deltas } from '../kernel/event/deltas.ts';
import type { RecordedFact } from '../kernel/event/event.ts';
import type { LeniencyPayload } from './events.ts';
import type { LeniencyDecision, LeniencyState } from './leniency.ts';
import type { LeniencyMetric } from './metrics.ts';
import { unmet } from './rule.ts';

/** What one accepted event adds to the roll-up, at the merchant's unit. Pure. */
export function leniencyDeltas(
  before: LeniencyState | undefined,
  { type, payload }: RecordedFact,
  after: LeniencyState,
): Deltas<LeniencyMetric, never> {
  // The reducer has read it by its schema, and found the decision that it names.
  const { decisionId } = payload as LeniencyPayload<'leniency-withdrawn@1'>;
  const decision = after.decisions.find((one) => one.decisionId === decisionId);
  if (decision === undefined) return { counters: [], handling: [] };
  if (type === 'leniency-decided') return { counters: counted(after.unitPath, decision, 1), handling: [] };
  const educated = (value: number): Delta<LeniencyMetric>[] =>
    decision.educated === null
      ? []
      : [
          {
            path: after.unitPath,
            day: decision.educated.on,
            metric: 'leniency-educated',
            dimension: '',
            value,
          },
        ];
  if (type === 'leniency-educated') return { counters: educated(1), handling: [] };
  const path = before?.unitPath ?? after.unitPath;
  return { counters: [...counted(path, decision, -1), ...educated(-1)], handling: [] };
}

function counted(
  path: string,
  { verdict, conditions, decided }: LeniencyDecision,
  value: number,
): Delta<LeniencyMetric>[] {
  const day = businessDay(decided.at);
  const metric = verdict === 'refused' ? 'leniency-refused' : 'leniency-decided';
  return ['', ...unmet(conditions).map((one) => `condition:${one}`)].map((dimension) => ({
    path,
    day,
    metric,
    dimension,
    value,
  }));
}
