import { dayOfEpoch, epochDay, type Day } from './day.ts';

/**
 * The day that many months later, or earlier when negative: the corresponding day of the last month, and where that month has none its last day (民法典 Art. 202).
 * Throws `RangeError` for text that is not an existing day.
 */
export function addMonths(day: string, months: number): Day {
  epochDay(day);
  const all = Number(day.slice(0, 4)) * 12 + Number(day.slice(5, 7)) - 1 + months;
  const [year, month] = [Math.floor(all / 12), all % 12];
  const last = new Date(Date.UTC(year, month + 1, 0)).getUTCDate();
  const at = Math.min(Number(day.slice(8)), last);
  return dayOfEpoch(Date.UTC(year, month, at) / 86_400_000);
}

/** Whole months from one day to a later one: as many as can be added to the first without passing the second. */
export function wholeMonths(from: string, to: string): number {
  const of = (day: string): number => Number(day.slice(0, 4)) * 12 + Number(day.slice(5, 7));
  const months = of(to) - of(from);
  return addMonths(from, months) <= to ? months : months - 1;
}
