import { z } from 'zod';

/** A calendar day `YYYY-MM-DD` that exists (no 30 February), years 0001 to 9999. */
export const Day = z.iso.date().brand<'Day'>();
export type Day = z.infer<typeof Day>;

export const MILLISECONDS_PER_DAY = 86_400_000;

/**
 * Beijing time. China has had one zone, UTC+8, since 1949 and no summer time since September 1991, so
 * a fixed offset is exact for every instant after that; the six summers of 1986 to 1991 are off by an
 * hour, and no dispute is that old. The fixed offset keeps this layer free of a zone database.
 */
export const SHANGHAI_OFFSET_MILLISECONDS = 8 * 3_600_000;

/** Some years of days at once: every fact asks for its days several times, and facts lie close together. */
const KNOWN_DAYS = 4000;
const knownDays = new Map<number, Day>();
const knownNumbers = new Map<string, number>();

/** Reads a day. Throws `RangeError` for text that is not an existing day; never guesses. */
export function parseDayText(text: string): Day {
  epochDay(text);
  // `epochDay` has just proved it; the brand has no other constructor as cheap as this one.
  return text as Day;
}

/** Days since 1970-01-01. Throws `RangeError` for text that is not an existing day. */
export function epochDay(text: string): number {
  const known = knownNumbers.get(text);
  if (known !== undefined) return known;
  const milliseconds = /^\d{4}-\d\d-\d\d$/.test(text) ? Date.parse(text) : Number.NaN;
  // Date.parse rolls 30 February over in some engines: the day of the month then differs.
  if (new Date(milliseconds).getUTCDate() !== Number(text.slice(8))) {
    throw new RangeError(`Not a calendar day: ${text}`);
  }
  if (knownNumbers.size >= KNOWN_DAYS) knownNumbers.clear();
  knownNumbers.set(text, milliseconds / MILLISECONDS_PER_DAY);
  return milliseconds / MILLISECONDS_PER_DAY;
}

/** The day with this number of days since 1970-01-01. */
export function dayOfEpoch(number: number): Day {
  return new Date(number * MILLISECONDS_PER_DAY).toISOString().slice(0, 10) as Day;
}

/** 0 Sunday … 6 Saturday; 1970-01-01 was a Thursday. */
export function weekdayOfEpoch(number: number): number {
  return (((number + 4) % 7) + 7) % 7;
}

/** 0 Sunday … 6 Saturday. Throws `RangeError` for text that is not an existing day. */
export function weekdayOf(day: string): number {
  return weekdayOfEpoch(epochDay(day));
}

/** The day `days` later, or earlier when negative; every day counts. */
export function shiftDay(day: string, days: number): Day {
  return dayOfEpoch(epochDay(day) + days);
}

/** The first day of a day's month, by which a month is named. */
export function monthOf(day: string): Day {
  // Each month of a day has a first; asked for with every figure that is counted.
  return `${day.slice(0, 7)}-01` as Day;
}

/** The first day of the month after. `month` is a first day. */
export function nextMonth(month: string): Day {
  return monthOf(shiftDay(month, 31));
}

/** Days from `from` to `to`, negative when `to` is earlier; every day counts. */
export function naturalDaysBetween(from: string, to: string): number {
  return epochDay(to) - epochDay(from);
}

/** The day in Asia/Shanghai at an instant (ISO 8601 with zone). Throws `RangeError` for other text. */
export function businessDay(instant: string): Day {
  const milliseconds = Date.parse(instant);
  if (Number.isNaN(milliseconds)) throw new RangeError(`Not an instant: ${instant}`);
  return knownDay(Math.floor((milliseconds + SHANGHAI_OFFSET_MILLISECONDS) / MILLISECONDS_PER_DAY));
}

/** The time of day in Asia/Shanghai at an instant, `HH:MM`. Throws `RangeError` for other text. */
export function minuteOfDay(instant: string): string {
  const milliseconds = Date.parse(instant);
  if (Number.isNaN(milliseconds)) throw new RangeError(`Not an instant: ${instant}`);
  return new Date(milliseconds + SHANGHAI_OFFSET_MILLISECONDS).toISOString().slice(11, 16);
}

function knownDay(number: number): Day {
  const known = knownDays.get(number);
  if (known !== undefined) return known;
  if (knownDays.size >= KNOWN_DAYS) knownDays.clear();
  const day = dayOfEpoch(number);
  knownDays.set(number, day);
  return day;
}

/** The first instant of a day in Asia/Shanghai, ISO 8601 with +08:00. */
export function dayStart(day: string): string {
  return `${parseDayText(day)}T00:00:00.000+08:00`;
}

/** The last millisecond of a day in Asia/Shanghai, ISO 8601 with +08:00. */
export function dayEnd(day: string): string {
  return `${parseDayText(day)}T23:59:59.999+08:00`;
}
