import { shiftDay } from '../../src/domain/kernel/calendar/index.ts';

/** A day that moves by hand; everything in a simulated district goes by this clock. */
export type SimulatedClock = {
  now(): Date;
  setDay(day: number): void;
  /** From now on it shows this machine's time. */
  arrive(): void;
  day(): number;
  text(day: number): string;
};

/** Starts at 09:00 Shanghai time of `firstDay`; every reading is a moment later than the one before. */
export function createClock(firstDay: string): SimulatedClock {
  let day = 0;
  let elapsed = 0;
  let arrived = false;
  const text = (number: number): string => shiftDay(firstDay, number);
  return {
    // Readings within a day move on, but never past its evening.
    now: () =>
      arrived
        ? new Date()
        : new Date(Date.parse(`${text(day)}T09:00:00+08:00`) + Math.min((elapsed += 50), 12 * 3_600_000)),
    arrive: () => {
      arrived = true;
    },
    setDay: (number) => {
      day = number;
      elapsed = 0;
    },
    day: () => day,
    text,
  };
}
