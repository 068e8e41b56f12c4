import type { Delta, Deltas } from '../kernel/event/deltas.ts';
import type { RecordedFact } from '../kernel/event/event.ts';
import { CASH, GIVEN_UP, type FundState } from './fund.ts';
import type { FundMetric } from './metrics.ts';

/** What one accepted event of a fund adds to the roll-up, read off the entry that it made. Pure. */
export function fundDeltas(
  _before: FundState | undefined,
  fact: RecordedFact,
  after: FundState,
): Deltas<FundMetric, never> {
  const counters: Delta<FundMetric>[] = [];
  const entry = after.entries.at(-1);
  const advance = after.advances.find(({ advanceId }) => advanceId === advanceOf(fact));
  if (!entry || !advance) return { counters, handling: [] };
  const merchant = advance.merchantId === null ? [] : [`merchant:${advance.merchantId}`];
  const add = (metric: FundMetric, value: number): void => {
    for (const dimension of ['', ...merchant])
      counters.push({ path: after.unitPath, day: entry.day, metric, dimension, value });
  };
  const on = (account: string): number => entry.postings.find((one) => one.account === account)?.fen ?? 0;
  if (fact.type === 'advance-paid') {
    add('advances-paid', 1);
    add('advances-paid-fen', -on(CASH));
  }
  if (fact.type === 'advance-recovered') add('advances-recovered-fen', on(CASH));
  if (fact.type === 'write-off-approved') add('advances-given-up-fen', on(GIVEN_UP));
  return { counters, handling: [] };
}

function advanceOf({ payload }: RecordedFact): string | null {
  const named = typeof payload === 'object' && payload !== null && 'advanceId' in payload;
  return named && typeof payload.advanceId === 'string' ? payload.advanceId : null;
}
