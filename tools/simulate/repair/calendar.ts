import shipped from '../../../src/domain/procedure/haishu.json' with { type: 'json' };
import year2025 from '../../../src/domain/kernel/calendar/holidays/2025.json' with { type: 'json' };
import year2026 from '../../../src/domain/kernel/calendar/holidays/2026.json' with { type: 'json' };

/**
 * The simulation's own arithmetic over the files of the calendar and of the office hours: nothing of the product's is called, so that a
 * fault there is not counted twice. Times are whole minutes, and days whole days, of Shanghai since 1970.
 */
const DAY = 1440;
const OFFSET_MS = 8 * 3_600_000;

/** Days on which a notice departs from plain weeks: true is off. */
const notices = new Map(
  [year2025, year2026].flatMap(({ days }) => days.map(({ date, isOffDay }) => [dayOf(date), isOffDay])),
);
if (shipped.officeHours.seasons.length > 0) throw new Error('Seasons of office hours are not counted here');
/** Each minute of a working day: whether the office is open. */
const openMinutes = new Uint8Array(DAY);
for (const { from, to } of shipped.officeHours.sessions) openMinutes.fill(1, minuteOf(from), minuteOf(to));
export const OPENS = openMinutes.indexOf(1);
export const CLOSES = openMinutes.lastIndexOf(1) + 1;

function minuteOf(text: string): number {
  return Number(text.slice(0, 2)) * 60 + Number(text.slice(3));
}

/** The number of a day `YYYY-MM-DD`. */
export function dayOf(text: string): number {
  return Date.parse(`${text}T00:00:00Z`) / 86_400_000;
}

export function textOf(day: number): string {
  return new Date(day * 86_400_000).toISOString().slice(0, 10);
}

export const dayAt = (minute: number): number => Math.floor(minute / DAY);
export const minuteAt = (day: number, minute: number): number => day * DAY + minute;
export const instantAt = (minute: number): Date => new Date(minute * 60_000 - OFFSET_MS);

export function isWorked(day: number): boolean {
  const off = notices.get(day);
  if (off !== undefined) return !off;
  const weekday = (day + 4) % 7;
  return weekday !== 0 && weekday !== 6;
}

const isOpen = (minute: number): boolean => openMinutes[minute % DAY] === 1 && isWorked(dayAt(minute));

/** How many minutes the office was open from one minute to another, gone through one by one; closed days are passed over. */
export function minutesBetween(from: number, to: number): number {
  let counted = 0;
  for (let minute = from; minute < to; minute += 1) {
    if (!isWorked(dayAt(minute))) minute = minuteAt(dayAt(minute) + 1, 0) - 1;
    else if (isOpen(minute)) counted += 1;
  }
  return counted;
}

/** The end of the minute with which so many have counted. */
export function afterMinutes(from: number, minutes: number): number {
  let minute = from;
  for (let left = minutes; left > 0; minute += 1) if (isOpen(minute)) left -= 1;
  return minute;
}

/** Working days after a day, up to and including another; none where that is not later. */
export function workedBetween(from: number, to: number): number {
  let counted = 0;
  for (let day = from + 1; day <= to; day += 1) if (isWorked(day)) counted += 1;
  return counted;
}

/** A time in which a clock stood; without an end while it still stands. */
export type Pause = { from: number; to: number | null };

/**
 * When the office closes on the last of so many working days. The day of the beginning is not counted, nor is a day on which the clock
 * still stood or ran again; where it stood as the last day closed, it ends no earlier than it ran again. Null while a clock that was
 * stopped before the end still stands.
 */
export function closeOfDays(since: number, days: number, pauses: readonly Pause[]): number | null {
  const stood = pauses
    .filter(({ to }) => to === null || to > since)
    .map(({ from, to }) => ({ from: Math.max(from, since), to }));
  const ended = stood.flatMap(({ from, to }) => (to === null ? [] : [{ from: dayAt(from), to: dayAt(to) }]));
  let day = dayAt(since);
  for (let left = days; left > 0;) {
    day += 1;
    const counts = isWorked(day) && !ended.some(({ from, to }) => from < day && day <= to);
    if (counts) left -= 1;
  }
  for (const { from, to } of ended) {
    if (from > day || to <= day) continue;
    day = to;
    while (!isWorked(day)) day += 1;
  }
  const end = minuteAt(day, CLOSES);
  return stood.some(({ from, to }) => to === null && from < end) ? null : end;
}

/** The day that many months later; where that month has no such day, its last. */
export function monthsLater(day: number, months: number): number {
  const [year = 0, month = 0, at = 0] = textOf(day).split('-').map(Number);
  const last = new Date(Date.UTC(year, month - 1 + months + 1, 0)).getUTCDate();
  return Date.UTC(year, month - 1 + months, Math.min(at, last)) / 86_400_000;
}
