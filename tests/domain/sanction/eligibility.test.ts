import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { addMonths, shiftDay } from '../../../src/domain/kernel/calendar/index.ts';
import {
  calendarOfEligibility,
  listingWarnings,
  remindersOf,
} from '../../../src/domain/sanction/calendar.ts';
import {
  type Eligibility,
  eligibilityOf,
  type OtherRecord,
} from '../../../src/domain/sanction/eligibility.ts';
import { Regimes } from '../../../src/domain/sanction/regime.ts';
import { minimumOver, publicationEnds, regimeOf, rulesOf } from '../../../src/domain/sanction/rules.ts';
import type { SanctionState } from '../../../src/domain/sanction/sanction.ts';
import { shippedRegimes } from '../../../src/domain/sanction/shipped-regimes.ts';
import { contents, days, recorded, stateOf, follow, TODAY, typed } from './samples.ts';

/** A day by counting days one by one until so many corresponding days have gone by; where a month has none its last one. */
function monthsLater(day: string, months: number): string {
  const wanted = Number(day.slice(8));
  let at = day;
  for (let passed = 0; passed < months;) {
    at = shiftDay(at, 1);
    const isLast = shiftDay(at, 1).slice(8) === '01';
    if (Number(at.slice(8)) === wanted || (isLast && Number(at.slice(8)) < wanted)) passed += 1;
  }
  return at;
}

/** The least months of the classes as the tables print them, for regimes that count by class. */
const LEAST = { minor: 0, ordinary: 3, serious: 12 } as const;
const MOST = { minor: 3, ordinary: 12, serious: 36 } as const;

const states = contents.map((content) => stateOf(recorded(content)));

/** All its duties done on a day, one after the other. */
function withDuties(state: SanctionState, on: string): SanctionState {
  return {
    ...state,
    duties: state.duties.map((duty) => ({
      ...duty,
      done: { on, proof: '收据', evidence: null, by: state.recorded },
    })),
  };
}
const ask = (state: SanctionState, day: string, others: readonly OtherRecord[] = []): Eligibility =>
  eligibilityOf(state, shippedRegimes, day, others);

/** The first day on which it may be repaired, out of those asked; null where none is. */
function firstDay(
  state: SanctionState,
  others: readonly OtherRecord[],
  asked: readonly string[],
): string | null {
  return asked.find((day) => ask(state, day, others).verdict === 'now') ?? null;
}
const others: fc.Arbitrary<OtherRecord> = fc.record({
  id: fc.constantFrom('o-1', 'o-2'),
  kind: fc.constantFrom('severe-listing', 'abnormal-listing', 'penalty'),
  ended: fc.constant(null),
});

describe('months', () => {
  it('are civil months, the last day where a month has no corresponding one, as counted day by day', () => {
    expect(addMonths('2026-01-31', 1)).toBe('2026-02-28');
    expect(addMonths('2027-11-30', 3)).toBe('2028-02-29');
    expect(addMonths('2026-08-31', 3)).toBe('2026-11-30');
    fc.assert(
      fc.property(days('2019-12-01', '2030-01-01'), fc.integer({ min: 0, max: 15 }), (day, months) => {
        expect(addMonths(day, months)).toBe(monthsLater(day, months));
      }),
    );
  });
});

describe('when a record may be repaired', () => {
  it('is never earlier than the minimum of its class, counted independently', () => {
    const counted = fc.record({
      of: fc.constantFrom('minor', 'ordinary', 'serious'),
      channel: fc.constantFrom('creditchina', 'gsxt'),
      determinedOn: days('2026-04-01', TODAY),
    });
    fc.assert(
      fc.property(counted, fc.integer({ min: -40, max: 40 }), ({ of, channel, determinedOn }, near) => {
        const state = withDuties(
          stateOf(recorded(typed({ class: of, channel, determinedOn, publishedOn: null }))),
          determinedOn,
        );
        const last = LEAST[of] === 0 ? shiftDay(determinedOn, -1) : monthsLater(determinedOn, LEAST[of]);
        const day = shiftDay(last, near);
        const most = monthsLater(determinedOn, MOST[of]);
        const { verdict } = ask(state, day);
        // Before the decision nothing of it was done.
        if (day <= last) expect(verdict).toBe(day < determinedOn ? 'needs-duty' : 'on');
        else expect(verdict).toBe(day <= most ? 'now' : 'never');
        expect(publicationEnds(state, shippedRegimes)?.day).toBe(most);
      }),
    );
  });

  it('is never earlier than any minimum that fits, whatever was recorded, done and ended', () => {
    fc.assert(
      fc.property(
        states,
        days('2021-01-01', '2031-01-01'),
        fc.array(others, { maxLength: 2 }),
        (state, day, all) => {
          for (const one of [state, withDuties(state, state.determinedOn)]) {
            if (ask(one, day, all).verdict !== 'now') continue;
            const { rules } = rulesOf(one, shippedRegimes) ?? { rules: [] };
            expect(rules.length).toBeGreaterThan(0);
            for (const rule of rules) {
              expect(rule.repair).toBe('allowed');
              expect((minimumOver(rule, one) ?? '9999') <= day).toBe(true);
            }
          }
        },
      ),
      { numRuns: 500 },
    );
  });

  it('is on the day that it says, and not on the day before', () => {
    fc.assert(
      fc.property(states, days('2021-01-01', '2028-01-01'), fc.boolean(), (state, day, done) => {
        const one = done ? withDuties(state, state.determinedOn) : state;
        const said = ask(one, day);
        if (said.verdict !== 'on') return;
        expect(said.day > day).toBe(true);
        expect(ask(one, said.day).verdict).toBe('now');
        expect(ask(one, shiftDay(said.day, -1)).verdict).toBe('on');
      }),
      { numRuns: 500 },
    );
  });

  it('comes no later where duties are done, and no earlier where another record stands', () => {
    // Days are asked in steps: what is compared is the first of them.
    const asked = Array.from({ length: 200 }, (_, step) => shiftDay('2021-01-01', step * 19));
    fc.assert(
      fc.property(states, others, (state, other) => {
        const open = firstDay(state, [], asked);
        const done = withDuties(state, state.determinedOn);
        const first = firstDay(done, [], asked);
        if (open !== null) expect((first ?? '9999') <= open).toBe(true);
        const blocked = firstDay(done, [other], asked);
        if (blocked !== null) expect(first !== null && first <= blocked).toBe(true);
        // What was published while duties were open is published no longer once they are done.
        const ends = publicationEnds(done, shippedRegimes);
        const before = publicationEnds(state, shippedRegimes);
        if (before !== null) expect((ends?.day ?? '9999') <= before.day).toBe(true);
      }),
    );
  });

  it('lies within the time of publication: no maximum is below its minimum', () => {
    fc.assert(
      fc.property(states, (state) => {
        const done = withDuties(state, state.determinedOn);
        const by = rulesOf(done, shippedRegimes);
        const ends = publicationEnds(done, shippedRegimes);
        if (by === null || ends === null) return;
        for (const rule of by.rules) {
          const over = minimumOver(rule, done);
          if (over !== null) expect(over <= shiftDay(ends.day, 1)).toBe(true);
        }
      }),
    );
    const broken = structuredClone(shippedRegimes);
    const rule = broken.regimes[0]?.rules[0];
    if (rule) rule.minimum = 37;
    expect(Regimes.safeParse(broken).error?.issues[0]?.message).toBe('sanction-maximum-below-minimum');
  });

  it('says what stands in the way: duties, a list, a rule, a missing fact', () => {
    const state = stateOf(recorded(typed()));
    expect(ask(state, '2026-06-01')).toMatchObject({
      verdict: 'needs-duty',
      duties: [{ dutyId: 'pay' }],
      notBefore: '2026-08-07',
      rule: { regime: 'ndrc-36', rule: 'ordinary' },
    });
    const done = withDuties(state, '2026-06-02');
    const severe: OtherRecord = { id: 's-list', kind: 'severe-listing', ended: null };
    expect(ask(done, '2026-09-01', [severe])).toMatchObject({
      verdict: 'needs-duty',
      duties: [],
      blockedBy: [{ id: 's-list' }],
      notBefore: null,
    });
    expect(ask(done, '2026-09-01')).toMatchObject({ verdict: 'now', decision: { workingDays: 10 } });
    // Done only later, it was open until fact.
    expect(ask(done, '2026-06-01').verdict).toBe('needs-duty');
    const of = (over: Parameters<typeof typed>[0]): Eligibility =>
      ask(withDuties(stateOf(recorded(typed(over))), over?.determinedOn ?? '2026-05-06'), TODAY);
    expect(of({ class: null, measures: [] })).toMatchObject({ why: 'class-missing' });
    expect(of({ channel: 'creditchina', determinedOn: '2022-01-01', publishedOn: null })).toMatchObject({
      why: 'no-regime',
    });
    const old = { channel: 'gsxt', determinedOn: '2024-05-06', publishedOn: null } as const;
    expect(of({ ...old, measures: [] })).toMatchObject({ why: 'measures-missing' });
    expect(of(old)).toMatchObject({ why: 'publication-missing' });
    expect(of({ ...old, measures: ['fine', 'suspension'] })).toMatchObject({
      verdict: 'never',
      why: 'barred',
    });
    expect(of({ kind: 'spot-check', class: null })).toMatchObject({ why: 'rule-unknown' });
    // Simplified procedure without a class is minor.
    expect(of({ class: null, simplified: true, determinedOn: TODAY, publishedOn: null }).verdict).toBe('now');
  });

  it('goes by the regime of its channel on the day of determination', () => {
    const of = (channel: 'creditchina' | 'gsxt', determinedOn: string): string | undefined =>
      regimeOf({ channel, determinedOn }, shippedRegimes)?.id;
    expect(of('creditchina', '2026-03-31')).toBe('ndrc-58');
    expect(of('creditchina', '2026-04-01')).toBe('ndrc-36');
    expect(of('gsxt', '2025-12-24')).toBe('samr-45');
    expect(of('gsxt', '2025-12-25')).toBe('samr-2025');
    expect(of('gsxt', '2021-08-31')).toBeUndefined();
  });

  it('ends at the maximum, where duties are open only by a rule that says so', () => {
    const old = stateOf(recorded(typed({ determinedOn: '2024-01-31', publishedOn: '2024-02-10' })));
    expect(publicationEnds(old, shippedRegimes)?.day).toBe('2027-01-31');
    expect(ask(old, '2027-02-01')).toMatchObject({ verdict: 'never', why: 'over', until: '2027-01-31' });
    const late = stateOf(recorded(typed({ class: 'minor' })));
    expect(publicationEnds(late, shippedRegimes)).toBeNull();
    expect(ask(late, '2027-02-01').verdict).toBe('needs-duty');
    const done = withDuties(late, '2027-02-01');
    expect(publicationEnds(done, shippedRegimes)?.day).toBe('2027-02-01');
    // Restricted for longer than three years, it is published for so long.
    const restricted = stateOf(
      recorded(
        typed({
          channel: 'gsxt',
          determinedOn: '2023-01-10',
          publishedOn: '2023-02-01',
          measures: ['restriction'],
          restrictedUntil: '2030-01-09',
        }),
      ),
    );
    expect(publicationEnds(restricted, shippedRegimes)?.day).toBe('2030-01-09');
  });
});

describe('what is ahead', () => {
  it('stands in a calendar on its days, and is reminded of thirty and seven days before', () => {
    const done = withDuties(stateOf(recorded(typed())), '2026-05-07');
    const open = stateOf(recorded(typed({ number: '虚市监处罚〔2026〕13号', class: 'serious' })));
    const ahead = calendarOfEligibility([open, done], shippedRegimes, {
      from: '2026-07-01',
      to: '2027-06-01',
    });
    expect(ahead.map(({ day, what, open: flag }) => `${day} ${what} ${flag}`)).toEqual([
      '2026-08-07 eligible false',
      '2027-05-06 ends false',
      '2027-05-07 eligible true',
    ]);
    const due = (day: string): string[] =>
      remindersOf(done, shippedRegimes, day).map((one) => `${one.what} ${one.daysBefore}`);
    expect(due('2026-07-07')).toEqual([]);
    expect(due('2026-07-08')).toEqual(['eligible 30']);
    expect(due('2026-07-30')).toEqual(['eligible 30']);
    expect(due('2026-07-31')).toEqual(['eligible 7']);
    expect(due('2026-08-07')).toEqual([]);
    expect(due('2027-05-06')).toEqual(['ends 7']);
    expect(
      remindersOf(
        {
          ...done,
          ended: stateOf(recorded(typed()), (state) =>
            follow(state, 'sanction-ended', {
              cause: 'repaired',
              on: TODAY,
              number: null,
              effectiveAt: null,
            }),
          ).ended,
        },
        shippedRegimes,
        '2026-07-31',
      ),
    ).toEqual([]);
  });

  it('is warned of before a listing: a report that is not filed, an address nobody answers at', () => {
    const none = { filedOn: null, unreachableSince: null };
    expect(listingWarnings(none, shippedRegimes, '2026-05-30')).toEqual([]);
    expect(listingWarnings(none, shippedRegimes, '2026-05-31')).toMatchObject([{ on: '2026-06-30' }]);
    expect(listingWarnings(none, shippedRegimes, '2026-07-01')).toEqual([]);
    expect(listingWarnings({ ...none, filedOn: '2026-03-01' }, shippedRegimes, '2026-06-20')).toEqual([]);
    expect(listingWarnings({ ...none, filedOn: '2025-03-01' }, shippedRegimes, '2026-06-20')).toHaveLength(1);
    const gone = listingWarnings({ ...none, unreachableSince: '2026-09-01' }, shippedRegimes, '2026-09-02');
    expect(gone).toMatchObject([{ id: 'unreachable', on: '2026-10-01' }]);
  });
});
