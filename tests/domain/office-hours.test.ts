import { describe, expect, it } from 'vitest';
import {
  addOfficeMinutes,
  calendarOf,
  defaultCalendar,
  endOfOfficeDays,
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
const SCHEDULE = officeSchedule([{ from: '2000-01-01', hours: USUAL }]);

/** `2026-03-10 09:00` in Shanghai; seconds where they are given. */
const at = (text: string): string => `${text.replace(' ', 'T')}${text.length === 16 ? ':00' : ''}.000+08:00`;
const stops = (...all: [from: string, to: string | null][]): Stop[] =>
  all.map(([from, to]) => ({ from: at(from), to: to === null ? null : at(to) }));

/**
 * Each was counted by hand from the hours above and the State Council's notice for 2026: off 01-01..03, 02-15..23, 04-04..06,
 * 05-01..05, 06-19..21, 09-25..27, 10-01..07; worked on the weekend days 01-04, 02-14, 02-28, 05-09, 09-20, 10-10. 2027 is not
 * announced, so that days after 2026-12-28 may still move. 2026-03-10 is a Tuesday.
 */
const PERIODS: readonly (readonly [
  from: string,
  minutes: number,
  end: string,
  provisional: boolean,
  byHand: string,
])[] = [
  // Within a session, and at its edges.
  ['2026-03-10 09:00', 30, '2026-03-10 09:30', false, 'in the morning'],
  ['2026-03-10 08:30', 30, '2026-03-10 09:00', false, 'from the very opening'],
  ['2026-03-10 13:30', 30, '2026-03-10 14:00', false, 'from the end of lunch'],
  ['2026-03-10 11:30', 30, '2026-03-10 12:00', false, 'ends with the morning, not when lunch is over'],
  ['2026-03-10 17:00', 30, '2026-03-10 17:30', false, 'ends with the day'],
  ['2026-03-10 11:59', 1, '2026-03-10 12:00', false, 'the last minute of the morning'],
  ['2026-03-10 11:59:30', 1, '2026-03-10 13:30:30', false, 'half a minute before lunch, half after it'],
  ['2026-03-10 09:00:20', 30, '2026-03-10 09:30:20', false, 'seconds go along'],
  // Across lunch.
  ['2026-03-10 11:31', 30, '2026-03-10 13:31', false, '29 before lunch, 1 after it'],
  ['2026-03-10 11:59', 2, '2026-03-10 13:31', false, '1 + 1'],
  ['2026-03-10 12:00', 30, '2026-03-10 14:00', false, 'lunch has begun: 30 from 13:30'],
  ['2026-03-10 12:45', 30, '2026-03-10 14:00', false, 'in the midst of lunch: 30 from 13:30'],
  ['2026-03-10 13:29', 1, '2026-03-10 13:31', false, '1 from 13:30'],
  ['2026-03-10 08:30', 210, '2026-03-10 12:00', false, 'the whole morning'],
  ['2026-03-10 08:30', 211, '2026-03-10 13:31', false, 'the whole morning and 1'],
  // Before opening, after closing, through the night.
  ['2026-03-10 07:00', 30, '2026-03-10 09:00', false, '30 from 08:30'],
  ['2026-03-10 00:00', 30, '2026-03-10 09:00', false, 'midnight belongs to the day that begins'],
  ['2026-03-10 08:29', 1, '2026-03-10 08:31', false, '1 from 08:30'],
  ['2026-03-10 17:30', 30, '2026-03-11 09:00', false, 'closed at 17:30 sharp: 30 from 08:30 on Wednesday'],
  ['2026-03-10 23:59', 30, '2026-03-11 09:00', false, '30 from 08:30 on Wednesday'],
  ['2026-03-10 17:01', 30, '2026-03-11 08:31', false, '29 on Tuesday, 1 on Wednesday'],
  // Days of 450.
  ['2026-03-10 08:30', 450, '2026-03-10 17:30', false, 'one day'],
  ['2026-03-10 08:30', 451, '2026-03-11 08:31', false, 'one day and 1'],
  ['2026-03-10 10:00', 450, '2026-03-11 10:00', false, '120 + 240 on Tuesday, 90 on Wednesday'],
  ['2026-03-10 08:30', 900, '2026-03-11 17:30', false, 'two days'],
  ['2026-03-09 08:30', 2250, '2026-03-13 17:30', false, 'five days, Monday to Friday'],
  // Over a plain weekend, 03-14 and 03-15.
  ['2026-03-09 08:30', 2251, '2026-03-16 08:31', false, 'five days, and 1 on Monday'],
  ['2026-03-13 17:15', 30, '2026-03-16 08:45', false, '15 on Friday, 15 on Monday'],
  ['2026-03-14 10:00', 30, '2026-03-16 09:00', false, 'Saturday: 30 on Monday'],
  ['2026-03-15 17:29', 30, '2026-03-16 09:00', false, 'Sunday: 30 on Monday'],
  ['2026-03-13 11:45', 480, '2026-03-16 13:45', false, '15 + 240 on Friday; 210 + 15 on Monday'],
  // Spring Festival: Saturday 02-14 is worked, 02-15..23 are off, Saturday 02-28 is worked.
  ['2026-02-13 17:15', 30, '2026-02-14 08:45', false, '15 on Friday, 15 on the make-up Saturday'],
  ['2026-02-14 17:00', 60, '2026-02-24 09:00', false, '30 on the make-up Saturday, 30 on Tuesday 02-24'],
  ['2026-02-15 10:00', 30, '2026-02-24 09:00', false, 'in the holiday: 30 on 02-24'],
  ['2026-02-28 10:00', 30, '2026-02-28 10:30', false, 'on the make-up Saturday'],
  ['2026-02-27 17:00', 510, '2026-03-02 09:00', false, '30 on Friday, 450 on Saturday, 30 on Monday'],
  // The other holidays of 2026.
  ['2025-12-31 17:00', 60, '2026-01-04 09:00', false, '30; off 01-01..03; 30 on the make-up Sunday 01-04'],
  ['2026-04-03 17:20', 30, '2026-04-07 08:50', false, '10; off 04-04..06; 20 on Tuesday'],
  ['2026-04-30 16:30', 90, '2026-05-06 09:00', false, '60; off 05-01..05; 30 on Wednesday'],
  ['2026-05-08 17:00', 45, '2026-05-09 08:45', false, '30 on Friday, 15 on the make-up Saturday'],
  ['2026-05-09 17:00', 45, '2026-05-11 08:45', false, '30 on the make-up Saturday, 15 on Monday'],
  ['2026-06-18 17:00', 40, '2026-06-22 08:40', false, '30; off 06-19..21; 10 on Monday'],
  // Autumn: Sunday 09-20 is worked, 09-25..27 and 10-01..07 are off, Saturday 10-10 is worked.
  ['2026-09-19 12:00', 30, '2026-09-20 09:00', false, 'a plain Saturday: 30 on the make-up Sunday'],
  ['2026-09-20 11:30', 60, '2026-09-20 14:00', false, '30 + 30 on the make-up Sunday, around its lunch'],
  ['2026-09-24 17:00', 60, '2026-09-28 09:00', false, '30; off 09-25..27; 30 on Monday'],
  ['2026-09-30 17:00', 480, '2026-10-08 17:30', false, '30; off 10-01..07; 450 on 10-08'],
  ['2026-09-30 17:00', 931, '2026-10-10 08:31', false, '30 + 450 (10-08) + 450 (10-09); 1 on Saturday 10-10'],
  ['2026-10-09 17:00', 60, '2026-10-10 09:00', false, '30 on Friday, 30 on the make-up Saturday'],
  ['2026-10-10 17:00', 60, '2026-10-12 09:00', false, '30 on the make-up Saturday, 30 on Monday'],
  // Eight days of 450: 09-24, 28, 29, 30, 10-08, 09, 10, 12.
  ['2026-09-24 08:30', 3600, '2026-10-12 17:30', false, 'eight days around both holidays'],
  // Into the year that is not announced, and out of one.
  ['2026-12-28 09:00', 30, '2026-12-28 09:30', false, 'the last day that no notice moves'],
  ['2026-12-28 17:00', 30, '2026-12-28 17:30', false, 'ends with that day'],
  ['2026-12-28 17:00', 31, '2026-12-29 08:31', true, '30, and 1 on a day that may yet be off'],
  ['2026-12-28 17:30', 30, '2026-12-29 09:00', true, '30 on a day that may yet be off'],
  ['2026-12-29 10:00', 30, '2026-12-29 10:30', true, 'on a day that may yet be off'],
  ['2026-12-31 17:00', 60, '2027-01-04 09:00', true, '30; Friday 01-01 is off by law; 30 on Monday'],
  ['2027-09-30 17:00', 60, '2027-10-04 09:00', true, '30; Friday 10-01 is off by law; 30 on Monday'],
  [
    '2014-12-31 20:00',
    30,
    '2015-01-04 09:00',
    false,
    '2014 is unknown but over for the day; 2015-01-04 is made up',
  ],
  ['2014-12-31 17:00', 30, '2014-12-31 17:30', true, 'on a day of which nothing is known'],
  [
    '2014-12-31 17:00',
    60,
    '2015-01-04 09:00',
    true,
    '30 of which nothing is known, 30 on the make-up Sunday',
  ],
];

/** Stops during which nothing counts; counted by hand likewise. Null: it stands and does not end. */
const STOPPED: readonly (readonly [
  from: string,
  minutes: number,
  stood: Stop[],
  end: string | null,
  byHand: string,
])[] = [
  [
    '2026-03-10 09:00',
    30,
    stops(['2026-03-10 09:10', '2026-03-10 09:40']),
    '2026-03-10 10:00',
    '10 before it, 20 from 09:40',
  ],
  [
    '2026-03-10 11:40',
    30,
    stops(['2026-03-10 11:50', '2026-03-10 13:40']),
    '2026-03-10 14:00',
    '10; it holds lunch and 10 more; 20 from 13:40',
  ],
  [
    '2026-03-10 11:45',
    30,
    stops(['2026-03-10 12:05', '2026-03-10 13:25']),
    '2026-03-10 13:45',
    'within lunch it takes nothing: 15 + 15',
  ],
  [
    '2026-03-10 17:00',
    30,
    stops(['2026-03-10 17:10', '2026-03-11 09:00']),
    '2026-03-11 09:20',
    '10, the night, 20 from 09:00',
  ],
  [
    '2026-03-10 09:00',
    30,
    stops(['2026-03-10 08:30', '2026-03-10 08:50']),
    '2026-03-10 09:30',
    'over before it began',
  ],
  [
    '2026-03-10 09:00',
    30,
    stops(['2026-03-10 09:30', '2026-03-10 10:30']),
    '2026-03-10 09:30',
    'begins with the end',
  ],
  [
    '2026-03-10 09:00',
    30,
    stops(['2026-03-10 09:20', '2026-03-10 09:50'], ['2026-03-10 09:10', '2026-03-10 09:30']),
    '2026-03-10 10:10',
    'two that overlap are one of 09:10 to 09:50: 10 + 20',
  ],
  [
    '2026-03-10 09:00',
    30,
    stops(['2026-03-10 08:00', '2026-03-10 10:00']),
    '2026-03-10 10:30',
    'stands at the start: 30 from 10:00',
  ],
  [
    '2026-03-13 15:50',
    30,
    stops(['2026-03-13 16:00', '2026-03-16 14:00']),
    '2026-03-16 14:20',
    '10 on Friday; over the weekend; 20 from 14:00 on Monday',
  ],
  [
    '2026-02-10 08:45',
    450,
    stops(['2026-02-10 09:00', '2026-02-28 16:00']),
    '2026-03-02 15:45',
    '15; from 16:00 on the make-up Saturday 90; on Monday 210 and 135',
  ],
  [
    '2026-03-10 09:00',
    60,
    stops(['2026-03-10 09:10', '2026-03-10 09:20'], ['2026-03-10 11:00', null]),
    '2026-03-10 10:10',
    '10 + 50 from 09:20; the one without an end comes too late',
  ],
  ['2026-03-10 09:00', 30, stops(['2026-03-10 09:10', null]), null, '10, and it stands'],
];

/** Of spans that begin or end outside hours. */
const SPANS: readonly (readonly [
  from: string,
  to: string,
  minutes: number,
  stood: Stop[],
  byHand: string,
])[] = [
  ['2026-03-10 07:00', '2026-03-10 18:00', 450, [], 'a day from before it to after it'],
  ['2026-03-10 12:10', '2026-03-10 13:20', 0, [], 'lunch'],
  ['2026-03-10 12:00', '2026-03-10 13:30', 0, [], 'lunch from edge to edge'],
  ['2026-03-10 11:59', '2026-03-10 13:31', 2, [], 'a minute on either side of it'],
  ['2026-03-10 17:29', '2026-03-11 08:31', 2, [], 'a minute on either side of the night'],
  ['2026-03-14 00:00', '2026-03-16 00:00', 0, [], 'a weekend'],
  ['2026-02-13 18:00', '2026-02-24 08:00', 450, [], 'of Spring Festival only the make-up Saturday 02-14'],
  ['2026-09-30 18:00', '2026-10-12 08:00', 1350, [], '10-08, 09 and the make-up Saturday 10-10'],
  ['2026-02-01 00:00', '2026-03-01 00:00', 7200, [], 'February: 5 + 5 + 02-14 + 24..27 + 28 = 16 days'],
  ['2026-10-01 00:00', '2026-11-01 00:00', 8100, [], 'October: 08..10, and 3 weeks of 5 = 18 days'],
  [
    '2026-01-01 00:00',
    '2027-01-01 00:00',
    111_600,
    [],
    '261 weekdays, less 19 off (2 + 6 + 1 + 3 + 1 + 1 + 5), and 6 make-up days: 248',
  ],
  ['2026-03-10 11:00', '2026-03-10 10:00', 0, [], 'backwards'],
  ['2026-03-10 10:00', '2026-03-10 10:00', 0, [], 'nothing'],
  [
    '2026-03-10 08:30',
    '2026-03-10 17:30',
    240,
    stops(['2026-03-10 10:00', '2026-03-10 15:00']),
    '450 less 120 before lunch and 90 after it',
  ],
  ['2026-03-10 09:00', '2026-03-12 09:00', 60, stops(['2026-03-10 10:00', null]), '60, then it stands'],
];

describe('office minutes, counted by hand', () => {
  it('are sixty vectors and more', () => {
    expect(PERIODS.length + STOPPED.length + SPANS.length).toBeGreaterThanOrEqual(60);
  });

  it.each(PERIODS)('%s and %i minutes end at %s (provisional: %s): %s', (from, minutes, end, provisional) => {
    expect(addOfficeMinutes(SCHEDULE, defaultCalendar, at(from), minutes)).toEqual({
      at: at(end),
      provisional,
    });
    expect(officeMinutesBetween(SCHEDULE, defaultCalendar, at(from), at(end))).toBe(minutes);
  });

  it.each(STOPPED)('%s and %i minutes with stops %o end at %s: %s', (from, minutes, stood, end) => {
    const due = addOfficeMinutes(SCHEDULE, defaultCalendar, at(from), minutes, stood);
    expect(due).toEqual(end === null ? null : { at: at(end), provisional: false });
    if (end !== null)
      expect(officeMinutesBetween(SCHEDULE, defaultCalendar, at(from), at(end), stood)).toBe(minutes);
  });

  it.each(SPANS)('from %s to %s are %i minutes with stops %o: %s', (from, to, minutes, stood) => {
    expect(officeMinutesBetween(SCHEDULE, defaultCalendar, at(from), at(to), stood)).toBe(minutes);
  });

  it.each([
    ['2026-03-10 09:15', '2026-03-10 09:15'],
    ['2026-03-10 12:00', '2026-03-10 13:30'],
    ['2026-03-13 17:30', '2026-03-16 08:30'],
  ])('none from %s end where something next counts, at %s', (from, end) => {
    expect(addOfficeMinutes(SCHEDULE, defaultCalendar, at(from), 0)?.at).toBe(at(end));
  });

  it('are told by the instant, in whichever zone it is written', () => {
    expect(addOfficeMinutes(SCHEDULE, defaultCalendar, '2026-03-10T01:00:00Z', 30)?.at).toBe(
      '2026-03-10T09:30:00.000+08:00',
    );
    expect(addOfficeMinutes(SCHEDULE, defaultCalendar, '2026-03-09T20:00:00-05:00', 30)?.at).toBe(
      '2026-03-10T09:30:00.000+08:00',
    );
  });
});

describe('hours that change', () => {
  /** From Monday 2026-06-15 on a longer lunch: 210 + 210 = 420 minutes. */
  const later: OfficeHours = {
    sessions: [
      { from: '08:30', to: '12:00' },
      { from: '14:00', to: '17:30' },
    ],
    seasons: [],
  };
  const changed = officeSchedule([
    { from: '2000-01-01', hours: USUAL },
    { from: '2026-06-15', hours: later },
  ]);

  it.each([
    ['2026-06-12 13:40', 30, '2026-06-12 14:10', 'the Friday before, by the hours of then'],
    ['2026-06-12 17:00', 60, '2026-06-15 09:00', '30 by the hours of then, 30 by those of Monday'],
    ['2026-06-15 11:30', 60, '2026-06-15 14:30', '30, the longer lunch, 30 from 14:00'],
    ['2026-06-15 13:40', 30, '2026-06-15 14:30', 'still closed at 13:40'],
    ['1999-06-01 13:40', 30, '1999-06-01 14:10', 'before the first: the first'],
  ])('%s and %i minutes end at %s: %s', (from, minutes, end) => {
    expect(addOfficeMinutes(changed, defaultCalendar, at(from), minutes)?.at).toBe(at(end));
  });

  it('count each day by its own', () => {
    const minutes = officeMinutesBetween(
      changed,
      defaultCalendar,
      at('2026-06-12 00:00'),
      at('2026-06-16 00:00'),
    );
    // Friday by the hours of then, Monday by the new ones.
    expect(minutes).toBe(450 + 420);
  });

  /** Summer with the longer lunch, and a winter over the year's end: 09:00–12:00, 13:30–17:00. */
  const seasonal = officeSchedule([
    {
      from: '2000-01-01',
      hours: {
        ...USUAL,
        seasons: [
          { from: '06-15', to: '09-15', sessions: later.sessions },
          {
            from: '12-01',
            to: '02-28',
            sessions: [
              { from: '09:00', to: '12:00' },
              { from: '13:30', to: '17:00' },
            ],
          },
        ],
      },
    },
  ]);

  it.each([
    ['2026-09-15 13:40', 30, '2026-09-15 14:30', 'the last day of summer: 30 from 14:00'],
    ['2026-09-16 13:40', 30, '2026-09-16 14:10', 'the day after it'],
    ['2026-06-12 13:40', 30, '2026-06-12 14:10', 'before summer'],
    ['2026-01-15 08:30', 30, '2026-01-15 09:30', 'winter: 30 from 09:00'],
    ['2025-12-01 16:45', 30, '2025-12-02 09:15', '15 to 17:00, 15 from 09:00'],
    ['2026-02-28 16:45', 30, '2026-03-02 08:45', 'its last day, a make-up Saturday: 15; 15 from 08:30'],
  ])('in seasons, %s and %i minutes end at %s: %s', (from, minutes, end) => {
    expect(addOfficeMinutes(seasonal, defaultCalendar, at(from), minutes)?.at).toBe(at(end));
  });

  it('close a period of days', () => {
    expect(endOfOfficeDays(seasonal, defaultCalendar, at('2026-01-15 10:00'), 1)?.at).toBe(
      at('2026-01-16 17:00'),
    );
    expect(endOfOfficeDays(seasonal, defaultCalendar, at('2026-02-27 10:00'), 2)?.at).toBe(
      at('2026-03-02 17:30'),
    );
  });

  it('must have their days in order, and be there', () => {
    expect(() => officeSchedule([])).toThrow(RangeError);
    const twice = { from: '2026-06-15', hours: USUAL };
    expect(() => officeSchedule([twice, twice])).toThrow(RangeError);
  });
});

/** Working days to the end of the office's hours; counted by hand likewise. */
const IN_DAYS: readonly (readonly [
  from: string,
  days: number,
  stood: Stop[],
  end: string | null,
  provisional: boolean,
  byHand: string,
])[] = [
  ['2026-03-10 09:00', 2, [], '2026-03-12 17:30', false, 'Wednesday, Thursday'],
  ['2026-03-10 20:00', 2, [], '2026-03-12 17:30', false, 'the hour of the starting day does not matter'],
  ['2026-03-13 16:00', 2, [], '2026-03-17 17:30', false, 'Monday, Tuesday'],
  ['2026-03-14 10:00', 2, [], '2026-03-17 17:30', false, 'from a Saturday: Monday, Tuesday'],
  ['2026-02-13 10:00', 2, [], '2026-02-24 17:30', false, 'the make-up Saturday 02-14, then 02-24'],
  ['2026-09-30 10:00', 2, [], '2026-10-09 17:30', false, '10-08, 10-09'],
  ['2026-10-09 10:00', 2, [], '2026-10-12 17:30', false, 'the make-up Saturday 10-10, then Monday'],
  ['2026-12-25 10:00', 1, [], '2026-12-28 17:30', false, 'the last day that no notice moves'],
  ['2026-12-28 10:00', 1, [], '2026-12-29 17:30', true, 'a day that may yet be off'],
  [
    '2026-03-10 09:00',
    2,
    stops(['2026-03-11 10:00', '2026-03-13 10:00']),
    '2026-03-16 17:30',
    false,
    'Wednesday counts, the day on which it runs again does not: Monday',
  ],
  [
    '2026-03-10 09:00',
    2,
    stops(['2026-03-02 10:00', '2026-03-06 10:00']),
    '2026-03-12 17:30',
    false,
    'a stop that was over before it began',
  ],
  [
    '2026-03-10 09:00',
    2,
    stops(['2026-03-12 17:30', null]),
    '2026-03-12 17:30',
    false,
    'a stop that begins with the end',
  ],
  ['2026-03-10 09:00', 2, stops(['2026-03-12 17:29', null]), null, false, 'and one a minute before it'],
];

describe('a period of working days that closes with the office', () => {
  it.each(IN_DAYS)(
    '%s and %i days with stops %o end at %s (provisional: %s): %s',
    (from, days, stood, end, provisional) => {
      expect(endOfOfficeDays(SCHEDULE, defaultCalendar, at(from), days, stood)).toEqual(
        end === null ? null : { at: at(end), provisional },
      );
    },
  );
});
describe('what cannot be counted', () => {
  it.each([-1, 0.5, Number.NaN, Infinity])('%s is no number of minutes', (minutes) => {
    expect(() => addOfficeMinutes(SCHEDULE, defaultCalendar, at('2026-03-10 09:00'), minutes)).toThrow(
      RangeError,
    );
  });

  it('an instant that is none, and more time than a hundred years hold', () => {
    expect(() => addOfficeMinutes(SCHEDULE, defaultCalendar, 'soon', 1)).toThrow(RangeError);
    expect(() => officeMinutesBetween(SCHEDULE, defaultCalendar, at('2026-03-10 09:00'), 'later')).toThrow(
      RangeError,
    );
    expect(() => isOfficeOpen(SCHEDULE, defaultCalendar, '')).toThrow(RangeError);
    expect(() => addOfficeMinutes(SCHEDULE, defaultCalendar, at('2026-03-10 09:00'), 1e9)).toThrow(
      RangeError,
    );
  });

  it('years are counted by their days', () => {
    const plain = calendarOf([]);
    // Sixty years of 365 days, 15 leap days among them: 21,915 days, 15,653 of them weekdays, less those off by law.
    const minutes = officeMinutesBetween(SCHEDULE, plain, at('1970-01-01 00:00'), at('2030-01-01 00:00'));
    expect(minutes % 450).toBe(0);
    expect(addOfficeMinutes(SCHEDULE, plain, at('1970-01-01 00:00'), minutes)?.at.slice(0, 4)).toBe('2029');
  });
});
