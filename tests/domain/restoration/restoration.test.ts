import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Fact } from '../../../src/domain/kernel/event/event.ts';
import { Role } from '../../../src/domain/kernel/event/event.ts';
import { may } from '../../../src/domain/organisation/index.ts';
import { RESTORATION_STATUSES } from '../../../src/domain/restoration/index.ts';
import { applyRestoration, restorationSight } from '../../../src/domain/restoration/restoration.ts';
import { agreedMatters, isAnswered, type RestorationState } from '../../../src/domain/restoration/state.ts';
import { actorAt, ADMINISTRATOR } from '../../support/facts.ts';
import {
  accepted,
  agreed,
  AT,
  clerk,
  completed,
  declined,
  departmentAt,
  fact,
  filed,
  form,
  legalOf,
  manager,
  matter,
  missing,
  officer,
  refusedBy,
  refusing,
  repaired,
  returned,
  reviewerAt,
  SHOP,
  stateOf,
  submitted,
  WINDOW,
} from './samples.ts';

const [ONE, TWO, THREE] = [departmentAt(0), departmentAt(1), departmentAt(2)];
const THIRTY = Array.from({ length: 30 }, (_, place) => departmentAt(place));

describe('an application', () => {
  it('goes from the shop to the window, to three departments, to the platform and is repaired', () => {
    const state = stateOf(
      filed(),
      accepted([ONE, TWO, THREE]),
      agreed(TWO),
      agreed(ONE),
      agreed(THREE),
      submitted(),
      repaired(),
    );
    expect(state).toMatchObject({ status: 'concluded', outcomes: [{ outcome: 'repaired', number: 'XF-1' }] });
    expect(restorationSight(state)).toEqual([SHOP, '/HS/C1/M01', '/HS/C1', '/HS', WINDOW, ONE, TWO, THREE]);
  });

  it('goes back for what a department misses, and that one alone answers again', () => {
    const open = stateOf(filed(), accepted([ONE, TWO]), agreed(ONE), missing(TWO));
    expect(isAnswered(open)).toBe(false);
    expect(refusedBy(open, submitted())).toBe('restoration-opinions-missing');
    expect(refusedBy(open, completed())).toBe('restoration-nothing-missing');
    const again = stateOf(filed(), accepted([ONE, TWO]), agreed(ONE), missing(TWO), returned(), completed());
    expect(again.status).toBe('accepted');
    expect(again.asks.map(({ opinion }) => opinion === null)).toEqual([false, true]);
    expect(again.matters[0]?.proofs).toHaveLength(2);
    expect(refusedBy(again, agreed(ONE))).toBe('restoration-answered-already departmentPath');
    // An answer to what was handed in first comes too late for it.
    expect(refusedBy(again, agreed(TWO))).toBe('restoration-answered-already departmentPath');
    expect(isAnswered(legalOf(applyRestoration(again, agreed(TWO, ['k-1'], AT, 1))))).toBe(true);
  });

  it('ends refused where a department refuses, without a platform, and never repaired', () => {
    const state = stateOf(filed(), accepted([ONE, TWO]), agreed(ONE), refusing(TWO));
    expect(agreedMatters(state)).toEqual([]);
    expect(refusedBy(state, submitted())).toBe('restoration-nothing-agreed');
    expect(refusedBy(state, repaired())).toBe('restoration-not-agreed outcomes.0.outcome');
    const ended = legalOf(applyRestoration(state, declined()));
    expect(ended.status).toBe('concluded');
    expect(refusedBy(ended, declined())).toBe('restoration-not-now');
  });

  it('is withdrawn before an outcome, and answered no more then', () => {
    const withdrawal = fact('restoration-withdrawn', { reason: '不再需要' }, manager);
    const gone = stateOf(filed(), accepted([ONE]), withdrawal);
    expect(gone.status).toBe('withdrawn');
    expect(refusedBy(gone, agreed(ONE))).toBe('restoration-opinion-late');
    expect(refusedBy(gone, withdrawal)).toBe('restoration-not-now');
    const concluded = stateOf(filed(), accepted([ONE]), agreed(ONE), submitted(), repaired());
    expect(refusedBy(concluded, withdrawal)).toBe('restoration-not-now');
  });

  it('takes an objection at any time, one at a time, and its answer once', () => {
    const objected = (objectionId: string): Fact =>
      fact('restoration-objected', { objectionId, text: '办理有误' }, manager);
    const answer = fact(
      'objection-answered',
      { objectionId: 'o-1', verdict: 'rejected', text: '维持' },
      clerk,
    );
    const state = stateOf(filed(), accepted([ONE]), refusing(ONE), declined(), objected('o-1'));
    expect(refusedBy(state, objected('o-2'))).toBe('restoration-objected-already text');
    const answered = legalOf(applyRestoration(state, answer));
    expect(refusedBy(answered, answer)).toBe('restoration-objection-answered objectionId');
    expect(refusedBy(answered, objected('o-2'))).toBe('legal');
    expect(refusedBy(stateOf(filed()), answer)).toBe('restoration-objection-unknown objectionId');
  });

  it('refuses with rule and field what cannot be', () => {
    const on = (...facts: Fact[]): RestorationState => stateOf(...facts);
    const start = filed();
    const asked = accepted([ONE, TWO]);
    const cases: [string, RestorationState | undefined, Fact][] = [
      [
        'restoration-matter-twice matters.1.sanctionId',
        undefined,
        filed({ matters: [matter(), matter({ matterId: 'k-2' })] }),
      ],
      [
        'restoration-matter-twice matters.1',
        undefined,
        filed({ matters: [matter(), matter({ sanctionId: 's-2' })] }),
      ],
      ['restoration-commitment-unsigned matters.0.commitmentId', undefined, filed({ commitments: [] })],
      [
        'restoration-commitment-unsigned commitments.0',
        undefined,
        filed({ commitments: form().commitments.map((one) => ({ ...one, signature: null })) }),
      ],
      [
        'date-in-future commitments.0.signedOn',
        undefined,
        filed({ commitments: form().commitments.map((one) => ({ ...one, signedOn: '2026-09-16' })) }),
      ],
      ['restoration-attachment-unknown matters.0.proofs.0', undefined, filed({ attachments: [] })],
      ['restoration-publication-needed publication', undefined, filed({ publication: false })],
      [
        'outside-scope merchantPath',
        undefined,
        fact('restoration-filed', form(), actorAt('/HS/C1/M02', 'mediator')),
      ],
      ['role-may-not', undefined, fact('restoration-filed', form(), clerk)],
      ['restoration-exists', on(start), start],
      ['restoration-missing', undefined, asked],
      ['restoration-not-now', on(start, asked), accepted([THREE])],
      [
        'restoration-matter-unasked asks',
        on(filed({ matters: [matter(), matter({ matterId: 'k-2', sanctionId: 's-2' })] })),
        asked,
      ],
      ['restoration-matter-unknown asks.0.matterIds', on(start), accepted([ONE], ['k-9'])],
      ['restoration-department-twice asks.1', on(start), accepted([ONE, ONE])],
      [
        'restoration-elsewhere unitPath',
        on(start),
        { ...asked, actor: actorAt('/HS/D01/D01W2', 'repair-clerk'), unitPath: '/HS/D01/D01W2' },
      ],
      ['role-may-not', on(start), { ...asked, actor: manager, unitPath: SHOP }],
      ['restoration-not-asked departmentPath', on(start, asked), agreed(THREE)],
      [
        'restoration-not-asked departmentPath',
        on(start, asked),
        { ...agreed(ONE), actor: reviewerAt(TWO), unitPath: TWO },
      ],
      ['restoration-answered-already departmentPath', on(start, asked, agreed(ONE)), agreed(ONE)],
      ['restoration-answer-strange answers.0', on(start, asked), agreed(ONE, ['k-9'])],
      ['restoration-answer-strange answers.1', on(start, asked), agreed(ONE, ['k-1', 'k-1'])],
      ['restoration-opinion-late', on(start, asked, agreed(ONE), agreed(TWO), submitted()), agreed(ONE)],
      ['restoration-opinions-missing', on(start, asked, agreed(ONE)), submitted()],
      ['restoration-submission-missing', on(start, asked, agreed(ONE), agreed(TWO)), repaired()],
      ['restoration-not-now', on(start), repaired()],
      ['restoration-nothing-missing', on(start, asked), completed()],
      [
        'restoration-concluded-already outcomes.1',
        on(start, asked, agreed(ONE), agreed(TWO), submitted()),
        repaired(['k-1', 'k-1']),
      ],
    ];
    for (const [rule, state, one] of cases) expect(refusedBy(state, one), rule).toBe(rule);
  });

  it('keeps to its course whoever tries whatever in whichever order', () => {
    const steps = {
      'restoration-accepted': accepted([ONE, TWO]),
      'departments-asked': fact(
        'departments-asked',
        { asks: [{ departmentPath: THREE, matterIds: ['k-1'] }] },
        clerk,
      ),
      one: agreed(ONE),
      two: agreed(TWO),
      doubt: missing(TWO),
      again: agreed(TWO, ['k-1'], AT, 1),
      three: refusing(THREE),
      returned: returned(),
      completed: completed(),
      submitted: submitted(),
      repaired: repaired(),
      declined: declined(),
      withdrawn: fact('restoration-withdrawn', { reason: '不再需要' }, manager),
      expired: fact(
        'matter-expired',
        { matterId: 'k-1', on: '2026-09-15', regime: 'ndrc-36', rule: 'minor' },
        ADMINISTRATOR,
      ),
    };
    const follows: Record<string, readonly string[]> = {
      filed: ['returned', 'accepted', 'withdrawn', 'expired'],
      returned: ['filed', 'accepted', 'returned', 'withdrawn', 'expired'],
      accepted: ['accepted', 'returned', 'submitted', 'concluded', 'withdrawn', 'expired'],
      submitted: ['concluded', 'withdrawn', 'expired'],
      concluded: [],
      withdrawn: [],
      expired: [],
    };
    const NAMES = Object.keys(steps) as (keyof typeof steps)[];
    // Ways to steps that chance takes seldom.
    const leads: (keyof typeof steps)[][] = [
      [],
      ['restoration-accepted', 'one', 'two', 'submitted'],
      ['restoration-accepted', 'one', 'doubt', 'returned', 'completed', 'again'],
      ['restoration-accepted', 'departments-asked', 'one', 'two', 'three'],
    ];
    const tried = fc.tuple(fc.constantFrom(...NAMES), fc.constantFrom(...Role.options, null, null, null));
    const reached = new Set<string>(['filed']);
    fc.assert(
      fc.property(fc.constantFrom(...leads), fc.array(tried, { maxLength: 20 }), (lead, all) => {
        let state = stateOf(filed());
        for (const [name, role] of [...lead.map((one) => [one, null] as const), ...all]) {
          const step = steps[name];
          const one = role === null ? step : { ...step, actor: { ...step.actor, role } };
          const ruling = applyRestoration(state, one);
          if (ruling.kind !== 'legal') continue;
          expect(follows[state.status]).toContain(ruling.state.status);
          expect(ruling.state.revision).toBe(state.revision + 1);
          if (step.type === 'opinion-given') expect(may(one.actor.role, 'restoration.review')).toBe(true);
          ({ state } = ruling);
          reached.add(state.status);
          // One outcome a matter, and nothing repaired that a department has not agreed to.
          expect(new Set(state.outcomes.map(({ matterId }) => matterId)).size).toBe(state.outcomes.length);
          if (state.outcomes.some(({ outcome }) => outcome === 'repaired'))
            expect(state.submitted).not.toBeNull();
        }
      }),
      { numRuns: 600 },
    );
    expect([...reached].toSorted()).toEqual([...RESTORATION_STATUSES].toSorted());
  });

  it('never throws, whatever a payload holds', () => {
    const types = fc.constantFrom(
      'restoration-filed',
      'restoration-accepted',
      'opinion-given',
      'restoration-completed',
      'restoration-concluded',
    );
    fc.assert(
      fc.property(types, fc.anything(), (type, payload) => {
        for (const state of [undefined, stateOf(filed(), accepted([ONE]))])
          expect(['legal', 'illegal']).toContain(applyRestoration(state, fact(type, payload, clerk)).kind);
      }),
    );
  });
});

describe('answers of departments', () => {
  it('come to the same in any order, none lost, none counted twice', () => {
    const shuffled = fc.shuffledSubarray(THIRTY, { minLength: 30, maxLength: 30 });
    const doubted = fc.subarray(THIRTY);
    fc.assert(
      fc.property(shuffled, shuffled, doubted, (one, other, refusers) => {
        const answer = (path: string): Fact => (refusers.includes(path) ? refusing(path) : agreed(path));
        const told = (order: readonly string[]): RestorationState => {
          let state = stateOf(filed(), accepted(THIRTY));
          for (const path of order) {
            state = legalOf(applyRestoration(state, answer(path)));
            // The same once more, or another answer, is refused.
            expect(refusedBy(state, answer(path))).toBe('restoration-answered-already departmentPath');
            expect(refusedBy(state, missing(path))).toBe('restoration-answered-already departmentPath');
          }
          return state;
        };
        const state = told(one);
        expect(told(other)).toEqual(state);
        expect(state.asks.map(({ opinion }) => opinion?.by.unitPath)).toEqual(THIRTY);
        expect(agreedMatters(state)).toEqual(refusers.length === 0 ? ['k-1'] : []);
        const ending = refusers.length === 0 ? [submitted(), repaired()] : [declined()];
        const ended = ending.reduce((now, step) => legalOf(applyRestoration(now, step)), state);
        expect(ended.outcomes).toHaveLength(1);
      }),
      { numRuns: 60 },
    );
  });

  it('are taken while something is being handed in', () => {
    const state = stateOf(filed(), accepted([ONE, TWO]), missing(ONE), returned(), agreed(TWO));
    expect(state.asks[1]?.opinion).not.toBeNull();
    const done = legalOf(applyRestoration(state, completed()));
    expect(done.asks.map(({ opinion }) => opinion !== null)).toEqual([false, true]);
  });

  it('are the window’s or the district’s to ask for, and nobody else’s', () => {
    expect(refusedBy(stateOf(filed()), { ...accepted([ONE]), actor: officer, unitPath: '/HS' })).toBe(
      'legal',
    );
  });
});
