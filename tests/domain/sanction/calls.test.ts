import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { businessDay, shiftDay } from '../../../src/domain/kernel/calendar/index.ts';
import { callDue } from '../../../src/domain/sanction/call-due.ts';
import { isCallOpen, MOST_TRIES } from '../../../src/domain/sanction/calls.ts';
import { eligibilityOf, outlookOf } from '../../../src/domain/sanction/eligibility.ts';
import type { CallOutcome } from '../../../src/domain/sanction/events.ts';
import { applySanction, sanctionSight, type SanctionState } from '../../../src/domain/sanction/sanction.ts';
import { shippedRegimes } from '../../../src/domain/sanction/shipped-regimes.ts';
import { sanctionTasks } from '../../../src/domain/sanction/tasks.ts';
import { actorAt } from '../../support/facts.ts';
import { contents, follow, officer, recorded, stateOf, TODAY, typed } from './samples.ts';

const WINDOW = '/HS/W1';
const clerk = actorAt(WINDOW, 'repair-clerk');
const centre = actorAt('/HS', 'administrator');

const asked = (state: SanctionState, day = TODAY, daysBefore = 0) =>
  follow(
    state,
    'sanction-call-asked',
    { windowPath: WINDOW, day, daysBefore, phone: '0574-55550123' },
    day < TODAY ? TODAY : day,
    centre,
  );
const called = (state: SanctionState, outcome: CallOutcome, day = TODAY, actor = clerk) =>
  follow(state, 'sanction-called', { outcome, note: '' }, day, actor);
const fresh = (): SanctionState => stateOf(recorded(typed({ duties: [] })));
const callOf = (state: SanctionState) => sanctionTasks(state).find(({ kind }) => kind === 'call');

describe('a call', () => {
  it('is due at 30 and 7 days before the first day, and on it, each once and never of what may not be repaired', () => {
    let [now, before] = [0, 0];
    fc.assert(
      fc.property(contents, fc.integer({ min: -20, max: 45 }), (typedContent, ahead) => {
        const content = { ...typedContent, duties: [] };
        const state = stateOf(recorded(content));
        const day = shiftDay(outlookOf(state, shippedRegimes).opensOn ?? TODAY, -ahead);
        const due = callDue(state, shippedRegimes, day, []);
        const verdict = eligibilityOf(state, shippedRegimes, day, []);
        if (due === null) {
          expect(verdict.verdict).not.toBe('now');
          if (verdict.verdict === 'on') expect(verdict.day > shiftDay(day, 30)).toBe(true);
          return;
        }
        if (verdict.verdict === 'now') {
          now += 1;
          expect(due.daysBefore).toBe(0);
          expect(due.day <= day).toBe(true);
        } else {
          before += 1;
          if (verdict.verdict !== 'on') throw new Error(`A call of one that is ${verdict.verdict}`);
          expect(due.day).toBe(verdict.day);
          expect(due.daysBefore).toBe(shiftDay(day, 7) >= verdict.day ? 7 : 30);
        }
        const after = stateOf(recorded(content), (one) => ({
          ...asked(one),
          payload: { windowPath: WINDOW, ...due, phone: null },
        }));
        expect(callDue(after, shippedRegimes, day, [])).toBeNull();
      }),
      { numRuns: 500 },
    );
    expect(Math.min(now, before)).toBeGreaterThan(5);
  });

  it('shows the record to the window, and stands there until somebody was reached, three tries at most', () => {
    const waiting = stateOf(recorded(typed({ duties: [] })), (one) => asked(one));
    expect(sanctionSight(waiting)).toContain(WINDOW);
    expect(callOf(waiting)).toMatchObject({ ownerPath: WINDOW, dueAt: null });
    fc.assert(
      fc.property(
        fc.array(fc.constantFrom('reached', 'not-reached', 'asks-for-form'), { maxLength: 5 }),
        (outcomes) => {
          let state = waiting;
          let tries = 0;
          for (const outcome of outcomes) {
            const ruling = applySanction(state, called(state, outcome));
            const open = state.call !== undefined && isCallOpen(state.call);
            expect(ruling.kind).toBe(open ? 'legal' : 'illegal');
            if (ruling.kind !== 'legal') continue;
            tries += 1;
            state = ruling.state;
          }
          const first = outcomes.findIndex((one) => one !== 'not-reached');
          expect(tries).toBe(Math.min(first < 0 ? outcomes.length : first + 1, MOST_TRIES));
          const over = (first >= 0 && first < MOST_TRIES) || tries === MOST_TRIES;
          expect(callOf(state) === undefined).toBe(over);
          // Who was not reached is called again on the next day, not before.
          if (!over && tries > 0) expect(businessDay(callOf(state)?.since ?? '')).toBe(shiftDay(TODAY, 1));
        },
      ),
    );
  });

  it('is nobody’s once repair is asked for or the record has ended, and only the window’s or the district’s', () => {
    const waiting = stateOf(recorded(typed({ duties: [] })), (one) => asked(one));
    const applied = follow(waiting, 'sanction-applied', { restorationId: 'r', windowPath: WINDOW });
    const filer = { ...applied, actor: actorAt('/HS', 'credit-officer') };
    const now = applySanction(waiting, filer);
    if (now.kind !== 'legal') throw new Error(JSON.stringify(now));
    expect(callOf(now.state)).toBeUndefined();
    expect(callDue(now.state, shippedRegimes, TODAY, [])).toBeNull();
    expect(applySanction(now.state, asked(now.state))).toMatchObject({ kind: 'illegal' });
    for (const [actor, rule] of [
      [officer, 'role-may-not'],
      [actorAt('/HS/W2', 'repair-clerk'), 'outside-scope'],
    ] as const)
      expect(applySanction(waiting, called(waiting, 'reached', TODAY, actor))).toMatchObject({
        kind: 'illegal',
        refusal: { rule },
      });
    const district = actorAt('/HS', 'credit-officer');
    expect(applySanction(waiting, called(waiting, 'reached', TODAY, district)).kind).toBe('legal');
    const none = fresh();
    expect(applySanction(none, called(none, 'reached', TODAY, district))).toMatchObject({
      refusal: { rule: 'sanction-call-none' },
    });
  });
});
