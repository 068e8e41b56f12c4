import { isWorkday } from 'chinese-days';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import {
  addNaturalDays,
  addWorkingDays,
  businessDay,
  Day,
  dayEnd,
  dayStart,
  defaultCalendar,
  extendCalendar,
  isCovered,
  isWorkingDay,
  monthOf,
  naturalDaysBetween,
  nextMonth,
  parseDayText,
  shiftDay,
  workingDaysBetween,
} from '../../../src/domain/kernel/calendar/index.ts';

// Each line was counted by hand on the State Council's notice for its year.
describe('working days', () => {
  test.each<[from: string, days: number, end: string, provisional: boolean]>([
    // 2026: off 09-25..27, work on 09-20, off 10-01..07, work on 10-10.
    ['2026-09-24', 7, '2026-10-12', false],
    ['2026-09-24', 1, '2026-09-28', false],
    ['2026-09-24', 3, '2026-09-30', false],
    ['2026-09-24', 4, '2026-10-08', false],
    ['2026-09-24', 6, '2026-10-10', false],
    ['2026-09-18', 1, '2026-09-20', false],
    // 2026: Spring Festival off 02-15..23, work on Saturdays 02-14 and 02-28.
    ['2026-02-13', 1, '2026-02-14', false],
    ['2026-02-13', 2, '2026-02-24', false],
    ['2026-02-13', 7, '2026-03-02', false],
    // 2026: New Year off 01-01..03, work on Sunday 01-04.
    ['2025-12-31', 1, '2026-01-04', false],
    // 2026: Labour Day off 05-01..05, work on Saturday 05-09.
    ['2026-04-30', 1, '2026-05-06', false],
    ['2026-05-08', 1, '2026-05-09', false],
    // 2026: Qingming off 04-04..06, Dragon Boat off 06-19..21.
    ['2026-04-03', 1, '2026-04-07', false],
    ['2026-06-18', 2, '2026-06-23', false],
    // A week without any holiday; a start on a day off.
    ['2026-07-06', 10, '2026-07-20', false],
    ['2026-07-11', 1, '2026-07-13', false],
    // 2020: Spring Festival was extended to 02-02.
    ['2020-01-23', 1, '2020-02-03', false],
    // 2018-12-29 (Saturday) was a workday, and 12-31 was off, by the notice for 2019.
    ['2018-12-28', 1, '2018-12-29', false],
    ['2018-12-28', 2, '2019-01-02', false],
    // 2024: off 10-01..07, work on Sunday 09-29 and Saturday 10-12.
    ['2024-09-27', 3, '2024-10-08', false],
    ['2024-10-08', 4, '2024-10-12', false],
    // 2027 is not announced: New Year's Day is known by law, the rest is provisional.
    ['2026-12-31', 1, '2027-01-04', true],
    ['2026-12-25', 7, '2027-01-06', true],
    ['2026-12-21', 5, '2026-12-28', false],
    ['2026-12-28', 1, '2026-12-29', true],
    // Nothing to count.
    ['2026-10-01', 0, '2026-10-08', false],
    ['2026-09-24', 0, '2026-09-24', false],
  ])('%s and %i working days end on %s', (from, days, day, provisional) => {
    expect(addWorkingDays(defaultCalendar, from, days)).toEqual({ day, provisional });
  });
});

describe('natural days', () => {
  test.each<[from: string, days: number, end: string, provisional: boolean]>([
    // 60 days after 2026-08-03 is Friday 2026-10-02, a holiday: the next working day.
    ['2026-08-03', 60, '2026-10-08', false],
    ['2026-08-02', 60, '2026-10-08', false],
    ['2026-08-01', 60, '2026-09-30', false],
    // Ends on a Saturday that is a make-up workday, and on one that is not.
    ['2026-10-03', 7, '2026-10-10', false],
    ['2026-10-10', 7, '2026-10-19', false],
    ['2026-07-01', 7, '2026-07-08', false],
    // Counts through 2027 do not matter, an end there does.
    ['2026-11-10', 60, '2027-01-11', true],
    ['2026-12-01', 27, '2026-12-28', false],
    ['2026-12-01', 31, '2027-01-04', true],
  ])('%s and %i days end on %s', (from, days, day, provisional) => {
    expect(addNaturalDays(defaultCalendar, from, days)).toEqual({ day, provisional });
  });
});

test('covers what was announced, and not the year that was not', () => {
  expect(defaultCalendar.years).toEqual([
    2015, 2016, 2017, 2018, 2019, 2020, 2021, 2022, 2023, 2024, 2025, 2026,
  ]);
  expect(isCovered(defaultCalendar, '2026-12-28')).toBe(true);
  // The notice for 2027 may still move the last days of 2026, as those for 2019 and 2023 did.
  expect(isCovered(defaultCalendar, '2026-12-29')).toBe(false);
  expect(isCovered(defaultCalendar, '2025-12-31')).toBe(true);
  expect(isCovered(defaultCalendar, '2027-06-01')).toBe(false);
  expect(isCovered(defaultCalendar, '2014-06-01')).toBe(false);
});

const anyDay = fc
  .integer({ min: 0, max: naturalDaysBetween('2015-01-01', '2027-12-31') })
  .map((days) => shiftDay('2015-01-01', days));
const anyDays = fc.integer({ min: 1, max: 300 });

describe('for any day', () => {
  test('a period never ends on a day off', () => {
    fc.assert(
      fc.property(anyDay, fc.integer({ min: 0, max: 300 }), (from, days) => {
        expect(isWorkingDay(defaultCalendar, addWorkingDays(defaultCalendar, from, days).day)).toBe(true);
        expect(isWorkingDay(defaultCalendar, addNaturalDays(defaultCalendar, from, days).day)).toBe(true);
      }),
    );
  });

  test('a later start or a longer period never ends earlier', () => {
    fc.assert(
      fc.property(anyDay, fc.nat(40), anyDays, fc.nat(40), (from, later, days, more) => {
        for (const add of [addWorkingDays, addNaturalDays]) {
          const { day } = add(defaultCalendar, from, days);
          expect(add(defaultCalendar, shiftDay(from, later), days).day >= day).toBe(true);
          expect(add(defaultCalendar, from, days + more).day >= day).toBe(true);
        }
      }),
    );
  });

  test('working days add up, and are counted back', () => {
    fc.assert(
      fc.property(anyDay, anyDays, anyDays, (from, first, second) => {
        const middle = addWorkingDays(defaultCalendar, from, first);
        const end = addWorkingDays(defaultCalendar, from, first + second);
        expect(addWorkingDays(defaultCalendar, middle.day, second).day).toBe(end.day);
        expect(workingDaysBetween(defaultCalendar, from, end.day)).toBe(first + second);
        expect(workingDaysBetween(defaultCalendar, end.day, from)).toBe(-(first + second));
      }),
    );
  });

  test('provisional means that an announced year was left', () => {
    fc.assert(
      fc.property(anyDay, anyDays, (from, days) => {
        const { day, provisional } = addWorkingDays(defaultCalendar, from, days);
        expect(provisional).toBe(day > '2026-12-28');
      }),
    );
  });
});

test('agrees with chinese-days on every day from 2015 to 2026', () => {
  const differing: string[] = [];
  for (let day = Day.parse('2015-01-01'); day <= '2026-12-31'; day = shiftDay(day, 1)) {
    if (isWorkingDay(defaultCalendar, day) !== isWorkday(day)) differing.push(day);
  }
  expect(differing).toEqual([]);
});

describe('importing an announced year', () => {
  const notice = {
    year: 2027,
    papers: ['https://www.gov.cn/invented'],
    days: [
      { name: '元旦', date: '2026-12-31', isOffDay: true },
      { name: '元旦', date: '2027-01-01', isOffDay: true },
      { name: '元旦', date: '2027-01-03', isOffDay: false },
    ],
  };

  test('makes deadlines firm and leaves the calendar before as it was', () => {
    const result = extendCalendar(defaultCalendar, notice);
    if (result.kind !== 'extended') throw new Error(result.refusal.rule);
    expect(addWorkingDays(result.calendar, '2026-12-30', 1)).toEqual({
      day: '2027-01-03',
      provisional: false,
    });
    expect(addWorkingDays(defaultCalendar, '2026-12-30', 1)).toEqual({
      day: '2026-12-31',
      provisional: true,
    });
    expect(result.calendar.years.at(-1)).toBe(2027);
    expect(defaultCalendar.years.at(-1)).toBe(2026);
  });

  test('an amended notice replaces the year', () => {
    const first = extendCalendar(defaultCalendar, notice);
    if (first.kind !== 'extended') throw new Error(first.refusal.rule);
    const second = extendCalendar(first.calendar, { ...notice, days: notice.days.slice(1, 2) });
    if (second.kind !== 'extended') throw new Error(second.refusal.rule);
    expect(second.calendar.years.filter((year) => year === 2027)).toEqual([2027]);
    expect(isWorkingDay(second.calendar, '2026-12-31')).toBe(true);
    expect(isWorkingDay(second.calendar, '2027-01-03')).toBe(false);
  });

  test.each<[what: string, file: unknown, rule: string, field: string | undefined]>([
    ['nothing', null, 'payload-invalid', undefined],
    ['an empty year', { year: 2027, days: [] }, 'calendar-year-empty', 'days'],
    [
      'a day that does not exist',
      { year: 2027, days: [{ name: 'x', date: '2027-02-30', isOffDay: true }] },
      'payload-invalid',
      'days.0.date',
    ],
    [
      'a day of another year',
      { year: 2027, days: [{ name: 'x', date: '2028-01-01', isOffDay: true }] },
      'payload-invalid',
      'days.0.date',
    ],
    [
      'one day twice',
      { ...notice, days: [...notice.days, { name: 'x', date: '2027-01-01', isOffDay: false }] },
      'payload-invalid',
      'days.3.date',
    ],
  ])('refuses %s', (_, file, rule, field) => {
    const result = extendCalendar(defaultCalendar, file);
    expect(result).toMatchObject({ kind: 'refused', refusal: { rule } });
    expect(result.kind === 'refused' ? result.refusal.field : '').toBe(field);
  });
});

describe('days and instants', () => {
  test.each([
    ['2026-03-01T15:59:59.999Z', '2026-03-01'],
    ['2026-03-01T16:00:00.000Z', '2026-03-02'],
    ['2026-03-01T23:59:59+08:00', '2026-03-01'],
    ['2026-03-01T00:00:00+08:00', '2026-03-01'],
    ['2025-12-31T12:00:00-05:00', '2026-01-01'],
    ['2024-02-29T10:00:00+08:00', '2024-02-29'],
  ])('%s is on %s in Shanghai', (instant, day) => {
    expect(businessDay(instant)).toBe(day);
  });

  test('a day holds the instants from its start to its end, and no others', () => {
    fc.assert(
      fc.property(anyDay, (day) => {
        expect(businessDay(dayStart(day))).toBe(day);
        expect(businessDay(dayEnd(day))).toBe(day);
        expect(Date.parse(dayEnd(day)) + 1).toBe(Date.parse(dayStart(shiftDay(day, 1))));
      }),
    );
    expect(dayStart('2026-03-01')).toBe('2026-03-01T00:00:00.000+08:00');
  });

  test('agrees with the zone database since 1992', () => {
    const shanghai = new Intl.DateTimeFormat('en-CA', { timeZone: 'Asia/Shanghai' });
    fc.assert(
      fc.property(
        fc.date({
          min: new Date('1992-01-01T00:00:00Z'),
          max: new Date('2099-12-31T00:00:00Z'),
          noInvalidDate: true,
        }),
        (instant) => {
          expect(businessDay(instant.toISOString())).toBe(shanghai.format(instant));
        },
      ),
    );
  });

  test.each(['2026-02-30', '2026-13-01', '2026-1-1', '20260101', 'today', ''])('%j is no day', (text) => {
    expect(() => parseDayText(text)).toThrow(RangeError);
    expect(() => addWorkingDays(defaultCalendar, text, 1)).toThrow(RangeError);
  });

  test('refuses what cannot be counted', () => {
    expect(() => addWorkingDays(defaultCalendar, '2026-01-01', -1)).toThrow(RangeError);
    expect(() => addNaturalDays(defaultCalendar, '2026-01-01', 1.5)).toThrow(RangeError);
    expect(() => businessDay('yesterday')).toThrow(RangeError);
  });
});

test('a month is named by its first day, and the next one follows on its last', () => {
  expect([monthOf('2026-02-28'), nextMonth('2026-01-01'), nextMonth('2026-12-01')]).toEqual([
    '2026-02-01',
    '2026-02-01',
    '2027-01-01',
  ]);
  fc.assert(
    fc.property(fc.integer({ min: 0, max: 40_000 }), (days) => {
      const day = shiftDay('1990-01-01', days);
      const [first, next] = [monthOf(day), nextMonth(monthOf(day))];
      const last = shiftDay(next, -1);
      expect(first <= day && day <= last).toBe(true);
      expect([first.slice(8), next.slice(8), monthOf(last)]).toEqual(['01', '01', first]);
    }),
  );
});
