import { businessDay } from '../kernel/calendar/index.ts';
import type { Deltas, RollupContext } from '../kernel/event/deltas.ts';
import type { RecordedFact } from '../kernel/event/event.ts';
import type { Rulebook } from '../procedure/index.ts';
import { isInTime } from './due.ts';
import type { PrivacyMetric } from './metrics.ts';
import type { PrivacyState } from './privacy.ts';

/** What one accepted event of a request adds to the roll-up: at the unit that received it, whoever answered. Pure. */
export function privacyDeltas(
  _before: PrivacyState | undefined,
  fact: RecordedFact,
  after: PrivacyState,
  { rules }: Pick<RollupContext<Rulebook>, 'rules'>,
): Deltas<PrivacyMetric, never> {
  const one = (day: string, metric: PrivacyMetric) => ({
    path: after.unitPath,
    day,
    metric,
    dimension: '',
    value: 1,
  });
  if (fact.type === 'privacy-requested')
    return { counters: [one(businessDay(fact.at), 'privacy-received')], handling: [] };
  if (fact.type !== 'privacy-answered' || after.answered === null) return { counters: [], handling: [] };
  const { answeredOn } = after.answered;
  const inTime = isInTime({ receivedAt: after.received.at, unitPath: after.unitPath }, rules, answeredOn)
    ? [one(answeredOn, 'privacy-answered-in-time')]
    : [];
  return { counters: [one(answeredOn, 'privacy-answered'), ...inTime], handling: [] };
}
