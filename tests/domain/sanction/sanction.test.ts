import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { isSameDecision, sanctionIdOf } from '../../../src/domain/credit/index.ts';
import type { AdmissionContext } from '../../../src/domain/kernel/event/admission.ts';
import type { EventEnvelope, Fact } from '../../../src/domain/kernel/event/event.ts';
import { observationsOf } from '../../../src/domain/observations.ts';
import { type Rulebook, shippedRules } from '../../../src/domain/procedure/rulebook.ts';
import { recordsOfSanction, refusalOfSanction } from '../../../src/domain/sanction/admission.ts';
import { sanctionDeltas } from '../../../src/domain/sanction/deltas.ts';
import { SanctionClass } from '../../../src/domain/sanction/events.ts';
import { listingOf } from '../../../src/domain/sanction/observe.ts';
import { applySanction, sanctionSight, type SanctionState } from '../../../src/domain/sanction/sanction.ts';
import { recordsOfCredit, refusalOfCreditFact } from '../../../src/domain/credit/admission.ts';
import type { CreditState } from '../../../src/domain/credit/state.ts';
import { actorAt, factOf } from '../../support/facts.ts';
import { at, officer, recorded, SHOP, stateOf, follow, TODAY, typed } from './samples.ts';

const refused = (state: SanctionState | undefined, fact: Fact): string => {
  const ruling = applySanction(state, fact);
  if (ruling.kind !== 'illegal') return ruling.kind;
  return [ruling.refusal.rule, ruling.refusal.field].filter((one) => one !== undefined).join(' ');
};
const end =
  (over: Record<string, unknown> = {}) =>
  (state: SanctionState): Fact =>
    follow(state, 'sanction-ended', {
      cause: 'repaired',
      on: TODAY,
      number: null,
      effectiveAt: null,
      ...over,
    });
const correct =
  (over: Parameters<typeof typed>[0], entryId = 'e-2') =>
  (state: SanctionState): Fact =>
    follow(state, 'sanction-corrected', { entryId, ...typed(over), reason: '文号录错' });

describe('a record', () => {
  it('is refused where somebody’s decision is not named, by rule and field', () => {
    const of = (over: Parameters<typeof typed>[0]): string => refused(undefined, recorded(typed(over)));
    expect(of({ organ: ' ' })).toBe('sanction-organ-missing organ');
    expect(of({ number: '' })).toBe('sanction-number-missing number');
    expect(of({ determinedOn: null })).toBe('sanction-day-missing determinedOn');
    const severe = { kind: 'severe-listing', class: null } as const;
    expect(of({ ...severe, number: '' })).toBe('sanction-severe-needs-decision number');
    expect(of({ ...severe, organ: '' })).toBe('sanction-severe-needs-decision organ');
    expect(of({ ...severe, determinedOn: null })).toBe('sanction-severe-needs-decision determinedOn');
    expect(of({ determinedOn: '2027-03-11', publishedOn: null })).toBe('date-in-future determinedOn');
    expect(of({ publishedOn: '2027-03-11' })).toBe('date-in-future publishedOn');
    expect(of({ publishedOn: '2026-05-05' })).toBe('sanction-published-before publishedOn');
    expect(of({ kind: 'abnormal-listing' })).toBe('sanction-class-of-penalty class');
    expect(of({ class: 'huge' as SanctionClass })).toBe('payload-invalid class');
    expect(
      of({
        duties: [
          { dutyId: 'a', text: 'x' },
          { dutyId: 'a', text: 'y' },
        ],
      }),
    ).toBe('sanction-duty-twice duties.1');
    expect(refused(undefined, recorded(typed(), { actor: actorAt(SHOP, 'shop-manager') }))).toBe(
      'role-may-not',
    );
    expect(refused(undefined, recorded(typed(), { actor: actorAt('/HS/C2') }))).toBe(
      'outside-scope merchantPath',
    );
  });

  it('is one for one decision, however it is typed, so that two desks make no two of it', () => {
    const first = typed({ number: '虚市监处罚〔2026〕12号' });
    const second = typed({ number: '虚市监处罚[2026] 12号' });
    expect(isSameDecision(first, second)).toBe(true);
    expect(sanctionIdOf('m-1', first)).toBe(sanctionIdOf('m-1', second));
    expect(refused(stateOf(recorded(first)), recorded(second))).toBe('sanction-exists number');
    expect(refused(undefined, { ...recorded(first), stream: { kind: 'sanction', id: 'another' } })).toBe(
      'sanction-id number',
    );
    const ids = fc.tuple(
      fc.string({ maxLength: 12 }),
      fc.string({ maxLength: 12 }),
      fc.string({ maxLength: 12 }),
    );
    fc.assert(
      fc.property(ids, ids, ([m1, o1, n1], [m2, o2, n2]) => {
        const [a, b] = [
          { organ: o1, number: n1 },
          { organ: o2, number: n2 },
        ];
        const same = m1 === m2 && isSameDecision(a, b);
        expect(sanctionIdOf(m1, a) === sanctionIdOf(m2, b)).toBe(same);
        expect(sanctionIdOf(m1, a, 1)).not.toBe(sanctionIdOf(m1, a));
      }),
    );
  });

  it('takes duties once each, with proof, not before the decision nor ahead of time', () => {
    const state = stateOf(recorded(typed()));
    const done = (over: Record<string, unknown>): Fact =>
      follow(state, 'duty-done', { dutyId: 'pay', on: '2026-06-01', proof: '收据', evidence: null, ...over });
    expect(refused(state, done({ proof: '' }))).toBe('payload-invalid proof');
    expect(refused(state, done({ dutyId: 'other' }))).toBe('sanction-duty-unknown dutyId');
    expect(refused(state, done({ on: '2027-03-11' }))).toBe('date-in-future on');
    expect(refused(state, done({ on: '2026-05-05' }))).toBe('sanction-done-before on');
    const after = stateOf(recorded(typed()), () => done({}));
    expect(after.duties[0]?.done).toMatchObject({ on: '2026-06-01', proof: '收据' });
    expect(refused(after, done({}))).toBe('sanction-duty-done-already dutyId');
    expect(refused(after, correct({ duties: [] })(after))).toBe('sanction-duty-kept duties');
    expect(refused(after, correct({ determinedOn: '2026-06-02', publishedOn: null })(after))).toBe(
      'sanction-done-before determinedOn',
    );
    const reopened = stateOf(
      recorded(typed()),
      () => done({}),
      (one) => follow(one, 'duty-reopened', { dutyId: 'pay', reason: '退票' }),
    );
    expect(reopened.duties[0]?.done).toBeNull();
    expect(refused(reopened, follow(reopened, 'duty-reopened', { dutyId: 'pay', reason: '退票' }))).toBe(
      'sanction-duty-open dutyId',
    );
  });

  it('keeps documents of its decision, each once, and ten at most', () => {
    const document = (place: number) => ({
      sha256: place.toString(16).padStart(64, '0'),
      size: 10,
      mediaType: 'application/pdf',
      name: '决定书.pdf',
    });
    const attach =
      (place: number) =>
      (one: SanctionState): Fact =>
        follow(one, 'decision-attached', document(place));
    const kept = stateOf(recorded(typed()), attach(1), attach(2));
    expect(kept.documents).toEqual([document(1), document(2)]);
    expect(refused(kept, attach(2)(kept))).toBe('sanction-document-twice sha256');
    const full = stateOf(recorded(typed()), ...Array.from({ length: 10 }, (_, place) => attach(place)));
    expect(refused(full, attach(10)(full))).toBe('sanction-document-most sha256');
    const ended = stateOf(recorded(typed()), end());
    expect(refused(ended, attach(1)(ended))).toBe('sanction-ended-already');
    // A correction leaves them.
    expect(stateOf(recorded(typed()), attach(1), correct({})).documents).toEqual([document(1)]);
  });

  it('learns when it was published once, and ends once', () => {
    const state = stateOf(recorded(typed({ publishedOn: null })));
    const published =
      (on: string) =>
      (one: SanctionState): Fact =>
        follow(one, 'sanction-published', { on });
    expect(refused(state, published('2026-05-05')(state))).toBe('sanction-published-before on');
    expect(refused(state, published('2027-03-11')(state))).toBe('date-in-future on');
    const known = stateOf(recorded(typed({ publishedOn: null })), published('2026-05-07'));
    expect(known.publishedOn).toBe('2026-05-07');
    expect(refused(known, published('2026-05-08')(known))).toBe('sanction-published-already on');
    expect(refused(state, end({ on: '2027-03-11' })(state))).toBe('date-in-future on');
    expect(refused(state, end({ on: '2026-05-05' })(state))).toBe('sanction-ended-before on');
    expect(refused(state, end({ cause: 'annulled' })(state))).toBe('sanction-ending-number number');
    expect(refused(state, end({ cause: 'removed', number: '1' })(state))).toBe(
      'sanction-removed-from-list cause',
    );
    expect(refused(state, end({ effectiveAt: '2027-03-01T00:00:00+08:00' })(state))).toBe(
      'sanction-effective-before effectiveAt',
    );
    const ended = stateOf(recorded(typed()), end());
    for (const fact of [end()(ended), correct({})(ended), published(TODAY)(ended)])
      expect(refused(ended, fact)).toBe('sanction-ended-already');
    expect(refused(undefined, end()(ended))).toBe('sanction-missing');
  });

  it('is known where the merchant trades and above', () => {
    expect(sanctionSight({ unitPath: SHOP, windows: [] })).toEqual([SHOP, '/HS/C1/M01', '/HS/C1', '/HS']);
  });
});

/** Everybody but the district is an operator or a merchant. */
function context(records: Record<string, unknown> = {}): AdmissionContext<Rulebook> {
  return {
    levelOf: () => 4,
    partyOf: (path) => (path === '/HS' ? 'regulator' : 'operator'),
    rules: shippedRules,
    side: 'recording',
    receivedAt: null,
    source: { unitPath: '/HS', centre: false },
    exists: (path) => path.startsWith('/HS/C1'),
    person: () => undefined,
    record: ({ kind, id }) => records[`${kind}:${id}`],
  };
}

describe('what a record alone cannot tell', () => {
  const admitted = (fact: Fact, records: Record<string, unknown> = {}, before?: SanctionState): string => {
    const ruling = applySanction(before, fact);
    if (ruling.kind !== 'legal') throw new Error(JSON.stringify(ruling));
    const refusal = refusalOfSanction(before, fact, ruling.state, context(records));
    return refusal === null ? 'admitted' : [refusal.rule, refusal.field].join(' ');
  };
  const penalty = (over: Partial<CreditState['penalties'][number]> = {}): unknown => ({
    penalties: [
      {
        entryId: 'old',
        organ: typed().organ,
        number: typed().number,
        ended: null,
        class: 'ordinary',
        ...over,
      },
    ],
    listings: [],
  });

  it('is entered by a public body only', () => {
    expect(admitted(recorded(typed()))).toBe('admitted');
    expect(admitted(recorded(typed(), { actor: actorAt('/HS/C1') }))).toBe(
      'sanction-regulator-only unitPath',
    );
  });

  it('does not stand in the credit and in a record at once', () => {
    const credit = { 'credit:m-1': penalty() };
    expect(recordsOfSanction(recorded(typed()))).toContainEqual({ kind: 'credit', id: 'm-1' });
    expect(admitted(recorded(typed()), credit)).toBe('sanction-stands-in-credit number');
    expect(admitted(recorded(typed(), { continues: 'old' }), credit)).toBe('admitted');
    expect(admitted(recorded(typed(), { continues: 'none' }), credit)).toBe(
      'sanction-entry-unknown continues',
    );
    expect(admitted(recorded(typed()), { 'credit:m-1': penalty({ ended: {} as never }) })).toBe('admitted');
    // And the other way round: what has a record is not entered in the credit again.
    const state = stateOf(recorded(typed()));
    const { organ, number } = state;
    const entry = factOf(
      'credit',
      'm-1',
      'penalty-recorded',
      {
        entryId: 'x',
        merchantPath: SHOP,
        class: 'minor',
        organ,
        number: '虚市监处罚(2026)12号',
        on: '2026-05-06',
        text: '—',
      },
      officer,
      at(TODAY),
    );
    expect(recordsOfCredit(entry)).toEqual([{ kind: 'sanction', id: state.id }]);
    const after = { unitPath: SHOP } as CreditState;
    const records = { [`sanction:${state.id}`]: state };
    expect(refusalOfCreditFact(undefined, entry, after, context(records))?.rule).toBe(
      'credit-stands-as-record',
    );
    expect(refusalOfCreditFact(undefined, entry, after, context())).toBeNull();
    expect(
      refusalOfCreditFact(
        undefined,
        entry,
        after,
        context({ [`sanction:${state.id}`]: { ...state, number: `${number}之一` } }),
      ),
    ).toBeNull();
  });

  it('may take a number that another record bore and lost by a correction', () => {
    const wrong = stateOf(recorded(typed()), correct({ number: '虚市监处罚〔2026〕99号' }));
    expect(admitted(recorded(typed(), { again: 1 }), { [`sanction:${wrong.id}`]: wrong })).toBe('admitted');
    const right = stateOf(recorded(typed()));
    expect(admitted(recorded(typed(), { again: 1 }), { [`sanction:${right.id}`]: right })).toBe(
      'sanction-exists number',
    );
    expect(admitted(recorded(typed(), { again: 1 }))).toBe('sanction-exists number');
  });

  it('is over at the maximum and not before', () => {
    const state = stateOf(recorded(typed()));
    expect(admitted(end({ cause: 'expired' })(state), {}, state)).toBe('sanction-not-over cause');
    const old = stateOf(recorded(typed({ determinedOn: '2024-01-31', publishedOn: null })));
    expect(admitted(end({ cause: 'expired', on: '2027-01-31' })(old), {}, old)).toBe('admitted');
    expect(admitted(end({ cause: 'expired', on: '2027-01-30' })(old), {}, old)).toBe(
      'sanction-not-over cause',
    );
  });
});

describe('the grade', () => {
  type Step = 'recorded' | 'corrected' | 'ended' | 'duty';
  const steps = fc.array(
    fc.record({
      step: fc.constantFrom<Step>('corrected', 'ended', 'duty'),
      class: fc.option(fc.constantFrom(...SanctionClass.options)),
      kind: fc.constantFrom('penalty', 'penalty', 'severe-listing'),
      cause: fc.constantFrom('repaired', 'annulled', 'expired'),
    }),
    { maxLength: 6 },
  );

  it('counts each decision once, by its class as it is now, and not after its end, whatever the order of facts', () => {
    fc.assert(
      fc.property(
        fc.option(fc.constantFrom(...SanctionClass.options)),
        fc.boolean(),
        steps,
        (of, continues, all) => {
          const first = recorded(typed({ class: of }), { continues: continues ? 'old' : null });
          /** What counts now, by fact: the entry that stood in the credit, and what the record adds and takes away. */
          const counted = new Map<string, string>(continues ? [['old', 'penalty-ordinary']] : []);
          let state: SanctionState | undefined;
          const facts = [
            () => first,
            ...all.map(
              ({ step, class: next, kind, cause }, place) =>
                (one: SanctionState): Fact =>
                  step === 'duty'
                    ? follow(one, 'duty-done', { dutyId: 'pay', on: TODAY, proof: 'x', evidence: null })
                    : step === 'ended'
                      ? end({ cause, number: '1' })(one)
                      : correct({ kind, class: kind === 'penalty' ? next : null }, `e-${place}`)(one),
            ),
          ];
          for (const make of facts) {
            const fact = make(state as SanctionState);
            const ruling = applySanction(state, fact);
            if (ruling.kind !== 'legal') continue;
            const event: EventEnvelope = { ...fact, id: 'x', device: 'd', deviceSequence: 1 };
            const { add, retract } = observationsOf(
              state === undefined ? undefined : { kind: 'sanction', state },
              event,
              { kind: 'sanction', state: ruling.state },
              context(),
            );
            for (const factId of retract) counted.delete(factId);
            for (const { factId, indicator } of add) {
              expect(counted.has(factId)).toBe(false);
              counted.set(factId, indicator);
            }
            state = ruling.state;
          }
          if (state === undefined) return;
          const gone = state.ended !== null;
          expect([...counted.keys()]).toEqual(state.countedAs === null ? [] : [state.countedAs]);
          expect(gone && state.countedAs !== null).toBe(false);
          if (!gone && state.countedAs !== null && state.countedAs !== 'old')
            expect([...counted.values()]).toEqual([`penalty-${state.class}`]);
          if (!gone && state.kind === 'penalty' && state.class !== null) expect(counted.size).toBe(1);
        },
      ),
      { numRuns: 400 },
    );
  });

  it('is capped by a list while the record stands', () => {
    const severe = recorded(typed({ kind: 'severe-listing', class: null }));
    expect(listingOf(stateOf(severe))).toBe('severe');
    expect(listingOf(stateOf(severe, end({ cause: 'removed', number: '1' })))).toBeNull();
    expect(listingOf(stateOf(recorded(typed({ kind: 'abnormal-listing', class: null }))))).toBe('abnormal');
    expect(listingOf(stateOf(recorded(typed())))).toBeNull();
  });
});

describe('the roll-up', () => {
  it('counts a record and its end at the merchant’s unit, each on its day', () => {
    const first = recorded(typed());
    const state = stateOf(first);
    expect(sanctionDeltas(undefined, first, state).counters).toEqual([
      { path: SHOP, day: TODAY, metric: 'sanctions-recorded', dimension: '', value: 1 },
    ]);
    const count = (over: Record<string, unknown>): string | undefined => {
      const fact = end(over)(state);
      return sanctionDeltas(
        state,
        fact,
        stateOf(first, () => fact),
      ).counters[0]?.metric;
    };
    expect(count({ on: '2027-03-09' })).toBe('sanctions-repaired');
    expect(count({ cause: 'annulled', number: '1' })).toBe('sanctions-ended-otherwise');
    expect(sanctionDeltas(state, correct({})(state), state).counters).toEqual([]);
  });
});
