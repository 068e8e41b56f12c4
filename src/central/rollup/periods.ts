import { naturalDaysBetween, shiftDay } from '../../domain/calendar/index.ts';
import { monthOf, type Grain } from './sum.ts';

/** Rows of one grain over days from and to, both included. */
export type Range = { grain: Grain; from: string; to: string };

function nextMonth(month: string): string {
  return monthOf(shiftDay(month, 31));
}

/**
 * A period in few rows: whole months by month, what is left at both ends by day. Every day is in exactly one
 * range.
 */
export function rangesOf(from: string, to: string): Range[] {
  const firstWhole = from === monthOf(from) ? from : nextMonth(monthOf(from));
  const afterLast = to === shiftDay(nextMonth(monthOf(to)), -1) ? nextMonth(monthOf(to)) : monthOf(to);
  if (firstWhole >= afterLast) return [{ grain: 'day', from, to }];
  const ranges: Range[] = [{ grain: 'month', from: firstWhole, to: shiftDay(afterLast, -1) }];
  if (from < firstWhole) ranges.push({ grain: 'day', from, to: shiftDay(firstWhole, -1) });
  if (afterLast <= to) ranges.push({ grain: 'day', from: afterLast, to });
  return ranges;
}

/** The period of the same length right before. */
export function periodBefore(from: string, to: string): { from: string; to: string } {
  const before = shiftDay(from, -1);
  return { from: shiftDay(before, -naturalDaysBetween(from, to)), to: before };
}

/** Beyond so many days a trend goes by month. */
const DAILY_TREND_DAYS = 62;

export function trendGrain(from: string, to: string): Grain {
  return naturalDaysBetween(from, to) + 1 > DAILY_TREND_DAYS ? 'month' : 'day';
}

/** All days or months from the first to the last, so that a quiet one is seen as such. */
export function periodsBetween(first: string, last: string, grain: Grain): string[] {
  const periods: string[] = [];
  for (let at = first; at <= last; at = grain === 'day' ? shiftDay(at, 1) : nextMonth(at)) periods.push(at);
  return periods;
}
