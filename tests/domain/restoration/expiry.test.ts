import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { addMonths, shiftDay } from '../../../src/domain/kernel/calendar/index.ts';
import { shippedRules } from '../../../src/domain/procedure/index.ts';
import {
  agreedMatters,
  expiryOf,
  isAnswered,
  isOver,
  overSince,
  type RestorationState,
} from '../../../src/domain/restoration/index.ts';
import { applyRestoration } from '../../../src/domain/restoration/restoration.ts';
import { restorationDeltas } from '../../../src/domain/restoration/deltas.ts';
import { restorationTasks } from '../../../src/domain/restoration/tasks.ts';
import {
  type Regimes,
  rulesOf,
  type SanctionState,
  shippedRegimes,
} from '../../../src/domain/sanction/index.ts';
import { applySanction } from '../../../src/domain/sanction/sanction.ts';
import { sanctionDeltas } from '../../../src/domain/sanction/deltas.ts';
import { ADMINISTRATOR } from '../../support/facts.ts';
import {
  contents,
  days,
  follow,
  recorded,
  stateOf as sanctionOf,
  TODAY,
  typed,
} from '../sanction/samples.ts';
import {
  accepted,
  agreed,
  departmentAt,
  fact,
  filed,
  legalOf,
  matter,
  missing,
  refusedBy,
  repaired,
  returned,
  stateOf,
  submitted,
} from './samples.ts';

const LATEST = '2031-12-31';
const END = { on: '2026-09-20', regime: 'ndrc-36', rule: 'minor' };
const expired = (matterId: string) => fact('matter-expired', { matterId, ...END }, ADMINISTRATOR);
const [ONE, TWO] = [departmentAt(0), departmentAt(1)];
const both = filed({ matters: [matter(), matter({ matterId: 'k-2', sanctionId: 'other', number: '二' })] });

/** Any record, with some of its duties done on days up to today. */
const records = fc
  .record({ content: contents, done: fc.array(fc.option(days('2026-06-01', TODAY)), { maxLength: 3 }) })
  .map(({ content, done }) =>
    content.duties.reduce(
      (state, { dutyId }, place): SanctionState => {
        const on = done[place] ?? null;
        if (on === null || on < state.determinedOn) return state;
        const ruling = applySanction(
          state,
          follow(state, 'duty-done', { dutyId, on, proof: '凭证', evidence: null }),
        );
        return ruling.kind === 'legal' ? ruling.state : state;
      },
      sanctionOf(recorded(content)),
    ),
  );

/** The last day of the longest maximum, counted here by itself; null where there is none. */
function lastDayOf(sanction: SanctionState): string | null {
  const { rules = [] } = rulesOf(sanction, shippedRegimes) ?? {};
  const longest = rules.toSorted((a, b) => (b.maximum ?? 9999) - (a.maximum ?? 9999))[0];
  const start = longest?.counts === 'publication' ? sanction.publishedOn : sanction.determinedOn;
  if (longest === undefined || longest.maximum === null || start === null) return null;
  const last = addMonths(start, longest.maximum);
  const restricted = rules.some(({ asRestricted }) => asRestricted) ? (sanction.restrictedUntil ?? '') : '';
  return restricted > last ? restricted : last;
}

describe('the end at the maximum', () => {
  it('comes on the day after it and never before, and with open duties only where the rule says so', () => {
    fc.assert(
      fc.property(records, days('2021-01-01', LATEST), (sanction, day) => {
        const last = lastDayOf(sanction);
        const expiry = expiryOf(sanction, undefined, shippedRegimes, day);
        const { rules = [] } = rulesOf(sanction, shippedRegimes) ?? {};
        const asks = rules.some((rule) => rule.expiry === 'if-fulfilled');
        const done = asks ? sanction.duties.map((duty) => duty.done?.on ?? null) : [];
        const end =
          last === null || done.includes(null)
            ? null
            : done.reduce<string>((latest, on) => (on !== null && on > latest ? on : latest), last);
        if (end === null || day <= end) {
          expect(expiry).toBeNull();
          return;
        }
        expect(expiry).toMatchObject({ on: shiftDay(end, 1), matterId: null });
        // Exactly on that day, whichever later day it is looked at.
        expect(expiryOf(sanction, undefined, shippedRegimes, shiftDay(end, 1))).toEqual(expiry);
      }),
      { numRuns: 400 },
    );
  });

  it('happens once, leaves the grade, and counts on its own day', () => {
    const before = sanctionOf(recorded(typed({ duties: [], class: 'minor' })));
    const { on, regime, rule } = expiryOf(before, undefined, shippedRegimes, TODAY) ?? END;
    const one = follow(before, 'sanction-expired', { on, regime, rule }, TODAY, ADMINISTRATOR);
    const after = applySanction(before, one);
    if (after.kind !== 'legal') throw new Error('Refused');
    expect(after.state).toMatchObject({
      ended: { cause: 'expired', on: '2026-08-07', number: null, effectiveAt: null },
      countedAs: null,
    });
    expect(expiryOf(after.state, undefined, shippedRegimes, TODAY)).toBeNull();
    expect(applySanction(after.state, one)).toMatchObject({ refusal: { rule: 'sanction-ended-already' } });
    expect(sanctionDeltas(before, one, after.state).counters).toMatchObject([
      { metric: 'sanctions-ended-otherwise', day: '2026-08-07', value: 1 },
    ]);
  });

  it('takes the open matter with it, or waits for what is open, as the regimes say', () => {
    const sanction = sanctionOf(recorded(typed({ duties: [], class: 'minor' })));
    const application = (type: string): RestorationState =>
      stateOf(filed({ matters: [matter({ type, sanctionId: sanction.id })] }));
    const under = (over: Partial<Regimes['atMaximum']>, type: string) =>
      expiryOf(
        sanction,
        application(type),
        { ...shippedRegimes, atMaximum: { ...shippedRegimes.atMaximum, ...over } },
        TODAY,
      )?.matterId ?? null;
    expect(under({}, 'penalty')).toBe('k-1');
    expect(under({}, 'appeal')).toBeNull();
    expect(under({ appeal: 'end' }, 'appeal')).toBe('k-1');
    expect(under({ application: 'wait' }, 'penalty')).toBeNull();
    const over = legalOf(applyRestoration(application('appeal'), expired('k-1')));
    expect(expiryOf(sanction, over, shippedRegimes, TODAY)).toMatchObject({ matterId: null });
  });
});

describe('an application whose record has come to its maximum', () => {
  it('is closed from every status with its reason, once, and nothing is to be done in it', () => {
    const way = [filed(), accepted([ONE]), agreed(ONE), submitted()];
    for (let steps = 1; steps <= way.length; steps += 1) {
      const closed = stateOf(...way.slice(0, steps), expired('k-1'));
      expect(closed).toMatchObject({ status: 'expired', expired: [{ matterId: 'k-1', ...END }] });
      expect(restorationTasks(closed, { rules: shippedRules })).toEqual([]);
      expect(overSince(closed)).toBe(closed.expired?.[0]?.by.at);
      expect(refusedBy(closed, expired('k-1'))).toBe('restoration-not-now');
      for (const next of [accepted([ONE]), submitted(), repaired(), returned()])
        expect(refusedBy(closed, next)).toBe('restoration-not-now');
      expect(refusedBy(closed, agreed(TWO))).toMatch(/^restoration-(not-asked|opinion-late)/u);
    }
    const returnedFirst = stateOf(filed(), accepted([ONE]), missing(ONE), returned(), expired('k-1'));
    expect(returnedFirst.status).toBe('expired');
    const over = stateOf(...way, repaired());
    expect(refusedBy(over, expired('k-1'))).toBe('restoration-not-now');
  });

  it('goes on for its other matters, without the departments of the one that expired', () => {
    const asked = stateOf(
      both,
      fact(
        'restoration-accepted',
        {
          asks: [
            { departmentPath: ONE, matterIds: ['k-1'] },
            { departmentPath: TWO, matterIds: ['k-2'] },
          ],
        },
        accepted([ONE]).actor,
      ),
      expired('k-1'),
    );
    expect(asked.status).toBe('accepted');
    expect(restorationTasks(asked, { rules: shippedRules })).toMatchObject([{ kind: 'opinion', part: TWO }]);
    const answered = legalOf(applyRestoration(asked, agreed(TWO, ['k-2'])));
    expect([isAnswered(answered), agreedMatters(answered)]).toEqual([true, ['k-2']]);
    // It did not know yet, and is heard all the same.
    const late = legalOf(applyRestoration(answered, agreed(ONE)));
    expect(agreedMatters(late)).toEqual(['k-2']);
    const handedOn = legalOf(applyRestoration(late, submitted()));
    expect(refusedBy(handedOn, repaired(['k-1']))).toBe('restoration-matter-expired outcomes.0');
    const before = handedOn;
    const last = repaired(['k-2']);
    const over = legalOf(applyRestoration(before, last));
    expect(over).toMatchObject({ status: 'concluded', outcomes: [{ matterId: 'k-2' }] });
  });

  it('is concluded where another matter has its outcome, and counted so', () => {
    const before = stateOf(
      both,
      accepted([ONE], ['k-1', 'k-2']),
      agreed(ONE, ['k-1', 'k-2']),
      submitted(),
      repaired(['k-2']),
    );
    const after = legalOf(applyRestoration(before, expired('k-1')));
    expect([after.status, isOver(after)]).toEqual(['concluded', true]);
    const metrics = (one: RestorationState, two: RestorationState) =>
      restorationDeltas(one, expired('k-1'), two, { rules: shippedRules })
        .counters.filter(({ dimension }) => dimension === '')
        .map(({ metric, value }) => `${metric} ${value}`);
    expect(metrics(before, after)).toEqual(['restoration-matters-expired 1', 'restorations-concluded 1']);
    const alone = stateOf(filed());
    expect(metrics(alone, legalOf(applyRestoration(alone, expired('k-1'))))).toEqual([
      'restoration-matters-expired 1',
      'restorations-expired 1',
    ]);
  });
});
