/** Counts by bucket, in any order; a bucket may occur more than once. */
export type Histogram = { bucket: number; count: number }[];

/** Below this, buckets are whole minutes; above it, each doubling is divided into half as many buckets. */
const WHOLE_MINUTES = 32;
const PARTS = WHOLE_MINUTES / 2;

/** About eight thousand years: bucket numbers are computed with 32-bit integers. */
const MOST_MINUTES = 2 ** 32 - 1;

/**
 * Bucket of a duration in a mergeable log-scale histogram, equally precise for minutes and for months: 0 to 31 are whole minutes;
 * from 32 on (32 covers 32 and 33 minutes) each doubling has sixteen buckets, so that a bucket is at most 1/16 of its duration wide.
 * One year is bucket 256. Fractions of a minute are dropped; negative durations count as 0.
 */
export function minutesBucket(minutes: number): number {
  const whole = Math.min(MOST_MINUTES, Math.max(0, Math.floor(minutes)));
  if (whole < WHOLE_MINUTES) return whole;
  // The position of the highest bit is the doubling, the next four bits the bucket within it.
  const doubling = Math.clz32(WHOLE_MINUTES) - Math.clz32(whole);
  return WHOLE_MINUTES + doubling * PARTS + (Math.floor(whole / 2 ** (doubling + 1)) - PARTS);
}

/** The least and the greatest number of whole minutes in a bucket of `minutesBucket`. */
export function minutesIn(bucket: number): { least: number; most: number } {
  if (bucket < WHOLE_MINUTES) return { least: bucket, most: bucket };
  const width = 2 ** (Math.floor((bucket - WHOLE_MINUTES) / PARTS) + 1);
  const least = (PARTS + ((bucket - WHOLE_MINUTES) % PARTS)) * width;
  return { least, most: least + width - 1 };
}

/** The minutes that represent a bucket: its midpoint, less than 1/32 (3.2 %) from any duration in it. */
export function bucketMinutes(bucket: number): number {
  const { least, most } = minutesIn(bucket);
  return (least + most) / 2;
}

/**
 * A quantile (0 to 1) of a histogram whose buckets stand for these values, which grow with them; the mean of the two middle
 * values where they fall apart. Null when empty.
 */
export function quantileOf(
  histogram: Histogram,
  quantile: number,
  valueOf: (bucket: number) => number,
): number | null {
  const sorted = histogram.filter((one) => one.count > 0).toSorted((a, b) => a.bucket - b.bucket);
  const total = sorted.reduce((sum, one) => sum + one.count, 0);
  if (total === 0) return null;
  const at = (index: number): number => {
    let seen = 0;
    for (const one of sorted) {
      seen += one.count;
      if (index < seen) return valueOf(one.bucket);
    }
    return valueOf(sorted.at(-1)?.bucket ?? 0);
  };
  if (quantile === 0.5) return (at(Math.ceil(total / 2) - 1) + at(Math.floor(total / 2))) / 2;
  return at(Math.min(total - 1, Math.ceil(total * quantile) - 1));
}

/** A quantile in minutes, within 3.2 % of the exact one. Null when empty. */
export function quantileMinutes(histogram: Histogram, quantile: number): number | null {
  return quantileOf(histogram, quantile, bucketMinutes);
}
