export { durationBucket } from '../kernel/event/deltas.ts';
export type { Deltas, RollupContext } from './deltas.ts';
export {
  type Histogram,
  METRICS,
  type Metric,
  type Rates,
  type Totals,
  quantileDays,
  ratesOf,
} from './metrics.ts';
