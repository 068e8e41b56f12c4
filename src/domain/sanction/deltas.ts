import { businessDay } from '../kernel/calendar/index.ts';
import type { Deltas } from '../kernel/event/deltas.ts';
import type { RecordedFact } from '../kernel/event/event.ts';
import type { SanctionMetric } from './metrics.ts';
import type { SanctionState } from './sanction.ts';

/** What one accepted event of a record adds to the roll-up, at the merchant's unit. Pure. */
export function sanctionDeltas(
  _before: SanctionState | undefined,
  fact: RecordedFact,
  { unitPath: path, ended, call }: SanctionState,
): Deltas<SanctionMetric, never> {
  const add = (day: string, ...metrics: SanctionMetric[]): Deltas<SanctionMetric, never> => ({
    counters: metrics.map((metric) => ({ path, day, metric, dimension: '', value: 1 })),
    handling: [],
  });
  if (fact.type === 'sanction-recorded') return add(businessDay(fact.at), 'sanctions-recorded');
  if (fact.type === 'sanction-called') {
    const reached = call?.tries.at(-1)?.outcome !== 'not-reached';
    return add(
      businessDay(fact.at),
      'reminder-calls',
      ...(reached ? (['reminder-calls-reached'] as const) : []),
    );
  }
  if (ended === null || (fact.type !== 'sanction-ended' && fact.type !== 'sanction-expired'))
    return { counters: [], handling: [] };
  const repaired = ended.cause === 'repaired' || ended.cause === 'removed';
  return add(ended.on, repaired ? 'sanctions-repaired' : 'sanctions-ended-otherwise');
}
