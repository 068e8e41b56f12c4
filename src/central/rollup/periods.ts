import { monthOf, naturalDaysBetween, nextMonth, shiftDay } from '../../domain/kernel/calendar/index.ts';
import type { Sign } from './figures.ts';
import type { Grain } from './sum.ts';

/**
 * What is read in one piece: a day, a month, or a month up to a day. The last has no counters of its own: it is its days,
 * added up.
 */
export type CellGrain = Grain | 'to-date';

/** Days or months from and to, both included; of a month up to a day, its first day and that day. */
export type Range = { grain: CellGrain; from: string; to: string };

/** A range that is added, or taken away again from months that were added whole. */
export type Share = Range & { sign: Sign };

/** Of a unit without others below it, days are small: all of a month less the days that are not wanted, where those are fewer. */
function monthLessDays(first: string, last: string, from: string, to: string, today: string): Share[] | null {
  const rest: Range[] = [
    { grain: 'day', from: first, to: shiftDay(from, -1) },
    { grain: 'day', from: shiftDay(to, 1), to: last },
  ];
  const left = rest.filter((range) => range.from <= range.to);
  const without = left.reduce((days, range) => days + naturalDaysBetween(range.from, range.to) + 1, 0);
  if (last >= today || without + 1 >= naturalDaysBetween(from, to) + 1) return null;
  return [
    { grain: 'month', from: first, to: last, sign: 1 },
    ...left.map((range) => ({ ...range, sign: -1 as const })),
  ];
}

/** Of others each day is large: the month up to the last day wanted, less the month up to the day before the first; then what is not over. */
function monthToDate(first: string, last: string, from: string, to: string, today: string): Share[] | null {
  const over = to < today ? to : shiftDay(today, -1);
  const pieces = from === first ? 1 : 2;
  if (over < from || naturalDaysBetween(from, over) + 1 <= pieces) return null;
  const shares: Share[] = [{ grain: over === last ? 'month' : 'to-date', from: first, to: over, sign: 1 }];
  if (from > first) shares.push({ grain: 'to-date', from: first, to: shiftDay(from, -1), sign: -1 });
  if (over < to) shares.push({ grain: 'day', from: shiftDay(over, 1), to, sign: 1 });
  return shares;
}

/** Which unit's period it is, and when it is asked for. */
export type Asked = { today: string; hasBelow: boolean };

/** What of one month is read for its days from and to. */
function sharesOfMonth(from: string, to: string, { today, hasBelow }: Asked): Share[] {
  const first = monthOf(from);
  const last = shiftDay(nextMonth(first), -1);
  if (from === first && to === last) return [{ grain: 'month', from, to, sign: 1 }];
  const parts = hasBelow ? monthToDate : monthLessDays;
  return parts(first, last, from, to, today) ?? [{ grain: 'day', from, to, sign: 1 }];
}

/**
 * A period in few pieces: whole months by month; of a month that is not whole, its days, or what comes to the same with less to
 * read. Every day of the period is in once, every other one as often added as taken away.
 */
export function sharesOf(from: string, to: string, asked: Asked): Share[] {
  const shares = periodsBetween(monthOf(from), to, 'month').flatMap((month) => {
    const last = shiftDay(nextMonth(month), -1);
    return sharesOfMonth(from > month ? from : month, to < last ? to : last, asked);
  });
  const joined: Share[] = [];
  for (const share of shares.toSorted((a, b) => b.sign - a.sign || (a.from < b.from ? -1 : 1))) {
    const before = joined.at(-1);
    const follows = before?.sign === share.sign && before.grain === share.grain;
    if (follows && share.grain !== 'to-date' && shiftDay(before.to, 1) === share.from) before.to = share.to;
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
