export type ClockReading = {
  state: 'unknown' | 'good' | 'ahead' | 'behind';
  /** How far, in the largest unit that leaves at least two: rounded, it is never off by half. */
  unit: 'seconds' | 'minutes' | 'hours' | 'days';
  value: number;
};

/** Beyond this a person is told; design: "a few minutes off is told so". */
export const TOLERATED_MILLISECONDS = 3 * 60_000;

const UNITS = [
  ['days', 86_400_000],
  ['hours', 3_600_000],
  ['minutes', 60_000],
] as const;

/** Device clock minus centre clock, in words to come; null before the first contact. */
export function readClock(offsetMilliseconds: number | null): ClockReading {
  if (offsetMilliseconds === null) return { state: 'unknown', unit: 'seconds', value: 0 };
  const size = Math.abs(offsetMilliseconds);
  const state = size <= TOLERATED_MILLISECONDS ? 'good' : offsetMilliseconds > 0 ? 'ahead' : 'behind';
  for (const [unit, length] of UNITS) {
    if (size >= 2 * length) return { state, unit, value: Math.round(size / length) };
  }
  return { state, unit: 'seconds', value: Math.round(size / 1000) };
}

const PARTS = [...UNITS, ['seconds', 1000]] as const;

/** An offset to the second, part by part, the largest first; what is zero is left out. */
export function exactOffset(offsetMilliseconds: number): Pick<ClockReading, 'unit' | 'value'>[] {
  let left = Math.round(Math.abs(offsetMilliseconds) / 1000) * 1000;
  return PARTS.flatMap(([unit, length]) => {
    const value = Math.floor(left / length);
    left -= value * length;
    return value === 0 ? [] : [{ unit, value }];
  });
}
