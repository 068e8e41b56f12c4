import type { Party } from '../organisation/index.ts';
import type { Rulebook } from '../procedure/index.ts';
import type { HandlingKind, Metric } from './metrics.ts';

/**
 * One addition to the counter of the unit where it happened; the store adds it to all units above. Of its
 * dimensions `''` is the total; the others are `<facet>:<key>`, such as `object:<code>` or `merchant:<id>`.
 */
export type Delta = { path: string; day: string; metric: Metric; dimension: string; value: number };
export type HandlingDelta = {
  path: string;
  day: string;
  kind: HandlingKind;
  dimension: string;
  bucket: number;
};
export type Deltas = { counters: readonly Delta[]; handling: readonly HandlingDelta[] };

/** Of what is not counted. */
export const NO_DELTAS: Deltas = { counters: [], handling: [] };

export type RollupContext = {
  levelOf(path: string): number;
  partyOf(path: string): Party;
  rules: Rulebook;
};
