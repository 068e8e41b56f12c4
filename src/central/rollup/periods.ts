import { naturalDaysBetween, shiftDay } from '../../domain/calendar/index.ts';
import type { Sign } from './figures.ts';
import { monthOf, type Grain } from './sum.ts';

/** Rows of one grain over days from and to, both included. */
export type Range = { grain: Grain; from: string; to: string };

/** A range that is added, or taken away again from months that were added whole. */
export type Share = Range & { sign: Sign };

function nextMonth(month: string): string {
  return monthOf(shiftDay(month, 31));
}

/** What of one month is read for its days from and to. */
function sharesOfMonth(from: string, to: string, today: string): Share[] {
  const first = monthOf(from);
  const last = shiftDay(nextMonth(first), -1);
  const rest: Range[] = [
    { grain: 'day', from: first, to: shiftDay(from, -1) },
    { grain: 'day', from: shiftDay(to, 1), to: last },
  ];
  const left = rest.filter((range) => range.from <= range.to);
  const without = left.reduce((days, range) => days + naturalDaysBetween(range.from, range.to) + 1, 0);
  const whole = without === 0 || (last < today && without + 1 < naturalDaysBetween(from, to) + 1);
  return whole
    ? [
        { grain: 'month', from: first, to: last, sign: 1 },
        ...left.map((range) => ({ ...range, sign: -1 as const })),
      ]
    : [{ grain: 'day', from, to, sign: 1 }];
}

/**
 * A period in few rows: whole months by month; of a month that is not whole, its days, or all of it less the days that are not
 * wanted where those are fewer and the month is over. Every day of the period is in once, every other one as often added as
 * taken away.
 */
export function sharesOf(from: string, to: string, today: string): Share[] {
  const shares = periodsBetween(monthOf(from), to, 'month').flatMap((month) => {
    const last = shiftDay(nextMonth(month), -1);
    return sharesOfMonth(from > month ? from : month, to < last ? to : last, today);
  });
  const joined: Share[] = [];
  for (const share of shares.toSorted((a, b) => b.sign - a.sign || (a.from < b.from ? -1 : 1))) {
    const before = joined.at(-1);
    const follows = before?.sign === share.sign && before.grain === share.grain;
    if (follows && shiftDay(before.to, 1) === share.from) before.to = share.to;
    else joined.push({ ...share });
  }
  return joined;
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
