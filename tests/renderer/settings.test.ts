import { describe, expect, it } from 'vitest';
import { readClock } from '../../src/renderer/routes/settings/clock.ts';

describe('the clock of the desk', () => {
  it.each([
    [null, { state: 'unknown', unit: 'seconds', value: 0 }],
    [-400, { state: 'good', unit: 'seconds', value: 0 }],
    [45_000, { state: 'good', unit: 'seconds', value: 45 }],
    [180_000, { state: 'good', unit: 'minutes', value: 3 }],
    [181_000, { state: 'ahead', unit: 'minutes', value: 3 }],
    [-7_200_000, { state: 'behind', unit: 'hours', value: 2 }],
    [86_400_000, { state: 'ahead', unit: 'days', value: 1 }],
  ])('reads an offset of %s ms', (offset, reading) => {
    expect(readClock(offset)).toEqual(reading);
  });
});
