import { z } from 'zod';
import { ALLIANCE_METRICS } from '../alliance/index.ts';
import { CASE_METRICS } from '../case/index.ts';
import { CHARITY_METRICS } from '../charity/index.ts';
import { FINANCE_METRICS } from '../finance/index.ts';
import { FUND_METRICS } from '../fund/index.ts';
import { INSPECTION_METRICS } from '../inspection/index.ts';
import { LENIENCY_METRICS } from '../leniency/index.ts';
import { type Histogram, quantileOf } from '../kernel/duration.ts';
import { PRIVACY_METRICS } from '../privacy/index.ts';
import { RESTORATION_METRICS } from '../restoration/index.ts';
import { RETURN_METRICS } from '../return/index.ts';
import { SANCTION_METRICS } from '../sanction/index.ts';
import { STATION_METRICS } from '../station/index.ts';
import { STREET_METRICS } from '../street/index.ts';
import { collectMetrics } from './declare.ts';

/** Each capability's list of metrics; a capability that counts adds its own here, once. */
const DECLARED = [
  // One a line, so that another is one line more.
  ...CASE_METRICS,
  ...RETURN_METRICS,
  ...FUND_METRICS,
  ...FINANCE_METRICS,
  ...INSPECTION_METRICS,
  ...PRIVACY_METRICS,
  ...SANCTION_METRICS,
  ...RESTORATION_METRICS,
  ...STREET_METRICS,
  ...STATION_METRICS,
  ...ALLIANCE_METRICS,
  ...CHARITY_METRICS,
  ...LENIENCY_METRICS,
];

/** Every additive counter, in the order of the ids. Rates are computed on read from these, never stored. */
export const METRICS = collectMetrics(DECLARED);
export type Metric = (typeof METRICS)[number];
/** A number for every metric. */
export const Totals = z.record(z.enum(METRICS), z.number());
export type Totals = z.infer<typeof Totals>;

const ZERO = Object.fromEntries(METRICS.map((metric) => [metric, 0])) as Totals;

/** Totals with every metric at zero. */
export function zeroTotals(): Totals {
  return { ...ZERO };
}

/**
 * What handling times are kept of, in the order in which packs have them: another kind is added at the end. A kind counts its
 * buckets in one way only: `case` and `return` by `durationBucket`, as days are asked for; what is due in minutes by `minutesBucket`.
 * Whatever is added to handling is added with a counter of the same unit and day, whose row tells packs that they are old.
 */
export const HANDLING_KINDS = ['case', 'return'] as const;
export type HandlingKind = (typeof HANDLING_KINDS)[number];

/** The lower bound, in days, of a bucket as `durationBucket` counts them. */
export function bucketDays(bucket: number): number {
  return bucket < 24 ? bucket / 24 : bucket - 23;
}

export type { Histogram } from '../kernel/duration.ts';

/** A quantile of a histogram in days; the mean of the two middle values where they fall apart. Null when empty. */
export function quantileDays(histogram: Histogram, quantile: number): number | null {
  return quantileOf(histogram, quantile, bucketDays);
}

const Share = z.number().nullable();

/** Shares from 0 to 1; null where there is nothing to be a share of. */
export const Rates = z.object({
  /** (settled − reopened) / (concluded − reopened); null when nothing is concluded. */
  settlementRate: Share,
  /** settled at source / settled. */
  sourceResolutionRate: Share,
  /** returns granted / returns decided. */
  returnGrantRate: Share,
  /** satisfied / (satisfied + dissatisfied). */
  satisfactionRate: Share,
});
export type Rates = z.infer<typeof Rates>;

/** The rates that follow from totals; a rate without a base is null, not zero. */
export function ratesOf(totals: Totals): Rates {
  const share = (part: number, whole: number): number | null => (whole > 0 ? part / whole : null);
  return {
    settlementRate: share(totals.settled - totals.reopened, totals.concluded - totals.reopened),
    sourceResolutionRate: share(totals['settled-at-source'], totals.settled),
    returnGrantRate: share(totals['returns-granted'], totals['returns-granted'] + totals['returns-refused']),
    satisfactionRate: share(totals.satisfied, totals.satisfied + totals.dissatisfied),
  };
}
