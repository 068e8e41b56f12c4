import type { Totals } from '../../domain/rollup/metrics.ts';
import type { QueryExecutor } from '../kernel/db/pipeline.ts';
import { indexOfMetric, totalsOf, type FigureSums } from './figures.ts';
import { namesOfKeys, type KnownKeys } from './packs.ts';

const REGISTERED = indexOfMetric('registered');
const RETURNS = indexOfMetric('returns-requested');

/** The merchants with most registrations, then with most returns, by their ids. */
export async function mostMerchants(
  executor: QueryExecutor,
  known: KnownKeys,
  sums: FigureSums,
  count: number,
): Promise<{ merchantId: string; totals: Totals }[]> {
  const keys = sums.keys();
  const places = [...keys.keys()];
  const registered = Float64Array.from(places, (place) => sums.figureAt(place, REGISTERED));
  const returns = Float64Array.from(places, (place) => sums.figureAt(place, RETURNS));
  const better = (a: number, b: number): number =>
    (registered[b] ?? 0) - (registered[a] ?? 0) || (returns[b] ?? 0) - (returns[a] ?? 0);
  // A district has hundreds; only those with as many registrations as the last one shown need comparing.
  const least = registered.toSorted().at(-count) ?? 0;
  const inOrder = places
    .filter((place) => (registered[place] ?? 0) >= least && sums.holdsAt(place))
    .toSorted(better);
  // Only among those as good as the last one does the id decide; the rest need no name.
  const last = inOrder[count - 1];
  const candidates = last === undefined ? inOrder : inOrder.filter((place) => better(place, last) <= 0);
  const nameOf = await namesOfKeys(
    executor,
    known,
    candidates.map((place) => keys[place] ?? ''),
  );
  return candidates
    .map((place) => ({ place, merchantId: nameOf(keys[place] ?? '') }))
    .toSorted((a, b) => better(a.place, b.place) || (a.merchantId < b.merchantId ? -1 : 1))
    .slice(0, count)
    .map(({ place, merchantId }) => ({ merchantId, totals: totalsOf(sums.at(place)) }));
}
