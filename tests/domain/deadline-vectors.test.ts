import { describe, expect, it, test } from 'vitest';
import { dayEnd, defaultCalendar } from '../../src/domain/kernel/calendar/index.ts';
import { type Deadline } from '../../src/domain/case/deadline.ts';
import type { CaseState } from '../../src/domain/case/state.ts';
import { actorAt, factOf, registration } from '../support/facts.ts';
import { applyCase, caseDeadline } from '../support/shipped.ts';

/**
 * Every line was counted by hand on paper calendars with the State Council's notices for 2020 to 2026; nothing here
 * calls the code it checks. 2026: off 01-01..03 (Sunday 01-04 worked), 02-15..23 (Saturdays 02-14 and 02-28
 * worked), 04-04..06, 05-01..05 (Saturday 05-09 worked), 06-19..21, 09-25..27 (Sunday 09-20 worked), 10-01..07
 * (Saturday 10-10 worked). 2027 is not announced: its New Year's Day is known by law, all else is provisional.
 */
type Stop = [from: string, to: string | null];
type Vector = [why: string, start: string, stops: Stop[], due: string, provisional?: 'provisional'];

const instant = (text: string): string =>
  new Date(`${text.length === 10 ? `${text}T10:00` : text}:00+08:00`).toISOString();

function stateAt(unit: string, over: Partial<CaseState>): CaseState {
  const ruling = applyCase(
    undefined,
    factOf('case', 'c1', 'case-registered', registration(), actorAt(unit), '2026-03-10T02:00:00Z'),
  );
  if (ruling.kind !== 'legal') throw new Error(JSON.stringify(ruling));
  return { ...ruling.state, ...over };
}

function stopsOf(stops: Stop[]): Pick<CaseState, 'clockStops'> {
  return {
    clockStops: stops.map(([from, to]) => ({
      cause: 'testing' as const,
      from: instant(from),
      to: to === null ? null : instant(to),
    })),
  };
}

const atMall = (start: string, stops: Stop[]): Deadline | null =>
  caseDeadline(
    stateAt('/HS/C1/M01', { receivedAt: instant(start), ...stopsOf(stops) }),
    2,
    false,
    defaultCalendar,
  );
const atDistrict = (start: string, stops: Stop[]): Deadline | null =>
  caseDeadline(stateAt('/HS', { receivedAt: instant(start), ...stopsOf(stops) }), 4, true, defaultCalendar);
const accepted = (start: string, stops: Stop[]): Deadline | null =>
  caseDeadline(
    stateAt('/HS', { status: 'accepted', acceptedAt: instant(start), ...stopsOf(stops) }),
    4,
    true,
    defaultCalendar,
  );

function check(actual: Deadline | null, kind: Deadline['kind'], due: string, provisional: boolean): void {
  expect(actual).toMatchObject({ kind, provisional });
  expect(actual?.dueAt === undefined ? null : Date.parse(actual.dueAt)).toBe(Date.parse(dayEnd(due)));
}

describe('seven working days to accept, at the regulator', () => {
  test.each<Vector>([
    ['over Mid-Autumn and the National Day', '2026-09-24', [], '2026-10-12'],
    ['a Monday, no holiday', '2026-03-02', [], '2026-03-11'],
    ['a Friday', '2026-03-06', [], '2026-03-17'],
    ['a Saturday counts as the Friday before', '2026-03-07', [], '2026-03-17'],
    ['over the Spring Festival with both make-up days', '2026-02-13', [], '2026-03-02'],
    ['into the year not announced', '2026-12-25', [], '2027-01-06', 'provisional'],
    ['over Labour Day with its make-up day', '2026-04-30', [], '2026-05-13'],
    ['over the Dragon Boat Festival', '2026-06-17', [], '2026-06-29'],
    ['from New Year’s Day', '2026-01-01', [], '2026-01-12'],
    ['from New Year’s Eve', '2025-12-31', [], '2026-01-12'],
    ['a make-up Saturday is the first day', '2026-05-08', [], '2026-05-18'],
    ['a minute before midnight', '2026-03-02T23:59', [], '2026-03-11'],
    ['at midnight the next day begins', '2026-03-03T00:00', [], '2026-03-12'],
    [
      'waiting for proof of identity, over the holidays',
      '2026-09-24',
      [['2026-09-24', '2026-09-29']],
      '2026-10-14',
    ],
  ])('%s', (_, start, stops, due, provisional) => {
    check(atDistrict(start, stops), 'accept', due, provisional === 'provisional');
  });
});

describe('ten working days to settle, below the regulator', () => {
  test.each<Vector>([
    ['a Monday, no holiday', '2026-03-02', [], '2026-03-16'],
    ['two weeks in July', '2026-07-06', [], '2026-07-20'],
    ['with a worked Sunday, Mid-Autumn and the National Day', '2026-09-18', [], '2026-10-09'],
    ['over the National Day with its make-up Saturday', '2026-09-28', [], '2026-10-16'],
    ['over the Spring Festival', '2026-02-06', [], '2026-02-27'],
    ['into the year not announced', '2026-12-21', [], '2027-01-05', 'provisional'],
    [
      'to the last day of the year, which a notice may still move',
      '2026-12-17',
      [],
      '2026-12-31',
      'provisional',
    ],
    ['over Labour Day', '2026-04-30', [], '2026-05-18'],
    ['from a worked Saturday', '2026-02-28', [], '2026-03-13'],
    ['stopped for three working days', '2026-03-02', [['2026-03-04', '2026-03-09']], '2026-03-19'],
    ['stopped and resumed on one day', '2026-03-02', [['2026-03-04', '2026-03-04T17:00']], '2026-03-16'],
    ['stopped over a weekend only', '2026-03-02', [['2026-03-07', '2026-03-08']], '2026-03-16'],
    ['stopped on the last day', '2026-03-02', [['2026-03-16', '2026-03-20']], '2026-03-20'],
    ['stopped after the end', '2026-03-02', [['2026-03-17', '2026-03-25']], '2026-03-16'],
    [
      'stopped twice',
      '2026-03-02',
      [
        ['2026-03-03', '2026-03-05'],
        ['2026-03-10', '2026-03-12'],
      ],
      '2026-03-20',
    ],
    [
      'stopped again on the last day',
      '2026-03-02',
      [
        ['2026-03-03', '2026-03-05'],
        ['2026-03-18', '2026-03-19'],
      ],
      '2026-03-19',
    ],
    ['stopped over the Spring Festival', '2026-02-06', [['2026-02-13', '2026-02-24']], '2026-03-02'],
    [
      'stopped on the last day, a Friday, resumed on Sunday',
      '2026-02-28',
      [['2026-03-13', '2026-03-15']],
      '2026-03-16',
    ],
  ])('%s', (_, start, stops, due, provisional) => {
    check(atMall(start, stops), 'settle', due, provisional === 'provisional');
  });
});

describe('sixty days from acceptance to the end of mediation', () => {
  test.each<Vector>([
    ['ends on Labour Day: the next working day', '2026-03-02', [], '2026-05-06'],
    ['ends on a worked Saturday', '2026-03-10', [], '2026-05-09'],
    ['ends on a Sunday', '2026-03-11', [], '2026-05-11'],
    ['over February', '2026-01-05', [], '2026-03-06'],
    ['ends in the Spring Festival', '2025-12-20', [], '2026-02-24'],
    ['ends at Mid-Autumn', '2026-07-28', [], '2026-09-28'],
    ['ends in the National Day week', '2026-08-04', [], '2026-10-08'],
    ['ends on its make-up Saturday', '2026-08-11', [], '2026-10-10'],
    ['ends on a Saturday of the year not announced', '2026-11-10', [], '2027-01-11', 'provisional'],
    ['ends on New Year’s Day of that year', '2026-11-02', [], '2027-01-04', 'provisional'],
    ['ends on a Monday', '2026-10-15', [], '2026-12-14'],
    ['stopped ten days for testing', '2026-03-10', [['2026-04-01', '2026-04-11']], '2026-05-19'],
    ['stopped one day, still ends on a holiday', '2026-03-02', [['2026-04-01', '2026-04-02']], '2026-05-06'],
    ['stopped five days', '2026-03-02', [['2026-04-01', '2026-04-06']], '2026-05-06'],
    [
      'stopped while it waits for the next working day',
      '2026-03-02',
      [['2026-05-02', '2026-05-04']],
      '2026-05-06',
    ],
    ['and never due before it runs again', '2026-03-02', [['2026-05-02', '2026-05-12']], '2026-05-12'],
  ])('%s', (_, start, stops, due, provisional) => {
    check(accepted(start, stops), 'mediate', due, provisional === 'provisional');
  });
});

describe('the first contact at the shop', () => {
  const atShop = (start: string, stops: Stop[]): Deadline | null =>
    caseDeadline(
      stateAt('/HS/C1/M01/S001', { receivedAt: instant(start), ...stopsOf(stops) }),
      1,
      false,
      defaultCalendar,
    );
  test.each<[string, string, Stop[], string]>([
    ['twenty-four hours, holidays or not', '2026-03-06T17:30', [], '2026-03-07T17:30'],
    ['over the turn of the year', '2026-12-31T20:00', [], '2027-01-01T20:00'],
    ['six hours stopped', '2026-03-06T17:30', [['2026-03-07T10:00', '2026-03-07T16:00']], '2026-03-07T23:30'],
  ])('%s', (_, start, stops, due) => {
    expect(atShop(start, stops)).toMatchObject({
      kind: 'first-contact',
      provisional: false,
      dueAt: instant(due),
    });
  });
});

describe('what has no deadline', () => {
  it.each([
    ['at the shop', '/HS/C1/M01/S001', 1, false],
    ['at the mall', '/HS/C1/M01', 2, false],
    ['at the district', '/HS', 4, true],
  ] as const)('a case whose clock stands, %s', (_, unit, level, regulator) => {
    const state = stateAt(unit, stopsOf([['2026-03-11', null]]));
    expect(caseDeadline(state, level, regulator, defaultCalendar)).toBeNull();
  });

  it.each(['performed', 'refused', 'withdrawn', 'terminated', 'closed'] as const)(
    'a case that is %s',
    (status) => {
      expect(caseDeadline(stateAt('/HS', { status }), 4, true, defaultCalendar)).toBeNull();
    },
  );
});
