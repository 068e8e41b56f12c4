import type * as kernel from '../kernel/event/deltas.ts';
import type { Rulebook } from '../procedure/index.ts';
import type { HandlingKind, Metric } from './metrics.ts';

/** What an event adds to the counters of all capabilities. */
export type Deltas = kernel.Deltas<Metric, HandlingKind>;

/** What counting needs to know besides the event. */
export type RollupContext = kernel.RollupContext<Rulebook>;
