import type { Delta, Deltas } from '../kernel/event/deltas.ts';
import type { RecordedFact } from '../kernel/event/event.ts';
import type { StreetMetric } from './metrics.ts';
import type { ShopPatrol, StorefrontState } from './storefront.ts';
import type { StreetState } from './street.ts';

type Counted = Deltas<StreetMetric, never>;

const counted = (
  path: string,
  day: string,
  metric: StreetMetric,
  value = 1,
  dimensions: readonly string[] = [],
): Delta<StreetMetric>[] =>
  value === 0 ? [] : ['', ...dimensions].map((dimension) => ({ path, day, metric, dimension, value }));

/** What one accepted event of a street adds to the roll-up. Pure. */
export function streetDeltas(
  _before: StreetState | undefined,
  fact: RecordedFact,
  { unitPath, patrols }: StreetState,
): Counted {
  const last = fact.type === 'street-patrolled' ? patrols.at(-1) : undefined;
  return { counters: last ? counted(unitPath, last.on, 'street-patrols') : [], handling: [] };
}

/** What one accepted event of a shop on a street adds. Pure. */
export function storefrontDeltas(
  before: StorefrontState | undefined,
  fact: RecordedFact,
  after: StorefrontState,
): Counted {
  const path = after.merchantPath;
  const patrol = fact.type === 'shop-patrolled' ? after.patrols.at(-1) : undefined;
  const granted = before?.plaque === null && after.plaque !== null ? after.plaque.on : null;
  const ended = before?.plaque && after.plaque === null ? after.pastPlaques.at(-1)?.ended.on : undefined;
  return {
    counters: [
      ...(patrol ? counted(path, patrol.on, 'street-shops-patrolled') : []),
      ...(patrol ? itemsOf(path, patrol) : []),
      ...(granted === null
        ? []
        : [...counted(path, granted, 'plaques-granted'), ...counted(path, granted, 'plaques-in-force')]),
      ...(ended === undefined
        ? []
        : [...counted(path, ended, 'plaques-withdrawn'), ...counted(path, ended, 'plaques-in-force', -1)]),
    ],
    handling: [],
  };
}

/** What was looked at and what was missed in one visit, in all and by item. */
function itemsOf(path: string, { on, answers }: ShopPatrol): Delta<StreetMetric>[] {
  const by = (metric: StreetMetric, wanted: readonly string[]): Delta<StreetMetric>[] => {
    const codes = answers.filter(({ answer }) => wanted.includes(answer)).map(({ item }) => item);
    return [
      ...counted(path, on, metric, codes.length),
      ...codes.map((code) => ({ path, day: on, metric, dimension: `street-item:${code}`, value: 1 })),
    ];
  };
  return [...by('street-items-checked', ['met', 'missed']), ...by('street-items-missed', ['missed'])];
}
