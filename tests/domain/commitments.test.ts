import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { AdmissionContext } from '../../src/domain/kernel/event/admission.ts';
import { shiftDay } from '../../src/domain/kernel/calendar/index.ts';
import type { Actor } from '../../src/domain/kernel/event/event.ts';
import {
  commitmentOn,
  FreightRule,
  GiftRule,
  openProposal,
  StartRule,
  type PromiseTerms,
} from '../../src/domain/merchant/commitments.ts';
import { applyMerchant, type MerchantState } from '../../src/domain/merchant/merchant.ts';
import { lessens, noticeDays } from '../../src/domain/merchant/notice.ts';
import { shippedRules, type Rulebook } from '../../src/domain/procedure/index.ts';
import { admitFact, type AnyState } from '../../src/domain/streams.ts';
import { actorAt, factOf } from '../support/facts.ts';

const SHOP = '/HS/C1/M01/S001';
const MALL = '/HS/C1/M01';
const manager = actorAt(SHOP, 'shop-manager');
const mediator = actorAt(MALL);
const supervisor = actorAt(MALL, 'supervisor');
const TODAY = '2026-03-10';
const AT = `${TODAY}T02:00:00.000Z`;

const terms: PromiseTerms = {
  windowDays: 7,
  startRule: 'day-after',
  goods: null,
  excludedGoods: ['underwear'],
  conditions: null,
  giftRule: 'charged',
  freightRule: 'consumer',
  group: null,
  effectiveFrom: TODAY,
  note: null,
};

const registered: MerchantState = {
  id: 'm1',
  name: '虚构服饰店',
  creditCode: null,
  category: 'enterprise',
  unitPath: SHOP,
  address: null,
  contactName: null,
  phone: null,
  invented: true,
  commitments: [],
  revision: 1,
};

type Step = [type: string, payload: unknown, actor: Actor, at?: string];

/** The state after these steps, or the rule and field that one of them is refused by. */
function after(...steps: Step[]): MerchantState | string {
  let state = registered;
  for (const [type, payload, actor, at = AT] of steps) {
    const ruling = applyMerchant(state, factOf('merchant', 'm1', type, payload, actor, at));
    if (ruling.kind === 'illegal') return `${ruling.refusal.rule} ${ruling.refusal.field ?? ''}`.trim();
    if (ruling.kind !== 'legal') throw new Error(`${type} is not known`);
    ({ state } = ruling);
  }
  return state;
}

function legal(...steps: Step[]): MerchantState {
  const state = after(...steps);
  if (typeof state === 'string') throw new Error(state);
  return state;
}

const propose = (id: string, over: Partial<PromiseTerms> = {}, by = manager): Step => [
  'commitment-proposed',
  { ...terms, ...over, commitmentId: id },
  by,
];
const confirm = (id: string, by = mediator, effectiveFrom = TODAY): Step => [
  'commitment-confirmed',
  { commitmentId: id, effectiveFrom },
  by,
];
const refuse = (id: string, by = mediator): Step => [
  'commitment-refused',
  { commitmentId: id, reason: '须写明起算日' },
  by,
];

describe('a promise', () => {
  it('counts once somebody of the operator has confirmed it, and is public from that day', () => {
    const proposed = legal(propose('p1'));
    expect(proposed.commitments).toEqual([]);
    expect(openProposal(proposed)).toMatchObject({ commitmentId: 'p1', proposed: { name: manager.name } });
    const confirmed = legal(propose('p1'), confirm('p1', mediator, '2026-03-12'));
    expect(openProposal(confirmed)).toBeUndefined();
    expect(commitmentOn(confirmed, '2026-03-11')).toBeNull();
    expect(commitmentOn(confirmed, '2026-03-12')).toMatchObject({
      version: 1,
      windowStartsNextDay: true,
      startRule: 'day-after',
      giftRule: 'charged',
      proposed: { staffId: manager.staffId },
      confirmed: { staffId: mediator.staffId },
    });
  });

  it('is not confirmed by whoever proposed it, nor by a shop manager, nor after it was refused or replaced', () => {
    expect(after(propose('p1', {}, mediator), confirm('p1'))).toBe('own-proposal commitmentId');
    expect(after(propose('p1', {}, mediator), confirm('p1', supervisor))).not.toBeTypeOf('string');
    expect(after(propose('p1', {}, mediator), confirm('p1', manager))).toBe('role-may-not');
    expect(after(propose('p1'), refuse('p1'), confirm('p1'))).toBe('proposal-not-open commitmentId');
    expect(after(propose('p1'), propose('p2'), confirm('p1'))).toBe('proposal-not-open commitmentId');
    expect(after(confirm('p1'))).toBe('proposal-not-open commitmentId');
    expect(after(refuse('p1'))).toBe('proposal-not-open commitmentId');
    expect(after(propose('p1'), refuse('p1', manager))).toBe('role-may-not');
    expect(after(propose('p1'), propose('p1'))).toBe('commitment-exists commitmentId');
    expect(legal(propose('p1'), refuse('p1'), propose('p2')).proposals?.map((one) => one.standing)).toEqual([
      'refused',
      'open',
    ]);
  });

  it('is not in force before it was confirmed, nor before it was wanted, nor before the one it follows', () => {
    expect(after(propose('p1'), confirm('p1', mediator, '2026-03-09'))).toBe(
      'commitment-too-early effectiveFrom',
    );
    expect(after(propose('p1', { effectiveFrom: '2026-04-01' }), confirm('p1'))).toBe(
      'commitment-too-early effectiveFrom',
    );
    const first: Step[] = [propose('p1'), confirm('p1', mediator, '2026-05-01')];
    expect(after(...first, propose('p2'), confirm('p2', mediator, '2026-05-01'))).toBe(
      'commitment-order effectiveFrom',
    );
    const both = legal(...first, propose('p2', { windowDays: 15 }), confirm('p2', mediator, '2026-06-01'));
    // Earlier sales are still honoured by what was in force when they were made.
    expect(commitmentOn(both, '2026-05-31')?.windowDays).toBe(7);
    expect(commitmentOn(both, '2026-06-01')?.windowDays).toBe(15);
  });

  it.each([0, 366, 1.5, -1])('is refused with a window of %s days, by field', (windowDays) => {
    expect(after(propose('p1', { windowDays }))).toBe('payload-invalid windowDays');
  });

  it('is refused where it covers nothing, or its group is one shop', () => {
    expect(after(propose('p1', { goods: ['underwear'] }))).toBe('commitment-covers-nothing excludedGoods');
    const shop = { merchantId: 'm1', name: '虚构服饰店', unitPath: SHOP };
    expect(after(propose('p1', { group: { name: '虚构联盟', shops: [shop] } }))).toBe(
      'payload-invalid group.shops',
    );
  });

  it('of an older release, or on a roster, counts as confirmed', () => {
    const made: Step = [
      'commitment-made',
      {
        commitmentId: 'old',
        windowDays: 15,
        windowStartsNextDay: false,
        excludedGoods: [],
        effectiveFrom: '2025-01-01',
        note: null,
      },
      mediator,
    ];
    const state = legal(made);
    // As releases before made it of the same fact: nothing is added.
    expect(state).toEqual({
      ...registered,
      revision: 2,
      commitments: [{ ...(made[1] as object), version: 1, effectiveTo: null }],
    });
    expect(legal(made, propose('p1'), confirm('p1')).commitments.map((one) => one.version)).toEqual([1, 2]);
  });
});

describe('what takes something from consumers', () => {
  const goods = ['clothing', 'underwear', 'sports'];
  const anyTerms: fc.Arbitrary<PromiseTerms> = fc.record({
    windowDays: fc.integer({ min: 1, max: 365 }),
    startRule: fc.constantFrom(...StartRule.options),
    goods: fc.option(fc.subarray(goods, { minLength: 1 }), { nil: null }),
    excludedGoods: fc.subarray(goods),
    conditions: fc.constantFrom(null, '吊牌未拆', '包装完好'),
    giftRule: fc.constantFrom(...GiftRule.options),
    freightRule: fc.constantFrom(...FreightRule.options),
    group: fc.constant(null),
    effectiveFrom: fc.constant(TODAY),
    note: fc.constant(null),
  });
  const said = (one: PromiseTerms) => ({ ...one, windowStartsNextDay: one.startRule !== 'purchase-day' });

  it('is found in each respect, and not in what gives them more', () => {
    const less = (before: Partial<PromiseTerms>, now: Partial<PromiseTerms>): boolean =>
      lessens(said({ ...terms, ...before }), said({ ...terms, ...now }));
    const shop = (merchantId: string) => ({ merchantId, name: merchantId, unitPath: SHOP });
    const pairs: [fewer: Partial<PromiseTerms>, more: Partial<PromiseTerms>][] = [
      [{ windowDays: 7 }, { windowDays: 15 }],
      [{ startRule: 'purchase-day' }, { startRule: 'day-after' }],
      [{ startRule: 'day-after' }, { startRule: 'signed-next-day' }],
      [{ goods: ['clothing'] }, { goods: null }],
      [{ goods: ['clothing'] }, { goods: ['clothing', 'sports'] }],
      [{ excludedGoods: ['underwear', 'sports'] }, { excludedGoods: ['underwear'] }],
      [{ conditions: '吊牌未拆' }, { conditions: null }],
      [{ giftRule: 'returned' }, { giftRule: 'charged' }],
      [{ freightRule: 'consumer' }, { freightRule: 'merchant' }],
      [{ group: null }, { group: { name: '联盟', shops: [shop('m1'), shop('m2')] } }],
    ];
    for (const [fewer, more] of pairs) {
      expect(less(more, fewer), JSON.stringify(fewer)).toBe(true);
      expect(less(fewer, more), JSON.stringify(more)).toBe(false);
    }
  });

  it('is never a promise that says the same, and is found against one of two that differ in days alone', () => {
    fc.assert(
      fc.property(anyTerms, fc.integer({ min: 1, max: 365 }), (one, windowDays) => {
        expect(lessens(said(one), said({ ...one, note: '换了说法' }))).toBe(false);
        const other = said({ ...one, windowDays });
        if (windowDays !== one.windowDays)
          expect(lessens(said(one), other)).not.toBe(lessens(other, said(one)));
      }),
    );
  });

  const context = (side: 'recording' | 'receiving', unitPath: string): AdmissionContext<Rulebook> => ({
    side,
    receivedAt: side === 'recording' ? null : '2027-01-01T00:00:00.000Z',
    source: { unitPath, centre: false },
    rules: shippedRules,
    levelOf: (path) => (path === SHOP ? 1 : 2),
    partyOf: (path) => (path === SHOP ? 'merchant' : 'operator'),
    exists: () => true,
    record: () => undefined,
    person: () => ({
      name: '测试员',
      role: 'mediator',
      unitPath,
      active: true,
      assignments: [manager, mediator, supervisor, actorAt(SHOP)].map((one) => ({
        role: one.role,
        unitPath: one.unitPath,
      })),
    }),
  });
  const admitted = (
    side: 'recording' | 'receiving',
    state: MerchantState,
    [type, payload, actor]: Step,
  ): string => {
    const current: AnyState = { kind: 'merchant', state };
    const fact = factOf('merchant', 'm1', type, payload, actor, AT);
    const ruling = admitFact({ current, inSight: true }, fact, context(side, actor.unitPath));
    return ruling.kind === 'illegal' ? `${ruling.refusal.rule} ${ruling.refusal.field}` : ruling.kind;
  };

  it('is said as many days before as the procedure says; what gives more holds at once', () => {
    const days = noticeDays(shippedRules, SHOP, TODAY);
    expect(days).toBe(7);
    const held = legal(
      ['commitment-proposed', { ...terms, commitmentId: 'p1' }, manager, '2026-01-05T02:00:00.000Z'],
      ['commitment-confirmed', { commitmentId: 'p1', effectiveFrom: '2026-03-10' }, mediator],
      propose('p2', { windowDays: 3 }),
    );
    const inTime = shiftDay(TODAY, days);
    expect(admitted('recording', held, confirm('p2', mediator, shiftDay(inTime, -1)))).toBe(
      'commitment-notice effectiveFrom',
    );
    expect(admitted('recording', held, confirm('p2', mediator, inTime))).toBe('legal');
    // What both sides have signed by the time it arrives is a fact.
    expect(admitted('receiving', held, confirm('p2', mediator, '2026-03-11'))).toBe('legal');
    const longer = legal(propose('p1'), confirm('p1'), propose('p2', { windowDays: 15 }));
    expect(admitted('recording', longer, confirm('p2', mediator, '2026-03-11'))).toBe('legal');
    const end = (effectiveTo: string): Step => [
      'commitment-ended',
      { commitmentId: 'p1', effectiveTo },
      manager,
    ];
    expect(admitted('recording', longer, end(shiftDay(inTime, -1)))).toBe('commitment-notice effectiveTo');
    expect(admitted('recording', longer, end(inTime))).toBe('legal');
  });

  it('a merchant never confirms its own promise, on either side', () => {
    const waiting = legal(propose('p1'));
    // Somebody with a mediator's role at the shop itself.
    const own = actorAt(SHOP);
    for (const side of ['recording', 'receiving'] as const) {
      expect(admitted(side, waiting, confirm('p1', own))).toBe('confirm-by-operator commitmentId');
      expect(admitted(side, waiting, refuse('p1', own))).toBe('confirm-by-operator commitmentId');
      expect(admitted(side, waiting, confirm('p1'))).toBe('legal');
    }
  });
});
