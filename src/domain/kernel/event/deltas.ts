import type { Party } from './party.ts';

/**
 * One metric as its capability declares it. The id is its position in packs and arrays of figures: assigned once, counting up from
 * 1 across all capabilities, never changed and never reused, like a protobuf field number. The name is its key in answers and,
 * with underscores, its column at the centre.
 */
export type MetricDeclaration<Name extends string = string> = { readonly id: number; readonly name: Name };

/**
 * One addition to the counter of the unit where it happened; the store adds it to all units above. Of its
 * dimensions `''` is the total; the others are `<facet>:<key>`, such as `object:<code>` or `merchant:<id>`.
 */
export type Delta<Metric extends string = string> = {
  path: string;
  day: string;
  metric: Metric;
  dimension: string;
  value: number;
};

/** One completed record, by how long it took. `kind` is the kind of its stream. */
export type HandlingDelta<Kind extends string = string> = {
  path: string;
  day: string;
  kind: Kind;
  dimension: string;
  /** As `durationBucket` returns it. */
  bucket: number;
};

export type Deltas<Metric extends string = string, Kind extends string = string> = {
  counters: readonly Delta<Metric>[];
  handling: readonly HandlingDelta<Kind>[];
};

/** For streams that are not counted. */
export const NO_DELTAS: Deltas<never, never> = { counters: [], handling: [] };

/** What counting needs besides the event: units and rules as the caller knows them. */
export type RollupContext<Rules> = {
  levelOf(path: string): number;
  partyOf(path: string): Party;
  rules: Rules;
};

/**
 * Bucket of a duration in a mergeable histogram: 0 to 23 are whole hours of the first day, from 24 on
 * whole days (24 is day 1). Whole-day durations are therefore exact.
 */
export function durationBucket(minutes: number): number {
  const whole = Math.max(0, Math.floor(minutes));
  return whole < 1440 ? Math.floor(whole / 60) : 23 + Math.floor(whole / 1440);
}
