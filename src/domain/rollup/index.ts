export type { MetricDeclaration } from './declare.ts';
export type { Delta, Deltas, HandlingDelta, RollupContext } from './deltas.ts';
export {
  type Histogram,
  METRICS,
  type Metric,
  type Rates,
  type Totals,
  durationBucket,
  quantileDays,
  ratesOf,
} from './metrics.ts';
