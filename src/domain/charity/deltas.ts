import { businessDay } from '../kernel/calendar/index.ts';
import { type Deltas, NO_DELTAS } from '../kernel/event/deltas.ts';
import type { RecordedFact } from '../kernel/event/event.ts';
import type { CharityApplicationState } from './application.ts';
import { type CharityState, GIVEN, MONEY, PAID } from './charity.ts';
import type { CharityMetric } from './metrics.ts';

type Counted = Deltas<CharityMetric, never>;

/** What one accepted event of a fund adds to the roll-up, read off the entry that it made. Pure. */
export function charityDeltas(
  before: CharityState | undefined,
  _fact: RecordedFact,
  { unitPath: path, entries }: CharityState,
): Counted {
  const entry = entries.at(-1);
  if (!entry || entries.length === (before?.entries.length ?? 0)) return NO_DELTAS;
  const on = (account: string): number => entry.postings.find((one) => one.account === account)?.fen ?? 0;
  const amounts = [
    ['charity-donated-fen', -on(GIVEN)],
    ['charity-paid-fen', on(PAID)],
    ['charity-balance-fen', on(MONEY)],
  ] as const;
  return {
    counters: amounts
      .filter(([, value]) => value !== 0)
      .map(([metric, value]) => ({ path, day: entry.day, metric, dimension: '', value })),
    handling: [],
  };
}

/** The same of an application. Pure. */
export function charityApplicationDeltas(
  _before: CharityApplicationState | undefined,
  fact: RecordedFact,
  { charityPath: path }: CharityApplicationState,
): Counted {
  const metric =
    fact.type === 'charity-applied'
      ? 'charity-applications'
      : fact.type === 'charity-refused'
        ? 'charity-refused'
        : null;
  if (metric === null) return NO_DELTAS;
  return { counters: [{ path, day: businessDay(fact.at), metric, dimension: '', value: 1 }], handling: [] };
}
