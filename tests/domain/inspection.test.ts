import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { CreditState } from '../../src/domain/credit/index.ts';
import { applyAttention, type AttentionState } from '../../src/domain/inspection/attention.ts';
import { notCommended } from '../../src/domain/inspection/commend.ts';
import { applyCommendation } from '../../src/domain/inspection/commendation.ts';
import { defaultPlan } from '../../src/domain/inspection/default-plan.ts';
import { attentionDeltas, guidanceDeltas, inspectionDeltas } from '../../src/domain/inspection/deltas.ts';
import {
  type CandidateClass,
  candidatesText,
  countDrawn,
  drawFrom,
  seedOf,
} from '../../src/domain/inspection/draw.ts';
import { applyGuidance, type GuidanceState } from '../../src/domain/inspection/guidance.ts';
import {
  applyInspection,
  inspectionSight,
  type InspectionState,
} from '../../src/domain/inspection/inspection.ts';
import { faultOfPlan, type InspectionPlan, isGrade } from '../../src/domain/inspection/plan.ts';
import { applyPlan, planOn } from '../../src/domain/inspection/published-plan.ts';
import type { Actor, Fact } from '../../src/domain/kernel/event/event.ts';
import type { Ruling } from '../../src/domain/kernel/event/ruling.ts';
import { NOTHING_OBSERVED } from '../../src/domain/credit/index.ts';
import { observationsOf } from '../../src/domain/observations.ts';
import { shippedRules } from '../../src/domain/procedure/index.ts';
import type { StreamKind } from '../../src/domain/streams.ts';
import { candidatesHash } from '../../src/protocol/verify-draw.ts';
import { actorAt, factOf } from '../support/facts.ts';

const drawer = actorAt('/HS', 'supervisor');
const witness = actorAt('/HS', 'mediator');
const mall = actorAt('/HS/C1/M01', 'mediator');
const TODAY = '2026-03-10';

/** Seeds of the form that people give, and classes of up to sixty merchants with any share. */
const seeds = fc.stringMatching(/^[A-Za-z0-9]{4,12}$/);
const classesOf = fc
  .array(fc.record({ perMille: fc.integer({ min: 0, max: 1000 }), size: fc.integer({ min: 0, max: 60 }) }), {
    minLength: 1,
    maxLength: 7,
  })
  .map((all) =>
    all.map(({ perMille, size }, place): CandidateClass => ({
      class: String.fromCodePoint(65 + place),
      perMille,
      candidates: Array.from({ length: size }, (_, index) => `m-${place}-${index}`),
    })),
  );

describe('a draw', () => {
  it('is the same for the same input, whatever order candidates come in', () => {
    fc.assert(
      fc.property(classesOf, seeds, fc.infiniteStream(fc.nat()), (classes, seed, order) => {
        const shuffled = classes.map((one) => ({
          ...one,
          candidates: one.candidates
            .map((id) => ({ id, key: order.next().value ?? 0 }))
            .toSorted((a, b) => a.key - b.key)
            .map(({ id }) => id),
        }));
        expect(drawFrom(shuffled, seed)).toEqual(drawFrom(classes, seed));
        expect(candidatesText(shuffled.toReversed())).toBe(candidatesText(classes));
        expect(candidatesHash(shuffled)).toBe(candidatesHash(classes));
      }),
    );
  });

  it('takes of each class its share within one, each merchant once, and no stranger', () => {
    fc.assert(
      fc.property(classesOf, seeds, (classes, seed) => {
        for (const [place, { merchantIds }] of drawFrom(classes, seed).entries()) {
          const { candidates = [], perMille = 0 } = classes[place] ?? {};
          expect(Math.abs(merchantIds.length - (candidates.length * perMille) / 1000)).toBeLessThan(1);
          expect(new Set(merchantIds).size).toBe(merchantIds.length);
          expect(merchantIds.every((id) => candidates.includes(id))).toBe(true);
        }
      }),
    );
  });

  it('gives each candidate the chance of its class alone, in large classes and in small', () => {
    const rounds = 4000;
    const shares = [30, 100, 300, 600, 1000];
    const classes = shares.flatMap((perMille, place) =>
      [1, 7].map((size) => ({
        class: `${place}-${size}`,
        perMille,
        candidates: Array.from({ length: size }, (_, index) => `m-${place}-${size}-${index}`),
      })),
    );
    const drawn = new Map<string, number>();
    for (let round = 0; round < rounds; round += 1)
      for (const { merchantIds } of drawFrom(classes, `seed-${round}`))
        for (const id of merchantIds) drawn.set(id, (drawn.get(id) ?? 0) + 1);
    for (const { perMille, candidates } of classes)
      for (const id of candidates) {
        const share = perMille / 1000;
        // Four and a half deviations: one in a hundred thousand, for forty candidates.
        const bound = 4.5 * Math.sqrt((share * (1 - share)) / rounds);
        expect(Math.abs((drawn.get(id) ?? 0) / rounds - share), id).toBeLessThanOrEqual(bound);
      }
  });

  it('leaves what other classes come to alone when one changes', () => {
    fc.assert(
      fc.property(classesOf, seeds, (classes, seed) => {
        const [first, ...rest] = drawFrom(classes, seed);
        const [one, ...others] = classes;
        if (!one || !first) return;
        const grown = [{ ...one, candidates: [...one.candidates, 'one-more'] }, ...others];
        expect(drawFrom(grown, seed).slice(1)).toEqual(rest);
        expect(candidatesText(grown)).not.toBe(candidatesText(classes));
      }),
    );
    expect(countDrawn({ class: 'A', perMille: 0, candidates: ['x'] }, 'seed')).toBe(0);
    expect(countDrawn({ class: 'A', perMille: 1000, candidates: ['x', 'y'] }, 'seed')).toBe(2);
  });
});

/** The state after these facts, or the rule and field that one of them is refused by. */
function run<State>(
  kind: StreamKind,
  apply: (state: State | undefined, fact: Fact) => Ruling<State>,
  ...steps: [type: string, payload: unknown, actor: Actor, at?: string][]
): State | string {
  let state: State | undefined;
  for (const [type, payload, actor, at] of steps) {
    const ruling = apply(
      state,
      factOf(kind, kind === 'inspection-plan' ? 'HS' : 'one', type, payload, actor, at),
    );
    if (ruling.kind === 'illegal') return `${ruling.refusal.rule} ${ruling.refusal.field ?? ''}`.trim();
    if (ruling.kind !== 'legal') throw new Error(`${type} is not known`);
    ({ state } = ruling);
  }
  if (state === undefined) throw new Error('Nothing came of it');
  return state;
}

const CLASSES = [
  { class: 'A', perMille: 0, manner: 'guidance', candidates: ['a1', 'a2'] },
  { class: 'E', perMille: 1000, manner: 'key', candidates: ['e1', 'e2'] },
];
const PREPARED = {
  unitPath: '/HS/C1',
  day: TODAY,
  planVersion: 1,
  classes: CLASSES,
  candidatesHash: candidatesHash(CLASSES),
  drawerSeed: '4711',
};
const MADE = { witnessSeed: '0815', drawn: drawFrom(CLASSES, seedOf('4711', '0815')) };
const draw = (...steps: [type: string, payload: unknown, actor: Actor][]): InspectionState | string =>
  run('inspection', applyInspection, ...steps);
const result = (over: object = {}): object => ({
  resultId: 'r1',
  merchantId: 'e1',
  on: TODAY,
  outcome: 'finding',
  text: '未明码标价',
  creditFactId: null,
  ...over,
});

describe('the record of a draw', () => {
  it('is made by two people, the second of whom has not the first half of the seed to choose', () => {
    const made = draw(['draw-prepared', PREPARED, drawer], ['draw-made', MADE, witness]);
    expect(made).toMatchObject({ made: { witness: { staffId: witness.staffId }, drawn: MADE.drawn } });
    expect(draw(['draw-prepared', PREPARED, drawer], ['draw-made', MADE, drawer])).toBe(
      'draw-same-person witnessSeed',
    );
    const twice: [string, unknown, Actor] = ['draw-made', MADE, witness];
    expect(draw(['draw-prepared', PREPARED, drawer], twice, twice)).toBe('draw-made-already');
    expect(inspectionSight(made as InspectionState)).toEqual(['/HS']);
  });

  it('is refused wherever it arrives with another list than seed and shares give', () => {
    const other = MADE.drawn.map((one) => ({ ...one, merchantIds: one.merchantIds.toReversed() }));
    for (const drawn of [other, [], [...MADE.drawn, { class: 'B', merchantIds: ['x'] }]])
      expect(draw(['draw-prepared', PREPARED, drawer], ['draw-made', { ...MADE, drawn }, witness])).toBe(
        'draw-differs drawn',
      );
  });

  it('names field and rule of what is wrong', () => {
    const wrong: [string, object][] = [
      ['date-in-future day', { day: '2026-03-11' }],
      ['draw-empty unitPath', { classes: [{ ...CLASSES[0], candidates: [] }] }],
      ['draw-candidate-repeated classes', { classes: [{ ...CLASSES[0], candidates: ['a', 'a'] }] }],
      ['draw-class-repeated classes', { classes: [CLASSES[0], CLASSES[0]] }],
      ['outside-scope unitPath', { unitPath: '/HT' }],
      ['payload-invalid drawerSeed', { drawerSeed: '1' }],
    ];
    for (const [rule, over] of wrong)
      expect(draw(['draw-prepared', { ...PREPARED, ...over }, drawer]), rule).toBe(rule);
    expect(draw(['draw-prepared', PREPARED, actorAt('/HS', 'shop-manager')])).toBe('role-may-not');
  });

  it('takes results of the drawn only, the last of each counted once', () => {
    const begun: [string, unknown, Actor][] = [
      ['draw-prepared', PREPARED, drawer],
      ['draw-made', MADE, witness],
    ];
    const rules: [string, object][] = [
      ['draw-not-drawn merchantId', { merchantId: 'a1' }],
      ['draw-result-before on', { on: '2026-03-09' }],
      ['date-in-future on', { on: '2026-03-11' }],
      ['payload-invalid creditFactId', { outcome: 'credit-fact' }],
      ['payload-invalid text', { text: '' }],
    ];
    for (const [rule, over] of rules)
      expect(draw(...begun, ['result-recorded', result(over), drawer]), rule).toBe(rule);
    const steps: [string, unknown, Actor][] = [
      ...begun,
      ['result-recorded', result({ outcome: 'not-reached', text: '' }), drawer],
      ['result-recorded', result({ resultId: 'r2' }), drawer],
      ['result-recorded', result({ resultId: 'r3', outcome: 'nothing-found' }), witness],
    ];
    const sums: Record<string, number> = {};
    let before: InspectionState | undefined;
    for (const [type, payload, actor] of steps) {
      const fact = factOf('inspection', 'one', type, payload, actor);
      const ruling = applyInspection(before, fact);
      if (ruling.kind !== 'legal') throw new Error(type);
      for (const { metric, value } of inspectionDeltas(before, fact, ruling.state).counters)
        sums[metric] = (sums[metric] ?? 0) + value;
      before = ruling.state;
    }
    expect(sums).toEqual({ 'inspections-drawn': 2, 'inspections-done': 1, 'inspections-with-finding': 0 });
  });

  it('stays on record when it is abandoned, and is drawn no more', () => {
    const given: [string, unknown, Actor][] = [
      ['draw-prepared', PREPARED, drawer],
      ['draw-abandoned', { reason: '单位选错' }, drawer],
    ];
    expect(draw(...given)).toMatchObject({ abandoned: { reason: '单位选错' }, made: null });
    expect(draw(...given, ['draw-made', MADE, witness])).toBe('draw-abandoned');
    expect(draw(...given, ['result-recorded', result(), drawer])).toBe('draw-not-made');
  });
});

describe('a plan', () => {
  const plan = (over: Partial<InspectionPlan> = {}): InspectionPlan => ({
    ...defaultPlan,
    effectiveFrom: '2026-04-01',
    ...over,
  });
  const publish = (over: object = {}, actor = drawer): unknown =>
    run('inspection-plan', applyPlan, [
      'inspection-plan-published',
      { version: 2, plan: plan(), ...over },
      actor,
    ]);

  it('ships with each share tagged by its source, as the published example has it', () => {
    expect(defaultPlan.classes.map(({ class: name, perMille }) => [name, perMille])).toEqual([
      ['A', 30],
      ['B', 100],
      ['C', 300],
      ['D', 600],
      ['E', 1000],
      ['not-rated', 100],
      ['pending', 100],
    ]);
    expect(defaultPlan.classes.every(({ source }) => source.text !== '' && source.tag === 'assumption')).toBe(
      true,
    );
    expect(faultOfPlan(plan(), defaultPlan.effectiveFrom, TODAY)).toBeNull();
  });

  it('is published in versions, and a draw is made by the one of its day', () => {
    const state = run('inspection-plan', applyPlan, [
      'inspection-plan-published',
      { version: 2, plan: plan() },
      drawer,
    ]);
    if (typeof state === 'string') throw new Error(state);
    expect(planOn(state, '2026-03-31').version).toBe(1);
    expect(planOn(state, '2026-04-01').version).toBe(2);
    expect(planOn(undefined, TODAY).version).toBe(1);
  });

  it('names field and rule of what is wrong, and is published at the top only', () => {
    const { classes } = defaultPlan;
    const [first] = classes;
    if (!first) throw new Error('No classes');
    expect(publish({ version: 3 })).toBe('plan-version version');
    expect(publish({ plan: plan({ classes: [...classes, first] }) })).toBe(
      'plan-class-repeated classes.7.class',
    );
    expect(publish({ plan: plan({ classes: classes.slice(0, -1) }) })).toBe('plan-class-missing classes');
    const falling = classes.map((one) => (one.class === 'D' ? { ...one, perMille: 200 } : one));
    expect(publish({ plan: plan({ classes: falling }) })).toBe('plan-share-falls classes.3.perMille');
    expect(publish({ plan: plan({ effectiveFrom: '2026-03-09' }) })).toBe('plan-date effectiveFrom');
    expect(publish({ plan: plan({ effectiveFrom: '2000-01-01' }) })).toBe('plan-date effectiveFrom');
    expect(publish({}, actorAt('/HS/C1', 'supervisor'))).toBe('published-at-the-top unitPath');
    expect(publish({}, witness)).toBe('role-may-not');
  });

  it('of any shares is sound just where none falls as grades get worse', () => {
    const shares = fc.array(fc.integer({ min: 0, max: 1000 }), { minLength: 7, maxLength: 7 });
    fc.assert(
      fc.property(shares, (perMilles) => {
        const classes = defaultPlan.classes.map((one, place) => ({
          ...one,
          perMille: perMilles[place] ?? 0,
        }));
        const grades = classes.filter((one) => isGrade(one.class)).map((one) => one.perMille);
        const rising = grades.every((one, place) => place === 0 || one >= (grades[place - 1] ?? 0));
        expect(faultOfPlan(plan({ classes }), '2000-01-01', TODAY) === null).toBe(rising);
      }),
    );
  });
});

describe('advice by appointment', () => {
  const SLOT = '2026-03-12T02:00:00.000Z';
  const OFFER = {
    merchantId: 'm1',
    merchantName: '虚构服饰店',
    merchantPath: '/HS/C1/M01',
    subject: '明码标价',
    slots: [SLOT, '2026-03-13T02:00:00.000Z'],
    drawId: null,
  };
  const HELD = {
    on: '2026-03-12',
    officer: '王一',
    findings: '价签缺失',
    promises: ['补齐价签'],
    recheckOn: '2026-03-20',
  };
  const LATER = '2026-03-12T06:00:00.000Z';
  const guidance = (...steps: [string, unknown, Actor, string?][]): GuidanceState | string =>
    run('guidance', applyGuidance, ['guidance-offered', OFFER, drawer], ...steps);
  const chosen: [string, unknown, Actor] = [
    'guidance-slot-chosen',
    { slot: SLOT, contact: '店长' },
    actorAt('/HS/C1/M01', 'shop-manager'),
  ];

  it('goes from the offer over the merchant’s choice to the second look', () => {
    const state = guidance(
      chosen,
      ['guidance-held', HELD, drawer, LATER],
      ['guidance-rechecked', { on: '2026-03-20', kept: true, text: '' }, drawer, '2026-03-20T02:00:00.000Z'],
    );
    expect(state).toMatchObject({
      status: 'rechecked',
      held: { promises: ['补齐价签'] },
      rechecked: { kept: true },
    });
    const held = guidance(chosen, ['guidance-held', HELD, drawer, LATER]) as GuidanceState;
    const fact = factOf('guidance', 'one', 'guidance-held', HELD, drawer, LATER);
    expect(guidanceDeltas(undefined, fact, held).counters).toEqual([
      { path: '/HS/C1/M01', day: '2026-03-12', metric: 'guidances-held', dimension: '', value: 1 },
    ]);
    // It gives no penalty, and counts neither for nor against.
    const envelope = { ...fact, id: crypto.randomUUID(), device: 'd', deviceSequence: 1 };
    const context = { levelOf: () => 1, partyOf: () => 'operator' as const, rules: shippedRules };
    expect(observationsOf(undefined, envelope, { kind: 'guidance', state: held }, context)).toBe(
      NOTHING_OBSERVED,
    );
  });

  it('names field and rule of what is wrong', () => {
    expect(
      run('guidance', applyGuidance, [
        'guidance-offered',
        { ...OFFER, slots: ['2026-03-10T01:00:00Z'] },
        drawer,
      ]),
    ).toBe('guidance-slot-past slots.0');
    expect(guidance(['guidance-slot-chosen', { slot: LATER, contact: '店长' }, mall])).toBe(
      'guidance-slot-unknown slot',
    );
    expect(guidance(['guidance-held', HELD, drawer, LATER])).toBe('guidance-not-now');
    expect(guidance(chosen, ['guidance-held', { ...HELD, recheckOn: '2026-03-12' }, drawer, LATER])).toBe(
      'guidance-recheck-before recheckOn',
    );
    expect(guidance(chosen, ['guidance-held', HELD, actorAt('/HS/C1/M01', 'shop-manager'), LATER])).toBe(
      'role-may-not',
    );
    expect(guidance(['guidance-cancelled', { reason: '歇业' }, drawer], chosen)).toBe('guidance-not-now');
  });
});

describe('who is commended', () => {
  type Known = Parameters<typeof notCommended>[0];
  const RULE = { month: '2026-10', months: 6, topGrade: 'A', today: '2026-11-20' };
  const past = (month: string, grade: string | null): CreditState['past'][number] => ({
    month,
    outcome: grade === null ? 'not-rated' : 'graded',
    grade,
    points: 900,
    policyVersion: 1,
    cause: 'monthly',
    at: `${month}-28T00:00:00Z`,
  });
  const known = (over: Partial<Known> = {}): Known => ({
    grade: null,
    past: [past('2026-05', 'A')],
    penalties: [],
    listings: [],
    objections: [],
    overrides: [],
    correction: false,
    ...over,
  });
  const done = { at: '2026-11-01T00:00:00Z', staffId: 's', name: '某', unitPath: '/HS' };
  const penalty = (on: string, ended: CreditState['penalties'][number]['ended'] = null) => ({
    entryId: on,
    merchantPath: '/HS',
    class: 'minor' as const,
    number: '1',
    organ: '区局',
    on,
    text: '虚构',
    recorded: done,
    ended,
  });

  it('had the highest grade in each month, each holding until the next was published', () => {
    expect(notCommended(known(), [], RULE)).toBeNull();
    expect(notCommended(known(), [], { ...RULE, months: 7 })).toBe('grade');
    expect(
      notCommended(
        known({ past: [past('2026-10', 'A'), past('2026-08', 'B'), past('2026-01', 'A')] }),
        [],
        RULE,
      ),
    ).toBe('grade');
    // Of one month the later takes the earlier's place.
    expect(
      notCommended(
        known({ past: [past('2026-08', 'A'), past('2026-08', 'B'), past('2026-01', 'A')] }),
        [],
        RULE,
      ),
    ).toBeNull();
    const override = {
      overrideId: 'o',
      grade: 'B',
      reason: '虚构',
      until: '2026-12-01',
      proposed: done,
      confirmed: done,
    };
    expect(notCommended(known({ overrides: [override] }), [], RULE)).toBe('grade');
  });

  it('was not penalized in the time, stands on no list and is not under objection', () => {
    const penalized = (one: CreditState['penalties'][number]) =>
      notCommended(known({ penalties: [one] }), [], RULE);
    const ended = (cause: 'annulled' | 'repaired') => ({
      penaltyId: 'p',
      cause,
      number: '2',
      on: '2026-10-01',
    });
    expect(penalized(penalty('2026-05-01'))).toBe('penalty');
    expect(penalized(penalty('2026-04-30'))).toBeNull();
    expect(penalized(penalty('2026-06-01', ended('repaired')))).toBeNull();
    expect(penalized(penalty('2026-06-01', ended('annulled')))).toBeNull();
    const listing = {
      entryId: 'l',
      merchantPath: '/HS',
      listing: 'abnormal' as const,
      number: null,
      organ: null,
      on: null,
      ground: '虚构',
      recorded: done,
      ended: null,
    };
    expect(notCommended(known({ listings: [listing] }), [], RULE)).toBe('listing');
    const objection = {
      objectionId: 'o',
      month: '2026-10',
      facts: [],
      text: '虚构',
      lateBecause: null,
      made: done,
      extended: null,
      decided: null,
    };
    expect(notCommended(known({ objections: [objection] }), [], RULE)).toBe('pending');
    expect(notCommended(known({ correction: true }), [], RULE)).toBe('pending');
  });

  it('is never added by one more penalty or a longer time', () => {
    const month = fc.integer({ min: 1, max: 10 }).map((number) => `2026-${String(number).padStart(2, '0')}`);
    const histories = fc.uniqueArray(fc.tuple(month, fc.constantFrom('A', 'B', null)), {
      selector: ([name]) => name,
      maxLength: 10,
    });
    fc.assert(
      fc.property(histories, fc.integer({ min: 1, max: 9 }), month, (history, months, penalized) => {
        const state = known({
          past: history.toSorted(([a], [b]) => (a < b ? 1 : -1)).map(([name, grade]) => past(name, grade)),
        });
        const rule = { ...RULE, months };
        if (notCommended(state, [], rule) === null) return;
        expect(notCommended(state, [], { ...rule, months: months + 1 })).not.toBeNull();
        expect(notCommended({ ...state, penalties: [penalty(`${penalized}-15`)] }, [], rule)).not.toBeNull();
      }),
    );
  });

  it('stands once on a list, or is left off it with a reason, and may be taken off later', () => {
    const one = (merchantId: string) => ({ merchantId, name: '虚构', merchantPath: '/HS/C1', points: 900 });
    const list = {
      unitPath: '/HS',
      month: '2026-02',
      months: 6,
      topGrade: 'A',
      merchants: [one('a'), one('b')],
      leftOff: [{ ...one('c'), reason: '在诉' }],
    };
    const commend = (...steps: [string, unknown, Actor][]): unknown =>
      run('commendation', applyCommendation, ...steps);
    expect(commend(['commendation-published', list, drawer])).toMatchObject({
      leftOff: [{ reason: '在诉' }],
    });
    expect(commend(['commendation-published', { ...list, merchants: [one('c')] }, drawer])).toBe(
      'commendation-twice merchants',
    );
    expect(
      commend(['commendation-published', { ...list, leftOff: [{ ...one('c'), reason: '' }] }, drawer]),
    ).toBe('payload-invalid leftOff.0.reason');
    const off: [string, unknown, Actor] = [
      'commendation-withdrawn',
      { merchantId: 'a', reason: '处罚' },
      drawer,
    ];
    expect(commend(['commendation-published', list, drawer], off)).toMatchObject({
      withdrawn: [{ merchantId: 'a' }],
    });
    expect(commend(['commendation-published', list, drawer], off, off)).toBe(
      'commendation-off-already merchantId',
    );
    expect(commend(['commendation-published', list, witness])).toBe('role-may-not');
  });
});

describe('a list of repeat merchants', () => {
  const PUSHED = {
    ownerPath: '/HS/C1/M01',
    from: '2026-01-01',
    to: '2026-02-28',
    least: 3,
    merchants: [
      { merchantId: 'm1', name: '虚构服饰店', count: 5 },
      { merchantId: 'm2', name: '虚构鞋店', count: 3 },
    ],
    dueOn: '2026-03-31',
    text: '请约谈并整改',
  };
  const acted = (merchantId: string): [string, unknown, Actor] => [
    'attention-acted',
    { actionId: `a-${merchantId}`, merchantId, on: TODAY, text: '已约谈' },
    mall,
  ];
  const EVALUATED = { verdict: 'improved', after: [{ merchantId: 'm1', count: 0 }], text: '未再发生' };
  const list = (...steps: [string, unknown, Actor][]): AttentionState | string =>
    run('attention', applyAttention, ['attention-pushed', PUSHED, drawer], ...steps);
  const taken: [string, unknown, Actor] = ['attention-taken', {}, mall];

  it('is closed by who sent it, once its owner has done something for each merchant', () => {
    expect(list(taken, acted('m1'), ['attention-evaluated', EVALUATED, drawer])).toBe('attention-not-acted');
    const closed = list(taken, acted('m1'), acted('m2'), ['attention-evaluated', EVALUATED, drawer]);
    expect(closed).toMatchObject({
      status: 'evaluated',
      owner: { staffId: mall.staffId },
      actions: [{}, {}],
    });
    const counted = (type: string): unknown =>
      attentionDeltas(undefined, factOf('attention', 'one', type, {}, drawer), closed as AttentionState)
        .counters;
    expect(counted('attention-pushed')).toMatchObject([
      { path: '/HS/C1/M01', metric: 'attention-pushed', value: 1 },
    ]);
    expect(counted('attention-evaluated')).toMatchObject([{ metric: 'attention-evaluated', value: 1 }]);
    expect(counted('attention-acted')).toEqual([]);
  });

  it('goes down only, and nobody acts or evaluates who has not to', () => {
    const push = (over: object, actor = drawer): unknown =>
      run('attention', applyAttention, ['attention-pushed', { ...PUSHED, ...over }, actor]);
    expect(push({ ownerPath: '/HS' })).toBe('attention-not-below ownerPath');
    expect(push({}, actorAt('/HS/C2', 'supervisor'))).toBe('attention-not-below ownerPath');
    expect(push({ dueOn: '2026-03-09' })).toBe('attention-due-past dueOn');
    expect(push({ to: '2025-12-31' })).toBe('payload-invalid to');
    expect(list(acted('m1'))).toBe('attention-not-taken');
    expect(list(['attention-taken', {}, drawer])).toBe('attention-not-owner');
    expect(list(taken, acted('m3'))).toBe('attention-not-on merchantId');
    expect(list(taken, acted('m1'), acted('m2'), ['attention-evaluated', EVALUATED, mall])).toBe(
      'attention-not-sender',
    );
  });
});
