import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  bucketMinutes,
  minutesBucket,
  minutesIn,
  quantileMinutes,
  type Histogram,
} from '../../src/domain/kernel/duration.ts';

const YEAR = 366 * 1440;
/** As often a few minutes as a few months. */
const anyMinutes = fc
  .tuple(fc.integer({ min: 0, max: 20 }), fc.double({ min: 0, max: 1, noNaN: true }))
  .map(([doublings, part]) => Math.floor(2 ** doublings * (1 + part)));
const LARGEST_ERROR = 1 / 32;

describe('durations in minutes', () => {
  // Worked out by hand: sixteen buckets to a doubling, the first of 32 to 63, each two minutes wide.
  it.each([
    [0, 0, 0, 0],
    [30, 30, 30, 30],
    [31, 31, 31, 31],
    [32, 32, 32, 33],
    [63, 47, 62, 63],
    // 64 to 127 in fours; two working days of 450 minutes lie in the doubling from 512, in thirty-twos.
    [64, 48, 64, 67],
    [127, 63, 124, 127],
    [900, 108, 896, 927],
    [YEAR, 256, 524_288, 557_055],
  ])('%i are in bucket %i, of %i to %i', (minutes, bucket, least, most) => {
    expect(minutesBucket(minutes)).toBe(bucket);
    expect(minutesIn(bucket)).toEqual({ least, most });
  });

  it('count only whole ones, none below nothing, and none too long', () => {
    expect([-5, 0.9, 29.99, 30.01].map(minutesBucket)).toEqual([0, 0, 29, 30]);
    expect(minutesBucket(Number.MAX_VALUE)).toBe(minutesBucket(2 ** 32 - 1));
    expect(minutesIn(minutesBucket(2 ** 32 - 1)).most).toBe(2 ** 32 - 1);
  });

  it('lie in their bucket, which follows on the one before it without a gap', () => {
    for (let bucket = 1; bucket <= minutesBucket(YEAR); bucket += 1) {
      const { least, most } = minutesIn(bucket);
      expect(least).toBe(minutesIn(bucket - 1).most + 1);
      expect([minutesBucket(least), minutesBucket(most)]).toEqual([bucket, bucket]);
    }
  });

  it('grow with their bucket, and are no more than a thirty-second off', () => {
    fc.assert(
      fc.property(anyMinutes, anyMinutes, (one, other) => {
        const [less, more] = [Math.min(one, other), Math.max(one, other)];
        expect(minutesBucket(less)).toBeLessThanOrEqual(minutesBucket(more));
        expect(Math.abs(bucketMinutes(minutesBucket(one)) - one)).toBeLessThanOrEqual(one * LARGEST_ERROR);
      }),
      { numRuns: 1000 },
    );
  });
});

describe('a quantile in minutes', () => {
  /** Of the durations themselves: the middle ones' mean, else the one at which so many have been. */
  function trueQuantile(durations: readonly number[], quantile: number): number {
    const sorted = durations.toSorted((a, b) => a - b);
    const at = (place: number): number => sorted[Math.max(0, Math.min(sorted.length - 1, place))] ?? 0;
    if (quantile === 0.5) return (at((sorted.length - 1) >> 1) + at(sorted.length >> 1)) / 2;
    return at(Math.ceil(sorted.length * quantile) - 1);
  }
  const histogramOf = (durations: readonly number[]): Histogram =>
    durations.map((minutes) => ({ bucket: minutesBucket(minutes), count: 1 }));

  it('is no more than a thirty-second off, in whichever order and however often a bucket is named', () => {
    fc.assert(
      fc.property(
        fc.array(anyMinutes, { minLength: 1, maxLength: 60 }),
        fc.oneof(fc.constantFrom(0, 0.5, 0.9, 1), fc.double({ min: 0, max: 1, noNaN: true })),
        (durations, quantile) => {
          const expected = trueQuantile(durations, quantile);
          const counted = quantileMinutes(histogramOf(durations), quantile) ?? Number.NaN;
          expect(Math.abs(counted - expected)).toBeLessThanOrEqual(expected * LARGEST_ERROR);
        },
      ),
    );
  });

  it('is the same of histograms that were added up', () => {
    fc.assert(
      fc.property(fc.array(anyMinutes), fc.array(anyMinutes), (one, other) => {
        const counts = new Map<number, number>();
        for (const { bucket } of [...histogramOf(one), ...histogramOf(other)])
          counts.set(bucket, (counts.get(bucket) ?? 0) + 1);
        const added = [...counts].map(([bucket, count]) => ({ bucket, count }));
        for (const quantile of [0.5, 0.9])
          expect(quantileMinutes(added, quantile)).toBe(
            quantileMinutes(histogramOf([...one, ...other]), quantile),
          );
      }),
    );
  });

  it('is exact of a reply within half an hour', () => {
    fc.assert(
      fc.property(fc.array(fc.integer({ min: 0, max: 31 }), { minLength: 1 }), (durations) => {
        expect(quantileMinutes(histogramOf(durations), 0.9)).toBe(trueQuantile(durations, 0.9));
      }),
    );
  });

  it('is none of nothing', () => {
    expect(quantileMinutes([], 0.5)).toBeNull();
    expect(quantileMinutes([{ bucket: 3, count: 0 }], 0.5)).toBeNull();
  });
});
