import { describe, expect, it } from 'vitest';
import { exactOffset, readClock } from '../../src/renderer/kernel/components/clock.ts';

describe('the clock of the workstation', () => {
  it.each([
    [null, { state: 'unknown', unit: 'seconds', value: 0 }],
    [-400, { state: 'good', unit: 'seconds', value: 0 }],
    [45_000, { state: 'good', unit: 'seconds', value: 45 }],
    [180_000, { state: 'good', unit: 'minutes', value: 3 }],
    [181_000, { state: 'ahead', unit: 'minutes', value: 3 }],
    [-7_200_000, { state: 'behind', unit: 'hours', value: 2 }],
    [86_400_000, { state: 'ahead', unit: 'hours', value: 24 }],
    [-138_000_000, { state: 'behind', unit: 'hours', value: 38 }],
    [172_800_000, { state: 'ahead', unit: 'days', value: 2 }],
  ])('reads an offset of %s ms', (offset, reading) => {
    expect(readClock(offset)).toEqual(reading);
  });

  it('says to the second what stands rounded, whatever the size', () => {
    const parts = (offset: number) => exactOffset(offset).map(({ unit, value }) => `${value} ${unit}`);
    expect(parts(-138_000_000)).toEqual(['1 days', '14 hours', '20 minutes']);
    expect(parts(86_399_999)).toEqual(['1 days']);
    expect(parts(3_605_400)).toEqual(['1 hours', '5 seconds']);
    expect(parts(0)).toEqual([]);
  });
});
