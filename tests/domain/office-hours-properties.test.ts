import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  addOfficeMinutes,
  defaultCalendar,
  endOfOfficeDays,
  extendCalendar,
  isOfficeOpen,
  type OfficeHours,
  officeMinutesBetween,
  officeSchedule,
  type Stop,
} from '../../src/domain/kernel/calendar/index.ts';

/** 08:30–12:00 is 210 minutes, 13:30–17:30 is 240: a day has 450. */
const USUAL: OfficeHours = {
  sessions: [
    { from: '08:30', to: '12:00' },
    { from: '13:30', to: '17:30' },
  ],
  seasons: [],
};

const DAY = 86_400_000;
const MINUTE = 60_000;
const EIGHT_HOURS = 8 * 3_600_000;
const shanghai = (milliseconds: number): string => new Date(milliseconds + EIGHT_HOURS).toISOString();
const instant = (milliseconds: number): string => new Date(milliseconds).toISOString();

/** Which days of the notice for 2026 leave plain weeks, read for this test alone. */
const NOTICE = new Map(
  defaultCalendar.announced.flatMap(({ days }) =>
    days.map(({ date, isOffDay }) => [date as string, isOffDay]),
  ),
);
const BY_LAW = ['01-01', '05-01', '05-02', '10-01', '10-02', '10-03'];

/** Whether a minute of a span counts: looked at by itself, from the text of its time in Shanghai. */
function countsAt(hours: OfficeHours, stood: readonly Stop[], milliseconds: number): boolean {
  const text = shanghai(milliseconds);
  const [day, time] = [text.slice(0, 10), text.slice(11, 16)];
  const plain = ![0, 6].includes(new Date(`${day}T12:00:00Z`).getUTCDay());
  const announced = day >= '2015-01-01' && day <= '2026-12-28';
  const off = NOTICE.get(day) ?? (!plain || (!announced && BY_LAW.includes(day.slice(5))));
  const monthDay = day.slice(5);
  const season = hours.seasons.find(({ from, to }) =>
    from <= to ? from <= monthDay && monthDay <= to : monthDay >= from || monthDay <= to,
  );
  return (
    !off &&
    (season ?? hours).sessions.some(({ from, to }) => from <= time && time < to) &&
    !stood.some(
      ({ from, to }) => Date.parse(from) <= milliseconds && (to === null || milliseconds < Date.parse(to)),
    )
  );
}

/** The slow count: every minute of the span by itself. Both ends are whole minutes, and so are stops. */
function minuteByMinute(hours: OfficeHours, stood: readonly Stop[], from: number, to: number): number {
  let counted = 0;
  for (let minute = from; minute < to; minute += MINUTE) if (countsAt(hours, stood, minute)) counted += 1;
  return counted;
}

/** Any instant on a whole minute from the middle of 2024 to the end of 2027, often about a holiday or the end of what is announced. */
const anyMinute = fc
  .oneof(
    fc.integer({ min: Date.parse('2024-07-01') / MINUTE, max: Date.parse('2027-12-01') / MINUTE }),
    fc
      .tuple(
        fc.constantFrom('2026-02-14', '2026-09-20', '2026-10-10', '2026-10-01', '2026-12-29', '2026-03-14'),
        fc.integer({ min: -3 * 1440, max: 3 * 1440 }),
      )
      .map(([day, minutes]) => Date.parse(day) / MINUTE + minutes),
  )
  .map((minutes) => minutes * MINUTE);

const timeText = (minutes: number): string =>
  `${String(Math.floor(minutes / 60)).padStart(2, '0')}:${String(minutes % 60).padStart(2, '0')}`;
const anySessions = fc
  .uniqueArray(fc.integer({ min: 0, max: 1440 }), { minLength: 2, maxLength: 8 })
  .map((times) => times.toSorted((a, b) => a - b).map(timeText))
  .map((times) =>
    times.flatMap((from, place) => {
      const to = times[place + 1];
      return place % 2 === 0 && to !== undefined ? [{ from, to }] : [];
    }),
  );
const anySeasons: fc.Arbitrary<OfficeHours['seasons']> = fc.oneof(
  fc.constant<OfficeHours['seasons']>([]),
  anySessions.map((sessions) => [{ from: '06-15', to: '09-30', sessions }]),
  fc.tuple(anySessions, anySessions).map(([one, other]) => [
    { from: '03-01', to: '10-05', sessions: one },
    { from: '12-20', to: '02-20', sessions: other },
  ]),
);
const anyHours: fc.Arbitrary<OfficeHours> = fc.oneof(
  fc.constant(USUAL),
  fc.record({ sessions: anySessions, seasons: anySeasons }),
);

/** Stops about an instant: before it, around it, after it; sometimes overlapping, in any order. */
const stopsAbout = (from: number, open: boolean): fc.Arbitrary<Stop[]> =>
  fc.array(
    fc
      .tuple(
        fc.integer({ min: -2000, max: 8000 }),
        fc.integer({ min: 0, max: 3000 }),
        open ? fc.integer({ min: 0, max: 5 }) : fc.constant(1),
      )
      .map(([since, length, end]) => ({
        from: instant(from + since * MINUTE),
        to: end === 0 ? null : instant(from + (since + length) * MINUTE),
      })),
    { maxLength: 4 },
  );
const anyCourse = (open = false) =>
  fc
    .tuple(anyHours, anyMinute)
    .chain(([hours, from]) =>
      fc.record({ hours: fc.constant(hours), from: fc.constant(from), stood: stopsAbout(from, open) }),
    );
const scheduleOf = (hours: OfficeHours) => officeSchedule([{ from: '2000-01-01', hours }]);
const anyMinutes = fc.oneof(fc.integer({ min: 1, max: 60 }), fc.integer({ min: 1, max: 3000 }));

/** What `addOfficeMinutes` gives where nothing stands for ever. */
function endOf(hours: OfficeHours, from: number, minutes: number, stood: readonly Stop[] = []) {
  const end = addOfficeMinutes(scheduleOf(hours), defaultCalendar, instant(from), minutes, stood);
  if (end === null) throw new Error('It stands');
  return { ...end, milliseconds: Date.parse(end.at) };
}

describe('for any hours, instant and stops', () => {
  it('minutes between two instants are those of a count minute by minute', () => {
    fc.assert(
      fc.property(anyCourse(true), fc.integer({ min: 0, max: 15 * 1440 }), ({ hours, from, stood }, span) => {
        const to = from + span * MINUTE;
        const counted = officeMinutesBetween(
          scheduleOf(hours),
          defaultCalendar,
          instant(from),
          instant(to),
          stood,
        );
        expect(counted).toBe(minuteByMinute(hours, stood, from, to));
      }),
      { numRuns: 150 },
    );
  });

  it('minutes that are added are the minutes in between, and at their end one was just counted', () => {
    fc.assert(
      fc.property(anyCourse(), anyMinutes, ({ hours, from, stood }, minutes) => {
        const end = endOf(hours, from, minutes, stood);
        const schedule = scheduleOf(hours);
        expect(officeMinutesBetween(schedule, defaultCalendar, instant(from), end.at, stood)).toBe(minutes);
        // Never inside a closed time or a stop: only exactly where a session ends, or a stop begins.
        expect(countsAt(hours, stood, end.milliseconds - MINUTE)).toBe(true);
      }),
    );
  });

  it('an open office is one whose minute counts', () => {
    fc.assert(
      fc.property(anyHours, anyMinute, (hours, minute) => {
        for (const milliseconds of [minute, minute + 59_999])
          expect(isOfficeOpen(scheduleOf(hours), defaultCalendar, instant(milliseconds))).toBe(
            countsAt(hours, [], minute),
          );
      }),
    );
  });

  it('a later start or more minutes never end earlier, and a part after a part is the whole', () => {
    fc.assert(
      fc.property(
        anyCourse(),
        anyMinutes,
        anyMinutes,
        fc.nat(3000),
        ({ hours, from, stood }, minutes, more, later) => {
          const end = endOf(hours, from, minutes, stood).milliseconds;
          expect(endOf(hours, from + later * MINUTE, minutes, stood).milliseconds).toBeGreaterThanOrEqual(
            end,
          );
          const whole = endOf(hours, from, minutes + more, stood).milliseconds;
          expect(whole).toBeGreaterThan(end);
          expect(endOf(hours, end, more, stood).milliseconds).toBe(whole);
        },
      ),
    );
  });

  it('stops only ever delay, for minutes and for days', () => {
    fc.assert(
      fc.property(
        anyCourse(),
        anyMinutes,
        fc.integer({ min: 0, max: 10 }),
        ({ hours, from, stood }, minutes, days) => {
          const free = endOf(hours, from, minutes);
          for (let few = 1; few <= stood.length; few += 1) {
            const before = endOf(hours, from, minutes, stood.slice(0, few - 1));
            const end = endOf(hours, from, minutes, stood.slice(0, few));
            expect(end.milliseconds).toBeGreaterThanOrEqual(before.milliseconds);
            // What holds nothing up moves nothing.
            if (stood.slice(0, few).every((stop) => Date.parse(stop.from) >= free.milliseconds))
              expect(end.at).toBe(free.at);
          }
          const schedule = scheduleOf(hours);
          const dayFree = endOfOfficeDays(schedule, defaultCalendar, instant(from), days)?.at ?? '';
          const dayEnd = endOfOfficeDays(schedule, defaultCalendar, instant(from), days, stood)?.at ?? '';
          expect(dayEnd >= dayFree).toBe(true);
        },
      ),
    );
  });

  it('a stop without an end holds up whatever had not ended, and nothing else', () => {
    fc.assert(
      fc.property(
        anyCourse(),
        anyMinutes,
        fc.integer({ min: -3000, max: 8000 }),
        (course, minutes, since) => {
          const { hours, from, stood } = course;
          const stands = from + since * MINUTE;
          const all = [...stood, { from: instant(stands), to: null }];
          const end = addOfficeMinutes(scheduleOf(hours), defaultCalendar, instant(from), minutes, all);
          const without = endOf(hours, from, minutes, stood);
          expect(end?.at ?? null).toBe(without.milliseconds <= stands ? without.at : null);
        },
      ),
    );
  });

  it('what is not provisional is moved by no notice to come', () => {
    const anyNotice = fc.uniqueArray(
      fc.record({
        name: fc.constant('invented'),
        date: fc
          .integer({ min: 0, max: 360 })
          .map((days) => shanghai(Date.parse('2026-12-29') + days * DAY).slice(0, 10)),
        isOffDay: fc.boolean(),
      }),
      { minLength: 1, maxLength: 90, selector: ({ date }) => date },
    );
    const about = fc
      .integer({ min: Date.parse('2026-12-20') / MINUTE, max: Date.parse('2027-01-10') / MINUTE })
      .map((minute) => minute * MINUTE);
    let [firm, moved] = [0, 0];
    fc.assert(
      fc.property(anyHours, about, anyMinutes, anyNotice, (hours, from, minutes, days) => {
        const read = extendCalendar(defaultCalendar, { year: 2027, days });
        if (read.kind !== 'extended') throw new Error(read.refusal.rule);
        const end = endOf(hours, from, minutes);
        const after = addOfficeMinutes(scheduleOf(hours), read.calendar, instant(from), minutes);
        if (end.provisional) moved += after?.at === end.at ? 0 : 1;
        else {
          firm += 1;
          expect(after).toEqual({ at: end.at, provisional: false });
        }
      }),
    );
    expect(firm).toBeGreaterThan(0);
    expect(moved).toBeGreaterThan(0);
  });
});
