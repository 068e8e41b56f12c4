import { z } from 'zod';
import { dayOfEpoch, epochDay, type Day } from './day.ts';

/** A time of day in Asia/Shanghai, `HH:MM`; `24:00` is the day's end. */
const TimeOfDay = z
  .string()
  .regex(/^\d\d:\d\d$/, { message: 'office-time-malformed', abort: true })
  .refine((time) => time <= '24:00' && time.slice(3) < '60', { message: 'office-time-outside-day' });

/** An uninterrupted opening session: from the first minute (inclusive) to the second (exclusive). */
const Session = z
  .object({ from: TimeOfDay, to: TimeOfDay })
  .refine(({ from, to }) => from < to, { path: ['to'], message: 'office-session-reversed' });

/** The sessions of a working day, in order; time between them does not count. */
const Sessions = z
  .array(Session)
  .min(1, { message: 'office-hours-empty' })
  .max(8)
  .check(({ value, issues }) => {
    value.forEach(({ from }, index) => {
      const before = value[index - 1];
      if (before !== undefined && from < before.to)
        issues.push({
          code: 'custom',
          message: 'office-sessions-overlap',
          path: [index, 'from'],
          input: from,
        });
    });
  });

/** A day of every year, `MM-DD`; 29 February is one. */
const DayOfYear = z
  .string()
  .regex(/^\d\d-\d\d$/, { message: 'office-season-day', abort: true })
  .refine((day) => z.iso.date().safeParse(`2000-${day}`).success, { message: 'office-season-day' });

/** Different sessions for a season of each year, both days inclusive; with `from` after `to` it spans the end of the year. */
const Season = z.object({ from: DayOfYear, to: DayOfYear, sessions: Sessions });

type Spell = { readonly from: string; readonly to: string };

/** True when a day of the year, `MM-DD`, lies in the season. */
function liesIn({ from, to }: Spell, day: string): boolean {
  return from <= to ? from <= day && day <= to : from <= day || day <= to;
}

/** Two seasons overlap when one begins within the other. */
const meet = (one: Spell, other: Spell): boolean => liesIn(one, other.from) || liesIn(other, one.from);

/**
 * On which minutes of a working day an office is open, and where in the year otherwise (summer and winter hours). A make-up
 * workday has the hours of any other. Refused: no session (`office-hours-empty`), one that ends before it begins
 * (`office-session-reversed`), begins before the one before it ends (`office-sessions-overlap`) or does not lie within a day
 * (`office-time-outside-day`), and two seasons on the same day (`office-seasons-overlap`).
 */
export const OfficeHours = z.object({
  sessions: Sessions,
  seasons: z
    .array(Season)
    .max(6)
    .check(({ value, issues }) => {
      value.forEach((season, index) => {
        if (value.slice(0, index).some((other) => meet(other, season)))
          issues.push({
            code: 'custom',
            message: 'office-seasons-overlap',
            path: [index, 'from'],
            input: season,
          });
      });
    }),
});
export type OfficeHours = z.infer<typeof OfficeHours>;

/** An open interval, in milliseconds since the start of the day. */
export type OpenHours = { readonly from: number; readonly to: number };

type DatedHours = {
  /** Days since 1970-01-01. */
  readonly from: number;
  readonly sessions: readonly OpenHours[];
  readonly seasons: readonly (Spell & { readonly sessions: readonly OpenHours[] })[];
};

/** Office hours by the day from which they hold, oldest first; at least one. Made by `officeSchedule`. */
export type OfficeSchedule = readonly [DatedHours, ...DatedHours[]];

const millisecondsOf = (time: string): number =>
  (Number(time.slice(0, 2)) * 60 + Number(time.slice(3))) * 60_000;

const openHours = (sessions: OfficeHours['sessions']): OpenHours[] =>
  sessions.map(({ from, to }) => ({ from: millisecondsOf(from), to: millisecondsOf(to) }));

/**
 * Makes a schedule of dated office hours, each valid from its day until the next; the first are valid before their day too.
 * Throws `RangeError` when the list is empty or the days do not ascend.
 */
export function officeSchedule(
  dated: readonly { readonly from: string; readonly hours: OfficeHours }[],
): OfficeSchedule {
  const [first, ...later] = dated.map(({ from, hours }): DatedHours => ({
    from: epochDay(from),
    sessions: openHours(hours.sessions),
    seasons: hours.seasons.map((season) => ({
      from: season.from,
      to: season.to,
      sessions: openHours(season.sessions),
    })),
  }));
  if (first === undefined) throw new RangeError('No office hours');
  const schedule: OfficeSchedule = [first, ...later];
  schedule.forEach(({ from }, index) => {
    const before = schedule[index - 1];
    if (before !== undefined && from <= before.from)
      throw new RangeError(`Office hours out of order: ${dayOfEpoch(from)}`);
  });
  return schedule;
}

/** The opening intervals of the day with this number, assuming it is a working day. */
export function hoursOn(schedule: OfficeSchedule, number: number): readonly OpenHours[] {
  const { sessions, seasons } = schedule.findLast(({ from }) => from <= number) ?? schedule[0];
  if (seasons.length === 0) return sessions;
  const day: Day = dayOfEpoch(number);
  return seasons.find((season) => liesIn(season, day.slice(5)))?.sessions ?? sessions;
}
