import type { HandlingTime } from '../../contract/centre/rollup.ts';
import { HANDLING_KINDS, quantileDays, type HandlingKind } from '../../domain/rollup/metrics.ts';
import type { Key, Sign } from './figures.ts';
import { packNumbers, readNumbers, type NumberReader } from './varint.ts';

/** Counts by kind and bucket. */
export type Durations = Record<HandlingKind, Map<number, number>>;

export function noDurations(): Durations {
  // Made of the very list of kinds.
  return Object.fromEntries(HANDLING_KINDS.map((kind) => [kind, new Map()])) as Durations;
}

/** Durations of a unit and of those right below it. */
export type FamilyDurations = { all: Durations; children: Map<Key, Durations> };

export function noFamilyDurations(): FamilyDurations {
  return { all: noDurations(), children: new Map() };
}

function childIn({ children }: FamilyDurations, key: Key): Durations {
  let durations = children.get(key);
  if (!durations) children.set(key, (durations = noDurations()));
  return durations;
}

const numbersOf = (durations: Durations): number[] =>
  HANDLING_KINDS.flatMap((kind) => [durations[kind].size, ...[...durations[kind]].flat()]);

/** The unit's own first; then each child's number and its durations. */
export function packDurations(all: Durations, children: ReadonlyMap<number, Durations>): Buffer {
  return packNumbers([
    ...numbersOf(all),
    ...[...children].flatMap(([key, durations]) => [key, ...numbersOf(durations)]),
  ]);
}

function addNext(numbers: NumberReader, to: Durations, sign: Sign): void {
  for (const kind of HANDLING_KINDS) {
    const counts = to[kind];
    for (let left = numbers.next(); left > 0; left -= 1) {
      const bucket = numbers.next();
      counts.set(bucket, (counts.get(bucket) ?? 0) + sign * numbers.next());
    }
  }
}

/** Adds what was packed, or takes it away. */
export function addPackedDurations(bytes: Uint8Array, to: FamilyDurations, sign: Sign = 1): void {
  const numbers = readNumbers(bytes);
  addNext(numbers, to.all, sign);
  while (numbers.more()) addNext(numbers, childIn(to, numbers.next()), sign);
}

function addTo(to: Durations, from: Durations, sign: Sign): void {
  for (const kind of HANDLING_KINDS)
    for (const [bucket, count] of from[kind])
      to[kind].set(bucket, (to[kind].get(bucket) ?? 0) + sign * count);
}

/** Adds counts to counts, or takes them away. */
export function addDurations(from: FamilyDurations, to: FamilyDurations, sign: Sign): void {
  addTo(to.all, from.all, sign);
  for (const [key, durations] of from.children) addTo(childIn(to, key), durations, sign);
}

/** Count, median and ninetieth percentile. A bucket of which nothing is left is none. */
export function timeOf(counts: ReadonlyMap<number, number>): HandlingTime {
  const histogram = [...counts].flatMap(([bucket, count]) => (count > 0 ? [{ bucket, count }] : []));
  return {
    count: histogram.reduce((sum, one) => sum + one.count, 0),
    medianDays: quantileDays(histogram, 0.5),
    p90Days: quantileDays(histogram, 0.9),
  };
}
