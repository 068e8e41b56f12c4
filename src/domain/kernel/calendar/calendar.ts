import { z } from 'zod';
import { refusalOf } from '../event/schema.ts';
import type { Refusal } from '../event/ruling.ts';
import { Day, dayOfEpoch, epochDay, weekdayOfEpoch } from './day.ts';

/**
 * One announced year: the days on which the State Council's notice departs from plain weeks. This is the
 * shape of the files in `holidays/`, so that next year's file is imported as it is published.
 * A notice may also move the last days of the December before (2018-12-29, 2022-12-31).
 */
export const HolidayYear = z
  .object({
    year: z.int().min(1991).max(2200),
    papers: z.array(z.string().max(300)).max(20).default([]),
    days: z.array(z.object({ name: z.string().max(40), date: Day, isOffDay: z.boolean() })).max(120),
  })
  .check((context) => {
    const seen = new Set<string>();
    const { year, days } = context.value;
    days.forEach(({ date }, index) => {
      const own = date.startsWith(`${year}-`) || date.startsWith(`${year - 1}-12-`);
      if (own && !seen.has(date)) {
        seen.add(date);
        return;
      }
      context.issues.push({
        code: 'custom',
        message: own ? 'day given twice' : 'day outside the year',
        path: ['days', index, 'date'],
        input: date,
      });
    });
  });
export type HolidayYear = z.infer<typeof HolidayYear>;

/** Which days are worked. Never changed in place; `extendCalendar` makes a new one. */
export type Calendar = {
  /** Years whose holidays are announced, ascending. An announced year has at least one day. */
  readonly years: readonly number[];
  readonly announced: readonly HolidayYear[];
  /** Days (since 1970-01-01) that leave plain weeks: true is off, false a make-up (调休) workday. */
  readonly exceptions: ReadonlyMap<number, boolean>;
  /** Runs of days (since 1970-01-01, both ends included) that no notice to come can move. */
  readonly certain: readonly (readonly [first: number, last: number])[];
};

/** The end of a period, and whether it may still move because a year it touches is not announced. */
export type PeriodEnd = { day: Day; provisional: boolean };

export type CalendarImport = { kind: 'extended'; calendar: Calendar } | { kind: 'refused'; refusal: Refusal };

/** Makes a calendar of announced years; a year without days is not announced and covers nothing. */
export function calendarOf(files: readonly HolidayYear[]): Calendar {
  const announced = files
    .filter((file) => file.days.length > 0)
    .toSorted((one, other) => one.year - other.year);
  const years = announced.map((file) => file.year);
  return {
    years,
    announced,
    exceptions: new Map(
      announced.flatMap((file) => file.days.map((day) => [epochDay(day.date), day.isOffDay])),
    ),
    // Newest first: almost every question is about this year.
    certain: years.toReversed().map((year) => {
      const settled = years.includes(year + 1) ? '12-31' : LAST_SETTLED_OF_DECEMBER;
      return [epochDay(`${year}-01-01`), epochDay(`${year}-${settled}`)];
    }),
  };
}

/** The earliest December day that a notice for the following year has ever moved is 2018-12-29. */
const LAST_SETTLED_OF_DECEMBER = '12-28';

/**
 * Adds an announced year, or replaces it when the notice was amended (as in 2015 and 2020).
 * Refuses what is not a year file (`payload-invalid` with the field) and a year without a single day
 * (`calendar-year-empty`): that is how the source marks a year not announced yet.
 */
export function extendCalendar(calendar: Calendar, yearFile: unknown): CalendarImport {
  const parsed = HolidayYear.safeParse(yearFile);
  if (!parsed.success) return { kind: 'refused', refusal: refusalOf(parsed.error) };
  const file = parsed.data;
  if (file.days.length === 0) {
    return {
      kind: 'refused',
      refusal: { rule: 'calendar-year-empty', field: 'days', parameters: { year: file.year } },
    };
  }
  const others = calendar.announced.filter((one) => one.year !== file.year);
  return { kind: 'extended', calendar: calendarOf([...others, file]) };
}

/**
 * Holidays on fixed dates by the State Council's 全国年节及纪念日放假办法 (Order 795, 2024): known without
 * any notice, so a year not announced yet does not call New Year's Day a workday. Lunar ones are not
 * guessed; the result is provisional in any case.
 */
const FIXED_HOLIDAYS = new Set(['01-01', '05-01', '05-02', '10-01', '10-02', '10-03']);

/** Whether the day with this number of days since 1970-01-01 is worked. */
export function works(calendar: Calendar, number: number): boolean {
  const off = calendar.exceptions.get(number);
  if (off !== undefined) return !off;
  const weekday = weekdayOfEpoch(number);
  if (weekday === 0 || weekday === 6) return false;
  return certain(calendar, number) || !FIXED_HOLIDAYS.has(dayOfEpoch(number).slice(5));
}

/** Whether no notice to come can move the day with this number. */
export function certain(calendar: Calendar, number: number): boolean {
  return calendar.certain.some(([first, last]) => first <= number && number <= last);
}

/** Whether work goes on that day: a weekday that is no holiday, or a make-up workday. */
export function isWorkingDay(calendar: Calendar, day: string): boolean {
  return works(calendar, epochDay(day));
}

/**
 * Whether what is said of that day is announced. False in years without a notice and, as long as the
 * following year has none, from 29 December on.
 */
export function isCovered(calendar: Calendar, day: string): boolean {
  return certain(calendar, epochDay(day));
}

function count(days: number): number {
  if (!Number.isInteger(days) || days < 0 || days > 36_500) {
    throw new RangeError(`Not a number of days to count: ${days}`);
  }
  return days;
}

/**
 * The end of a period of `days` working days. The starting day does not count (民法典 Art. 201); with
 * `days` 0 it is the starting day itself or, when that is off, the next working day.
 * Provisional when any day counted through lies in a year not announced.
 */
export function addWorkingDays(calendar: Calendar, from: string, days: number): PeriodEnd {
  let number = epochDay(from);
  let left = count(days);
  let provisional = false;
  if (left === 0) return nextWorkingDay(calendar, number);
  while (left > 0) {
    number += 1;
    if (works(calendar, number)) left -= 1;
    provisional ||= !certain(calendar, number);
  }
  return { day: dayOfEpoch(number), provisional };
}

/**
 * The end of a period of `days` natural days. The starting day does not count (民法典 Art. 201); a period
 * whose last day is a holiday ends on the next working day (Art. 203).
 * Only the days from the last one on can move, so only they make the end provisional.
 */
export function addNaturalDays(calendar: Calendar, from: string, days: number): PeriodEnd {
  return nextWorkingDay(calendar, epochDay(from) + count(days));
}

function nextWorkingDay(calendar: Calendar, start: number): PeriodEnd {
  let number = start;
  let provisional = !certain(calendar, number);
  while (!works(calendar, number)) {
    number += 1;
    provisional ||= !certain(calendar, number);
  }
  return { day: dayOfEpoch(number), provisional };
}

/**
 * Working days after `from` up to and including `to`; negative when `to` is earlier. So
 * `workingDaysBetween(c, x, addWorkingDays(c, x, n).day)` is n.
 */
export function workingDaysBetween(calendar: Calendar, from: string, to: string): number {
  const [first, last] = [epochDay(from), epochDay(to)];
  let days = 0;
  for (let number = Math.min(first, last) + 1; number <= Math.max(first, last); number += 1) {
    if (works(calendar, number)) days += 1;
  }
  return last < first && days > 0 ? -days : days;
}
