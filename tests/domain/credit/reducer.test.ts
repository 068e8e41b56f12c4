import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { CreditEventType } from '../../../src/domain/credit/events.ts';
import { applyCredit } from '../../../src/domain/credit/reducer.ts';
import {
  type CreditState,
  isDisputed,
  overrideOn,
  pendingBecause,
} from '../../../src/domain/credit/state.ts';
import type { AdmissionContext } from '../../../src/domain/kernel/event/admission.ts';
import type { Actor, Fact, Role } from '../../../src/domain/kernel/event/event.ts';
import { decisionEnds, filingEnds, refusalOfCreditFact } from '../../../src/domain/credit/admission.ts';
import { type Rulebook, shippedRules } from '../../../src/domain/procedure/rulebook.ts';
import { actorAt, ADMINISTRATOR, factOf } from '../../support/facts.ts';

const SHOP = '/HS/C1/M01/S001';
const MALL = '/HS/C1/M01';
const DISTRICT = '/HS';
const at = (day: string): string => `${day}T02:00:00.000Z`;
const person = (staffId: string, unitPath: string, role: Role): Actor => ({
  ...actorAt(unitPath, role),
  staffId,
});
const shop = person('shop', SHOP, 'shop-manager');
const first = person('first', DISTRICT, 'supervisor');
const second = person('second', DISTRICT, 'supervisor');

function grade(over: Record<string, unknown> = {}): Record<string, unknown> {
  return {
    merchantPath: SHOP,
    month: '2026-10',
    policyVersion: 1,
    category: 'enterprise',
    outcome: 'graded',
    base: 800,
    points: 790,
    grade: 'C',
    gradeOfPoints: 'C',
    lines: [
      { kind: 'rate', indicator: 'returns-granted', points: -10, good: 1, bad: 4, mean: 8000, weight: 4 },
    ],
    interval: { low: 760, high: 820, worst: 'C', best: 'B' },
    matters: 5,
    reasons: [{ code: 'returns-granted', lost: 32, facts: ['fact-1', 'fact-2'] }],
    recordedBy: ['second'],
    limits: { file: 5, fileApproved: 20, decide: 5, decideApproved: 20, overrideDays: 180 },
    cause: 'monthly',
    ...over,
  };
}

const fact = (type: CreditEventType, payload: unknown, actor: Actor, day = '2026-11-02'): Fact =>
  factOf('credit', 'm-1', type, payload, actor, at(day));
const published = (over: Record<string, unknown> = {}, day = '2026-11-01'): Fact =>
  fact('grade-published', grade(over), { ...ADMINISTRATOR, unitPath: SHOP }, day);
const notice = (day: string): Fact =>
  fact('notice-given', { month: '2026-10', manner: 'paper', on: day }, first, day);
const objection = (day: string, over: Record<string, unknown> = {}, by = shop): Fact =>
  fact(
    'objection-made',
    { objectionId: 'o-1', month: '2026-10', facts: ['fact-1'], text: '不是我店', lateBecause: null, ...over },
    by,
    day,
  );
const decided = (upheld: boolean, by: Actor, day = '2026-11-05'): Fact =>
  fact('objection-decided', { objectionId: 'o-1', upheld, reason: '核实' }, by, day);

/** What a run of facts comes to: the state, or the rule of the first that is refused. */
function after(...facts: Fact[]): CreditState {
  let state: CreditState | undefined;
  for (const one of facts) {
    const ruling = applyCredit(state, one);
    if (ruling.kind !== 'legal') throw new Error(JSON.stringify(ruling));
    state = ruling.state;
  }
  if (!state) throw new Error('Nothing happened');
  return state;
}
const refused = (state: CreditState | undefined, one: Fact): unknown => {
  const ruling = applyCredit(state, one);
  return ruling.kind === 'illegal' ? [ruling.refusal.field, ruling.refusal.rule] : ruling.kind;
};

const context: AdmissionContext<Rulebook> = {
  side: 'receiving',
  receivedAt: '2027-01-01T00:00:00.000Z',
  source: { unitPath: SHOP, centre: false },
  rules: shippedRules,
  levelOf: () => 1,
  partyOf: (path) => (path === DISTRICT ? 'regulator' : path === SHOP ? 'merchant' : 'operator'),
  exists: (path) => [SHOP, MALL, DISTRICT].includes(path),
  record: () => undefined,
  person: () => undefined,
};
const admitted = (state: CreditState | undefined, one: Fact): unknown => {
  const ruling = applyCredit(state, one);
  if (ruling.kind !== 'legal') return ruling;
  const refusal = refusalOfCreditFact(state, one, ruling.state, context);
  return refusal === null ? 'admitted' : [refusal.field, refusal.rule];
};

describe('a published grade', () => {
  it('is the sum of its explanation, and graded or not', () => {
    expect(refused(undefined, published({ points: 791 }))).toEqual(['points', 'payload-invalid']);
    expect(refused(undefined, published({ grade: null }))).toEqual(['grade', 'payload-invalid']);
    expect(refused(undefined, published({ outcome: 'not-rated' }))).toEqual(['grade', 'payload-invalid']);
  });

  it('is the centre’s alone, and its months go forward', () => {
    expect(refused(undefined, fact('grade-published', grade(), shop))).toEqual([undefined, 'role-may-not']);
    const state = after(published(), published({ month: '2026-11' }));
    expect(refused(state, published({ month: '2026-10' }))).toEqual(['month', 'credit-month-order']);
    expect(state.past.map(({ month }) => month)).toEqual(['2026-10']);
  });

  it('is pending exactly while an objection is open, or until what holds no more has been graded anew', () => {
    const steps = fc.array(
      fc.constantFrom('publish', 'object', 'uphold', 'dismiss', 'penalty', 'end', 'reply'),
      {
        maxLength: 14,
      },
    );
    fc.assert(
      fc.property(steps, (names) => {
        let state = after(published());
        // Told by the steps alone, without the state's own marks.
        let [objected, changed] = [false, false];
        names.forEach((name, place) => {
          const open = state.objections.find((one) => one.decided === null)?.objectionId ?? 'none';
          const standing = state.penalties.find(({ ended }) => ended === null)?.entryId ?? 'none';
          const penalty = { class: 'minor', number: '1', organ: '局', on: '2026-11-01', text: '虚构' };
          const step = {
            publish: published(),
            object: objection('2026-11-02', { objectionId: `o-${place}`, facts: [] }),
            uphold: fact('objection-decided', { objectionId: open, upheld: true, reason: '核实' }, first),
            dismiss: fact('objection-decided', { objectionId: open, upheld: false, reason: '核实' }, first),
            penalty: fact(
              'penalty-recorded',
              { entryId: `p-${place}`, merchantPath: SHOP, ...penalty },
              first,
            ),
            end: fact(
              'penalty-ended',
              { penaltyId: standing, cause: 'annulled', number: '2', on: '2026-11-01' },
              first,
            ),
            reply: fact('reply-given', { text: '说明' }, shop),
          }[name];
          const ruling = applyCredit(state, step);
          if (ruling.kind !== 'legal') return;
          state = ruling.state;
          if (name === 'object') objected = true;
          if (name === 'uphold' || name === 'dismiss') objected = false;
          if (name === 'uphold' || name === 'penalty' || name === 'end') changed = true;
          if (name === 'publish') changed = false;
          expect(pendingBecause(state)).toBe(objected ? 'objection' : changed ? 'correction' : null);
        });
      }),
    );
  });

  it('says which grade it took the place of, and which lines differ by how much', () => {
    const lines = [
      { kind: 'rate', indicator: 'returns-granted', points: 5, good: 6, bad: 1, mean: 8000, weight: 4 },
    ];
    const state = after(
      published(),
      published({ points: 805, grade: 'B', gradeOfPoints: 'B', lines, reasons: [] }),
    );
    expect(state.grade?.before).toEqual({
      month: '2026-10',
      grade: 'C',
      points: 790,
      policyVersion: 1,
      at: at('2026-11-01'),
      lines: [{ indicator: 'returns-granted', from: -10, to: 5 }],
    });
    expect(after(published()).grade?.before).toBeUndefined();
  });

  it('is never given while an objection is open, whatever comes before', () => {
    const steps = fc.array(fc.constantFrom('publish', 'object', 'decide', 'reply', 'request'), {
      maxLength: 14,
    });
    fc.assert(
      fc.property(steps, (names) => {
        let state = after(published());
        names.forEach((name, place) => {
          const objectionId = `o-${place}`;
          const open = state.objections.find((one) => one.decided === null)?.objectionId ?? 'none';
          const step = {
            publish: published(),
            object: objection('2026-11-02', { objectionId, facts: [] }),
            decide: fact('objection-decided', { objectionId: open, upheld: false, reason: '核实' }, first),
            reply: fact('reply-given', { text: '说明' }, shop),
            request: fact('re-rating-requested', { text: '已整改' }, shop),
          }[name];
          const wasDisputed = isDisputed(state);
          const ruling = applyCredit(state, step);
          if (name === 'publish') expect(ruling.kind).toBe(wasDisputed ? 'illegal' : 'legal');
          if (ruling.kind === 'legal') state = ruling.state;
        });
      }),
    );
  });
});

describe('an objection', () => {
  it('may be filed for five working days from notice, twenty with approval, and not after', () => {
    const told = after(published(), notice('2026-11-02'));
    // Monday the 2nd; the fifth working day is Monday the 9th, the twentieth Monday the 30th.
    expect(filingEnds(told.grade!, SHOP, shippedRules)).toMatchObject({
      usual: { day: '2026-11-09' },
      approved: { day: '2026-11-30' },
    });
    expect(admitted(told, objection('2026-11-09'))).toBe('admitted');
    expect(admitted(told, objection('2026-11-10'))).toEqual([
      'lateBecause',
      'credit-objection-needs-approval',
    ]);
    expect(admitted(told, objection('2026-11-10', { lateBecause: '住院' }))).toEqual([
      'lateBecause',
      'credit-objection-needs-approval',
    ]);
    expect(admitted(told, objection('2026-11-30', { lateBecause: '住院' }, first))).toBe('admitted');
    expect(admitted(told, objection('2026-12-01', { lateBecause: '住院' }, first))).toEqual([
      'month',
      'credit-objection-late',
    ]);
    // Nobody is late who was not told.
    expect(admitted(after(published()), objection('2027-11-30'))).toBe('admitted');
  });

  it('is about the grade that stands and facts that it rests on, one at a time', () => {
    const state = after(published());
    expect(refused(state, objection('2026-11-02', { facts: ['fact-1', 'fact-9'] }))).toEqual([
      'facts.1',
      'credit-fact-not-in-grade',
    ]);
    expect(refused(state, objection('2026-11-02', { month: '2026-09' }))).toEqual([
      'month',
      'credit-month-unknown',
    ]);
    expect(refused(undefined, objection('2026-11-02'))).toEqual([undefined, 'credit-missing']);
    const open = after(published(), objection('2026-11-02'));
    expect(refused(open, objection('2026-11-02', { objectionId: 'o-2' }))).toEqual([
      undefined,
      'credit-objection-open',
    ]);
  });

  it('is decided by somebody of the regulator who took no part, in five working days or twenty', () => {
    const open = after(published(), objection('2026-11-02'));
    expect(refused(open, decided(true, second))).toEqual(['objectionId', 'credit-took-part']);
    expect(refused(open, decided(true, shop))).toEqual([undefined, 'role-may-not']);
    const mall = person('mall', MALL, 'supervisor');
    expect(admitted(open, decided(true, mall))).toEqual(['unitPath', 'credit-regulator-only']);
    expect(admitted(open, decided(true, first))).toBe('admitted');
    expect(decisionEnds(open.grade!, open.objections[0]!, SHOP, shippedRules).day).toBe('2026-11-09');
    const longer = after(
      published(),
      objection('2026-11-02'),
      fact('objection-extended', { objectionId: 'o-1', reason: '待核实' }, first),
    );
    expect(decisionEnds(longer.grade!, longer.objections[0]!, SHOP, shippedRules).day).toBe('2026-11-30');
    const own = after(published({ recordedBy: [] }), objection('2026-11-02', {}, first));
    expect(refused(own, decided(true, first))).toEqual(['objectionId', 'credit-took-part']);
    expect(
      refused(after(published(), objection('2026-11-02'), decided(false, first)), decided(true, first)),
    ).toEqual(['objectionId', 'credit-objection-not-open']);
  });
});

describe('what is entered', () => {
  const entry = { entryId: 'e-1', merchantPath: SHOP };
  const listing = (over: Record<string, unknown>): Fact =>
    fact(
      'listing-recorded',
      {
        ...entry,
        listing: 'severe',
        number: '甬市监严〔2026〕1号',
        organ: '宁波市市场监督管理局',
        on: '2026-10-20',
        ground: '虚构',
        ...over,
      },
      first,
    );

  it('puts nobody on the severe list without the number, the organ and the day of a decision', () => {
    for (const field of ['number', 'organ', 'on'])
      expect(refused(undefined, listing({ [field]: null }))).toEqual([field, 'credit-severe-needs-decision']);
    expect(refused(undefined, listing({ listing: 'abnormal', number: null }))).toBe('legal');
    const listed = after(listing({}));
    // The centre grades it anew without waiting for the month.
    expect(listed.correction).toBe(true);
    expect(after(listing({}), published()).correction).toBe(false);
    expect(refused(listed, listing({ entryId: 'e-2' }))).toEqual(['listing', 'credit-listed-already']);
    const ended = { listingId: 'e-1', number: '2号', organ: '局', on: '2026-10-01' };
    expect(refused(listed, fact('listing-ended', ended, first))).toEqual(['on', 'credit-ends-before']);
    expect(
      admitted(undefined, { ...listing({}), actor: { ...first, unitPath: MALL }, unitPath: MALL }),
    ).toEqual(['unitPath', 'credit-regulator-only']);
  });

  it('is entered once, not tomorrow, and by whose unit covers the merchant', () => {
    const award = (over: Record<string, unknown>, by = first): Fact =>
      fact('award-recorded', { ...entry, title: '示范店', organ: '局', on: '2026-11-01', ...over }, by);
    const state = after(award({}));
    expect(refused(state, award({}))).toEqual(['entryId', 'credit-entry-exists']);
    expect(refused(state, award({ entryId: 'e-2', on: '2026-11-03' }))).toEqual(['on', 'date-in-future']);
    expect(refused(undefined, award({}, person('x', '/HS/C2', 'supervisor')))).toEqual([
      'merchantPath',
      'outside-scope',
    ]);
    expect(refused(undefined, award({}, shop))).toEqual([undefined, 'role-may-not']);
    expect(admitted(undefined, award({ merchantPath: '/HS/C1/M77' }))).toEqual([
      'merchantPath',
      'unit-missing',
    ]);
    const patrol = { entryId: 'e-3', merchantPath: SHOP, items: 3, clear: 4, on: '2026-11-01', note: '' };
    expect(refused(state, fact('price-patrol-recorded', patrol, first))).toEqual([
      'clear',
      'payload-invalid',
    ]);
  });
});

describe('a grade set by hand', () => {
  const proposed = (over: Record<string, unknown> = {}): Fact =>
    fact(
      'override-proposed',
      { overrideId: 'v-1', grade: 'B', reason: '统计口径有误', until: '2027-01-31', ...over },
      first,
    );
  const confirmed = (by: Actor): Fact => fact('override-confirmed', { overrideId: 'v-1' }, by, '2026-11-03');

  it('holds once a second person has confirmed it, until its day', () => {
    const state = after(published(), proposed());
    expect(overrideOn(state, '2026-11-03')).toBeNull();
    expect(refused(state, confirmed(first))).toEqual(['overrideId', 'credit-second-person']);
    const held = after(published(), proposed(), confirmed(second));
    expect(overrideOn(held, '2027-01-31')?.grade).toBe('B');
    expect(overrideOn(held, '2027-02-01')).toBeNull();
    // What was worked out stands beside it, untouched.
    expect(held.grade?.grade).toBe('C');
    expect(admitted(after(published()), proposed({ until: '2028-11-02' }))).toEqual([
      'until',
      'credit-override-long',
    ]);
    expect(refused(after(published()), proposed({ until: '2026-11-01' }))).toEqual([
      'until',
      'credit-override-until',
    ]);
  });
});
