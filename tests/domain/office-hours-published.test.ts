import { describe, expect, it } from 'vitest';
import { addOfficeMinutes, OfficeHours } from '../../src/domain/kernel/calendar/index.ts';
import { defaultProcedure } from '../../src/domain/procedure/default-procedure.ts';
import {
  calendarAt,
  officeScheduleAt,
  shippedRules,
  withProcedure,
  type Rulebook,
} from '../../src/domain/procedure/index.ts';
import { officeHoursOf, Procedure } from '../../src/domain/procedure/procedure.ts';
import { applyProcedure, type ProcedureState } from '../../src/domain/procedure/published.ts';
import { ADMINISTRATOR, factOf } from '../support/facts.ts';
import { procedureFrom } from '../support/procedures.ts';

/** 08:30–12:00 is 210 minutes, 13:30–17:30 is 240: a day has 450. */
const USUAL: OfficeHours = {
  sessions: [
    { from: '08:30', to: '12:00' },
    { from: '13:30', to: '17:30' },
  ],
  seasons: [],
};

/** `2026-03-10 09:00` in Shanghai; seconds where they are given. */
const at = (text: string): string => `${text.replace(' ', 'T')}${text.length === 16 ? ':00' : ''}.000+08:00`;

describe('office hours where a unit lies', () => {
  const TODAY = '2026-03-10T02:00:00.000Z';
  const shorter: NonNullable<Procedure['officeHours']> = {
    ...officeHoursOf(defaultProcedure),
    sessions: [
      { from: '09:00', to: '12:00' },
      { from: '13:30', to: '17:00' },
    ],
  };
  const publish = (
    state: ProcedureState | undefined,
    payload: { version: number; procedure: Procedure; replaces?: number },
  ) => applyProcedure(state, factOf('procedure', 'HS', 'procedure-published', payload, ADMINISTRATOR, TODAY));
  const published = (...all: Parameters<typeof publish>[1][]): ProcedureState => {
    let state: ProcedureState | undefined;
    for (const payload of all) {
      const ruling = publish(state, payload);
      if (ruling.kind !== 'legal') throw new Error(JSON.stringify(ruling));
      state = ruling.state;
    }
    if (!state) throw new Error('Nothing published');
    return state;
  };
  const due = (rules: Rulebook, from: string, path = '/HS/C1/M01') =>
    addOfficeMinutes(officeScheduleAt(rules, path), calendarAt(rules, path), at(from), 30)?.at;

  it('are the shipped ones where none were published, and say that they are an assumption', () => {
    expect(officeHoursOf(defaultProcedure)).toMatchObject({ ...USUAL, tag: 'assumption' });
    expect(due(shippedRules, '2026-03-10 12:10')).toBe(at('2026-03-10 14:00'));
    const { officeHours: _none, ...older } = procedureFrom('2026-04-01');
    const rules = withProcedure(shippedRules, published({ version: 2, procedure: older }));
    expect(due(rules, '2026-04-01 17:30')).toBe(at('2026-04-02 09:00'));
  });

  it('are those of the version in force, day by day', () => {
    const rules = withProcedure(
      shippedRules,
      published(
        { version: 2, procedure: procedureFrom('2026-04-01', (one) => (one.officeHours = shorter)) },
        { version: 3, procedure: procedureFrom('2026-05-06') },
      ),
    );
    // 15 to 17:30 on the last day of the version before, 15 from 09:00 on the first of the next.
    expect(due(rules, '2026-03-31 17:15')).toBe(at('2026-04-01 09:15'));
    expect(due(rules, '2026-04-30 16:45')).toBe(at('2026-05-06 08:45'));
    // Another district has its own, and a rulebook that is asked again answers alike.
    expect(due(rules, '2026-04-01 08:30', '/YZ')).toBe(at('2026-04-01 09:00'));
    expect(officeScheduleAt(rules, '/HS')).toBe(officeScheduleAt(rules, '/HS/C1/M01/S001'));
  });

  it('leave out a version whose place another took', () => {
    const rules = withProcedure(
      shippedRules,
      published(
        { version: 2, procedure: procedureFrom('2026-04-01', (one) => (one.officeHours = shorter)) },
        { version: 3, procedure: procedureFrom('2026-04-20'), replaces: 2 },
      ),
    );
    expect(due(rules, '2026-04-01 08:30')).toBe(at('2026-04-01 09:00'));
  });

  it('do not change on the day of publication, whose minutes are counted already', () => {
    const changed = procedureFrom('2026-03-10', (one) => (one.officeHours = shorter));
    expect(publish(undefined, { version: 2, procedure: changed })).toEqual({
      kind: 'illegal',
      refusal: {
        rule: 'office-hours-same-day',
        field: 'officeHours',
        parameters: { today: '2026-03-10' },
      },
    });
    const season = procedureFrom('2026-03-10', (one) => {
      const sessions = [{ from: '08:30', to: '17:00' }];
      one.officeHours = { ...officeHoursOf(one), seasons: [{ from: '06-15', to: '09-15', sessions }] };
    });
    expect(publish(undefined, { version: 2, procedure: season })).toMatchObject({ kind: 'illegal' });
    expect(
      publish(undefined, { version: 2, procedure: { ...changed, effectiveFrom: '2026-03-11' } }),
    ).toMatchObject({ kind: 'legal' });
    // Another source of the same hours changes none.
    const resourced = procedureFrom('2026-03-10', (one) => {
      one.officeHours = {
        ...officeHoursOf(one),
        article: { zh: '区府办通知', en: 'Notice of the district' },
      };
    });
    expect(publish(undefined, { version: 2, procedure: resourced })).toMatchObject({ kind: 'legal' });
  });

  it('are refused with field and rule within a procedure', () => {
    const parsed = Procedure.safeParse(
      procedureFrom('2026-04-01', (one) => {
        one.officeHours = { ...shorter, sessions: [...shorter.sessions, { from: '16:00', to: '18:00' }] };
      }),
    );
    expect(parsed.error?.issues.map((issue) => `${issue.path.join('.')} ${issue.message}`)).toEqual([
      'officeHours.sessions.2.from office-sessions-overlap',
    ]);
  });
});
describe('office hours as they are written', () => {
  const session = { from: '08:30', to: '12:00' };
  const season = { from: '06-15', to: '09-15', sessions: [session] };
  const wrong = (value: unknown): string[] =>
    (OfficeHours.safeParse(value).error?.issues ?? []).map(
      (issue) => `${issue.path.join('.')} ${issue.message}`,
    );

  it('are read as they stand', () => {
    expect(OfficeHours.parse(USUAL)).toEqual(USUAL);
    const all = {
      sessions: [
        { from: '00:00', to: '12:00' },
        { from: '12:00', to: '24:00' },
      ],
      seasons: [season, { ...season, from: '09-16', to: '06-14' }],
    };
    expect(wrong(all)).toEqual([]);
    expect(wrong({ ...USUAL, seasons: [{ ...season, from: '02-29', to: '02-29' }] })).toEqual([]);
  });

  it.each<[what: string, value: unknown, found: string]>([
    ['no session', { ...USUAL, sessions: [] }, 'sessions office-hours-empty'],
    [
      'a season without a session',
      { ...USUAL, seasons: [{ ...season, sessions: [] }] },
      'seasons.0.sessions office-hours-empty',
    ],
    [
      'a session that overlaps the one before it',
      { ...USUAL, sessions: [session, { from: '11:59', to: '17:30' }] },
      'sessions.1.from office-sessions-overlap',
    ],
    [
      'sessions out of order',
      { ...USUAL, sessions: [{ from: '13:30', to: '17:30' }, session] },
      'sessions.1.from office-sessions-overlap',
    ],
    [
      'an end before the beginning',
      { ...USUAL, sessions: [{ from: '12:00', to: '08:30' }] },
      'sessions.0.to office-session-reversed',
    ],
    [
      'an end at the beginning',
      { ...USUAL, sessions: [{ from: '08:30', to: '08:30' }] },
      'sessions.0.to office-session-reversed',
    ],
    [
      'an hour beyond the day',
      { ...USUAL, sessions: [{ from: '22:00', to: '26:00' }] },
      'sessions.0.to office-time-outside-day',
    ],
    [
      'a minute beyond the day',
      { ...USUAL, sessions: [{ from: '22:00', to: '24:01' }] },
      'sessions.0.to office-time-outside-day',
    ],
    [
      'a minute beyond the hour',
      { ...USUAL, sessions: [{ from: '08:60', to: '12:00' }] },
      'sessions.0.from office-time-outside-day',
    ],
    [
      'a time written otherwise',
      { ...USUAL, sessions: [{ from: '8:30', to: '12:00' }] },
      'sessions.0.from office-time-malformed',
    ],
    [
      'a day that no year has',
      { ...USUAL, seasons: [{ ...season, to: '09-31' }] },
      'seasons.0.to office-season-day',
    ],
    [
      'two seasons on one day',
      { ...USUAL, seasons: [season, { ...season, from: '09-15', to: '10-15' }] },
      'seasons.1.from office-seasons-overlap',
    ],
    [
      'a season within another over the year’s end',
      {
        ...USUAL,
        seasons: [
          { ...season, from: '11-01', to: '02-28' },
          { ...season, from: '01-05', to: '01-09' },
        ],
      },
      'seasons.1.from office-seasons-overlap',
    ],
  ])('refuse %s, naming field and rule', (_what, value, found) => {
    expect(wrong(value)).toEqual([found]);
  });
});
