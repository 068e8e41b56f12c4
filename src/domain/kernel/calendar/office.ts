import { certain, works, type Calendar } from './calendar.ts';
import { businessDay, epochDay, MILLISECONDS_PER_DAY, SHANGHAI_OFFSET_MILLISECONDS } from './day.ts';
import { hoursOn, type OfficeSchedule, type OpenHours } from './office-hours.ts';
import { endWithPauses, type Stop } from './pauses.ts';

const MILLISECONDS_PER_MINUTE = 60_000;

/** Upper limit of the search, in days (a hundred years). */
const MOST_DAYS = 36_525;

/** The end of a period of office time, ISO 8601 with +08:00, and whether a year whose holidays are not announced may still move it. */
export type OfficeEnd = { at: string; provisional: boolean };

/** A half-open interval in milliseconds since 1970. */
type Stretch = { readonly from: number; readonly to: number };

function millisecondsAt(instant: string): number {
  const milliseconds = Date.parse(instant);
  if (Number.isNaN(milliseconds)) throw new RangeError(`Not an instant: ${instant}`);
  return milliseconds;
}

const dayNumberAt = (milliseconds: number): number =>
  Math.floor((milliseconds + SHANGHAI_OFFSET_MILLISECONDS) / MILLISECONDS_PER_DAY);

const dayBegins = (number: number): number => number * MILLISECONDS_PER_DAY - SHANGHAI_OFFSET_MILLISECONDS;

function instantOf(milliseconds: number): string {
  return new Date(milliseconds + SHANGHAI_OFFSET_MILLISECONDS).toISOString().replace('Z', '+08:00');
}

/** Stops in order, with touching ones merged. A stop without an end lasts forever; one that ends before it begins is ignored. */
function stretchesOf(stops: readonly Stop[]): Stretch[] {
  const inOrder = stops
    .map(({ from, to }) => ({ from: millisecondsAt(from), to: to === null ? Infinity : millisecondsAt(to) }))
    .filter(({ from, to }) => from < to)
    .toSorted((one, other) => one.from - other.from);
  const merged: { from: number; to: number }[] = [];
  for (const stop of inOrder) {
    const last = merged.at(-1);
    if (last !== undefined && stop.from <= last.to) last.to = Math.max(last.to, stop.to);
    else merged.push({ ...stop });
  }
  return merged;
}

/** The parts of a day's opening hours that lie in `within` and in no stop. */
function countedOf(
  number: number,
  hours: readonly OpenHours[],
  within: Stretch,
  stops: readonly Stretch[],
): Stretch[] {
  const begins = dayBegins(number);
  const counted: Stretch[] = [];
  for (const open of hours) {
    let from = Math.max(begins + open.from, within.from);
    const to = Math.min(begins + open.to, within.to);
    for (const stop of stops) {
      if (stop.to <= from) continue;
      if (stop.from >= to) break;
      if (from < stop.from) counted.push({ from, to: stop.from });
      from = stop.to;
    }
    if (from < to) counted.push({ from, to });
  }
  return counted;
}

/** True when the office is open at an instant. A session's closing minute is not open. */
export function isOfficeOpen(schedule: OfficeSchedule, calendar: Calendar, instant: string): boolean {
  const at = millisecondsAt(instant);
  const number = dayNumberAt(at);
  if (!works(calendar, number)) return false;
  const since = at - dayBegins(number);
  return hoursOn(schedule, number).some(({ from, to }) => from <= since && since < to);
}

/**
 * Minutes (with fractions) during which the office was open and the clock ran between two instants; 0 when `to` is not after
 * `from`. Iterates over days, not minutes.
 */
export function officeMinutesBetween(
  schedule: OfficeSchedule,
  calendar: Calendar,
  from: string,
  to: string,
  stops: readonly Stop[] = [],
): number {
  const within: Stretch = { from: millisecondsAt(from), to: millisecondsAt(to) };
  const stood = stretchesOf(stops);
  let counted = 0;
  for (let number = dayNumberAt(within.from); dayBegins(number) < within.to; number += 1) {
    if (!works(calendar, number)) continue;
    for (const part of countedOf(number, hoursOn(schedule, number), within, stood))
      counted += part.to - part.from;
  }
  return counted / MILLISECONDS_PER_MINUTE;
}

/**
 * The end of a period of office minutes. A period that is used up exactly when a session ends, ends there and not when the next
 * session begins. With 0 minutes it is `from` itself or, outside office hours, the next opening. Provisional when a day whose
 * status is not announced could change it. Null while a stop without an end holds it up. Throws `RangeError` when `minutes` is not
 * a whole number, or when a hundred years do not contain them.
 */
export function addOfficeMinutes(
  schedule: OfficeSchedule,
  calendar: Calendar,
  from: string,
  minutes: number,
  stops: readonly Stop[] = [],
): OfficeEnd | null {
  if (!Number.isInteger(minutes) || minutes < 0)
    throw new RangeError(`Not a number of minutes to count: ${minutes}`);
  const within: Stretch = { from: millisecondsAt(from), to: Infinity };
  const stood = stretchesOf(stops);
  const lastStop = stood.at(-1);
  const standsFrom = lastStop?.to === Infinity ? lastStop.from : Infinity;
  const first = dayNumberAt(within.from);
  let left = minutes * MILLISECONDS_PER_MINUTE;
  let provisional = false;
  for (let number = first; number <= first + MOST_DAYS; number += 1) {
    if (standsFrom <= dayBegins(number)) return null;
    const parts = countedOf(number, hoursOn(schedule, number), within, stood);
    if (parts.length === 0) continue;
    // Whether it is worked matters only on a day of which something would count.
    provisional ||= !certain(calendar, number);
    if (!works(calendar, number)) continue;
    for (const part of parts) {
      if (left <= part.to - part.from) return { at: instantOf(part.from + left), provisional };
      left -= part.to - part.from;
    }
  }
  throw new RangeError(`More office time than a hundred years hold: ${minutes} minutes`);
}

/**
 * The end of a period of working days that closes with the office: the end of the office hours of the last day. The starting day
 * does not count, nor does the day on which a stopped clock runs again (`endWithPauses`). Null while a stop without an end holds
 * it up. Throws `RangeError` for what is no number of days.
 */
export function endOfOfficeDays(
  schedule: OfficeSchedule,
  calendar: Calendar,
  from: string,
  days: number,
  stops: readonly Stop[] = [],
): OfficeEnd | null {
  const start = millisecondsAt(from);
  const later = stretchesOf(stops)
    .filter(({ to }) => to > start)
    .map((stop) => ({ from: Math.max(stop.from, start), to: stop.to }));
  const ended = later.filter(({ to }) => to !== Infinity);
  const pauses = ended.map((stop) => ({ from: instantOf(stop.from), to: instantOf(stop.to) }));
  const { day, provisional } = endWithPauses(calendar, businessDay(from), { workingDays: days }, pauses);
  const number = epochDay(day);
  const closes = hoursOn(schedule, number).at(-1)?.to ?? MILLISECONDS_PER_DAY;
  const at = dayBegins(number) + closes;
  if (later.some((stop) => stop.to === Infinity && stop.from < at)) return null;
  return { at: instantOf(at), provisional };
}
