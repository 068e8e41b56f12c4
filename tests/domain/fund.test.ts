import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Actor } from '../../src/domain/kernel/event/event.ts';
import { balanceOf, balancesOf, isBalanced } from '../../src/domain/kernel/ledger.ts';
import { applyFund, APPROVALS_NEEDED, CASH, owedFor, type FundState } from '../../src/domain/fund/fund.ts';
import {
  applyInsurance,
  payableOf,
  REMAINING,
  type InsuranceState,
} from '../../src/domain/fund/insurance.ts';
import { applyFact, rollupDeltas, type AnyState } from '../../src/domain/streams.ts';
import { shippedRules } from '../../src/domain/procedure/index.ts';
import { actorAt, factOf } from '../support/facts.ts';

const CIRCLE = '/HS/C1';
const TODAY = '2026-03-10';
const mediator = actorAt(CIRCLE);
const supervisor = actorAt(CIRCLE, 'supervisor');
const above = actorAt('/HS', 'supervisor');

type Step = [type: string, payload: Record<string, unknown>, actor?: Actor];

/** The state after these steps, or the rule and field that one of them is refused by. */
function run(...steps: Step[]): FundState | string {
  let state: FundState | undefined;
  for (const [type, payload, actor = supervisor] of steps) {
    const ruling = applyFund(state, factOf('fund', 'f1', type, payload, actor));
    if (ruling.kind === 'illegal') return `${ruling.refusal.rule} ${ruling.refusal.field ?? ''}`.trim();
    if (ruling.kind !== 'legal') throw new Error(`${type} is not known`);
    ({ state } = ruling);
  }
  if (!state) throw new Error('No fund came of it');
  return state;
}

function legal(...steps: Step[]): FundState {
  const state = run(...steps);
  if (typeof state === 'string') throw new Error(state);
  return state;
}

const open = (floorFen = 10_000): Step => [
  'fund-opened',
  { name: '天一商圈先行赔付金', unitPath: CIRCLE, floorFen },
];
const deposit = (fen: number, entryId = 'd1'): Step => [
  'fund-deposited',
  { entryId, fen, payer: '虚构百货', on: TODAY },
];
const ask = (fen: number, advanceId = 'a1', actor = mediator): Step => [
  'advance-requested',
  {
    advanceId,
    caseId: `case-${advanceId}`,
    caseNumber: 'C1-2026-1-0001',
    merchantId: 'm1',
    merchantName: '虚构服饰店',
    consumerName: '张三',
    fen,
    finding: '商户无正当理由拒绝退款',
  },
  actor,
];
const approve = (actor: Actor, advanceId = 'a1'): Step => ['advance-approved', { advanceId }, actor];
const pay = (advanceId = 'a1'): Step => ['advance-paid', { advanceId, on: TODAY, recoverBy: '2026-04-10' }];
const recover = (fen: number, entryId = 'r1'): Step => [
  'advance-recovered',
  { advanceId: 'a1', entryId, fen, on: TODAY },
];

const approved = (fen: number): Step[] => [ask(fen), approve(supervisor), approve(above)];

describe('a fund', () => {
  it('pays what two people approve who did not ask for it, and gets it back', () => {
    const paid = legal(open(), deposit(100_000), ...approved(30_000), pay());
    expect(paid.advances[0]).toMatchObject({ status: 'paid', paid: { recoverBy: '2026-04-10' } });
    expect(balanceOf(paid.entries, CASH)).toBe(70_000);
    expect(balanceOf(paid.entries, owedFor('a1'))).toBe(30_000);
    const part = legal(open(), deposit(100_000), ...approved(30_000), pay(), recover(10_000));
    expect(part.advances[0]).toMatchObject({ status: 'paid', recoveredFen: 10_000 });
    const all = legal(
      open(),
      deposit(100_000),
      ...approved(30_000),
      pay(),
      recover(10_000),
      recover(20_000, 'r2'),
    );
    expect(all.advances[0]).toMatchObject({ status: 'recovered', recoveredFen: 30_000 });
    expect(balanceOf(all.entries, CASH)).toBe(100_000);
  });

  it('takes each approval from somebody else, and pays nothing before both are there', () => {
    expect(APPROVALS_NEEDED).toBe(2);
    const asked = [open(), deposit(100_000), ask(30_000, 'a1', supervisor)];
    expect(run(...asked, approve(supervisor))).toBe('approval-same-person advanceId');
    expect(run(...asked, approve(above), approve(above))).toBe('approval-same-person advanceId');
    expect(run(...asked, approve(mediator))).toBe('role-may-not');
    expect(run(...asked, approve(above), pay())).toBe('advance-not-now advanceId');
    expect(run(...asked, pay())).toBe('advance-not-now advanceId');
    expect(run(...asked, ['advance-refused', { advanceId: 'a1', reason: '商户已退款' }], pay())).toBe(
      'advance-not-now advanceId',
    );
  });

  it('never goes below its floor, to the fen', () => {
    expect(run(open(), deposit(40_000), ...approved(30_001), pay())).toBe('fund-below-floor fen');
    expect(run(open(), deposit(40_000), ...approved(30_000), pay())).not.toBeTypeOf('string');
    const undone: Step = ['fund-deposit-undone', { undoneId: 'd1', on: TODAY, reason: '记错' }];
    expect(run(open(), deposit(40_000), undone)).toBe('fund-below-floor undoneId');
    const free = legal(open(0), deposit(40_000), undone);
    expect(balanceOf(free.entries, CASH)).toBe(0);
    expect(run(open(0), deposit(40_000), deposit(1, 'd2'), undone, undone)).toBe(
      'ledger-entry-undone undoneId',
    );
  });

  it('gets back no more than is owed, and gives up only with a second person', () => {
    const paid = [open(), deposit(100_000), ...approved(30_000), pay()];
    expect(run(...paid, recover(30_001))).toBe('recovered-above-owed fen');
    const propose: Step = ['write-off-proposed', { advanceId: 'a1', reason: '商户已注销' }, supervisor];
    const agree = (actor: Actor): Step => ['write-off-approved', { advanceId: 'a1', on: TODAY }, actor];
    expect(run(...paid, agree(above))).toBe('advance-not-now advanceId');
    expect(run(...paid, propose, agree(supervisor))).toBe('approval-same-person advanceId');
    const gone = legal(...paid, recover(10_000), propose, agree(above));
    expect(gone.advances[0]).toMatchObject({ status: 'written-off', recoveredFen: 10_000 });
    expect(balanceOf(gone.entries, owedFor('a1'))).toBe(0);
    expect(balanceOf(gone.entries, 'given-up')).toBe(20_000);
  });

  it('is asked once a case, for an amount, by somebody who may', () => {
    expect(run(open(), ask(0))).toBe('payload-invalid fen');
    expect(run(open(), ask(100), ask(100))).toBe('advance-exists advanceId');
    const again: Step = ['advance-requested', { ...ask(100)[1], advanceId: 'a2' }, mediator];
    expect(run(open(), ask(100), again)).toBe('advance-for-case caseId');
    expect(run(open(), ask(100, 'a1', actorAt('/HS/C1/M01')))).toBe('outside-scope unitPath');
    expect(run(open(), ask(100, 'a1', actorAt(CIRCLE, 'shop-manager')))).toBe('role-may-not');
    expect(run(open(), ['fund-deposited', { entryId: 'd', fen: 1, payer: '甲', on: '2026-03-11' }])).toBe(
      'date-in-future on',
    );
  });

  it('balances, stays above its floor and owes what was paid, whatever is tried in whatever order', () => {
    const actor = fc.constantFrom(mediator, supervisor, above);
    const id = fc.constantFrom('a1', 'a2');
    const fen = fc.integer({ min: 1, max: 60_000 });
    const tried: fc.Arbitrary<Step> = fc.oneof(
      fc.tuple(fen, fc.uuid()).map(([amount, entry]) => deposit(amount, entry)),
      fc.tuple(fen, id, actor).map(([amount, advance, by]) => ask(amount, advance, by)),
      fc.tuple(actor, id).map(([by, advance]) => approve(by, advance)),
      id.map(pay),
      fc.tuple(fen, fc.uuid()).map(([amount, entry]) => recover(amount, entry)),
      fc
        .tuple(id, actor)
        .map(([advanceId, by]): Step => ['write-off-proposed', { advanceId, reason: '注销' }, by]),
      fc
        .tuple(id, actor)
        .map(([advanceId, by]): Step => ['write-off-approved', { advanceId, on: TODAY }, by]),
    );
    fc.assert(
      fc.property(fc.array(tried, { maxLength: 60 }), (steps) => {
        let current: AnyState = { kind: 'fund', state: legal(open(5_000), deposit(80_000)) };
        const counted = new Map<string, number>();
        for (const [type, payload, by = supervisor] of steps) {
          const fact = factOf('fund', 'f1', type, payload, by);
          const ruling = applyFact(current, fact, shippedRules);
          if (ruling.kind !== 'legal') continue;
          const context = { levelOf: () => 3, partyOf: () => 'operator' as const, rules: shippedRules };
          for (const { metric, dimension, value } of rollupDeltas(current, fact, ruling.state, context)
            .counters)
            if (dimension === '') counted.set(metric, (counted.get(metric) ?? 0) + value);
          current = ruling.state;
        }
        if (current.kind !== 'fund') throw new Error('A fund stays one');
        const { entries, advances, floorFen } = current.state;
        expect(entries.every(isBalanced)).toBe(true);
        expect([...balancesOf(entries).values()].reduce((sum, one) => sum + one, 0)).toBe(0);
        expect(balanceOf(entries, CASH)).toBeGreaterThanOrEqual(floorFen);
        for (const { advanceId, status, fen: amount, recoveredFen, approvals, requested } of advances) {
          const owed = balanceOf(entries, owedFor(advanceId));
          expect(owed).toBe(status === 'paid' ? amount - recoveredFen : 0);
          if (!['requested', 'refused'].includes(status))
            expect(new Set([requested, ...approvals].map(({ staffId }) => staffId)).size).toBe(3);
        }
        const owedInAll = advances.reduce((sum, one) => sum + balanceOf(entries, owedFor(one.advanceId)), 0);
        const of = (metric: string): number => counted.get(metric) ?? 0;
        // What the roll-up counts says the same as the ledger.
        expect(of('advances-paid-fen') - of('advances-recovered-fen') - of('advances-given-up-fen')).toBe(
          owedInAll,
        );
      }),
      { numRuns: 150 },
    );
  });
});

const policy = {
  number: 'NB-2026-0001',
  insurer: '虚构财产保险宁波分公司',
  unitPath: CIRCLE,
  from: '2026-01-01',
  to: '2026-12-31',
  sumFen: 20_000_000,
  premiumFen: 600_000,
  ratePerMille: 100,
  perCaseFen: 50_000,
  merchantIds: ['m1', 'm2'],
  goods: ['food'],
};
const claim = (claimId: string, priceFen: number, more: Record<string, unknown> = {}): Step => [
  'claim-filed',
  {
    claimId,
    returnId: `return-${claimId}`,
    returnNumber: 'R-1',
    merchantId: 'm1',
    merchantName: '虚构食品店',
    goodsCategory: 'food',
    goodsName: '糕点',
    priceFen,
    on: TODAY,
    ...more,
  },
];

function insured(terms: Partial<typeof policy>, ...steps: Step[]): InsuranceState | string {
  let state: InsuranceState | undefined;
  for (const [type, payload] of [['policy-taken', { ...policy, ...terms }] satisfies Step, ...steps]) {
    const ruling = applyInsurance(state, factOf('insurance', 'p1', type, payload, supervisor));
    if (ruling.kind === 'illegal') return `${ruling.refusal.rule} ${ruling.refusal.field ?? ''}`.trim();
    if (ruling.kind !== 'legal') throw new Error(`${type} is not known`);
    ({ state } = ruling);
  }
  if (!state) throw new Error('No policy came of it');
  return state;
}

describe('return insurance', () => {
  it('pays a tenth of the price, no more than the limit of a case, and no more than is left', () => {
    // The case that was reported: 68.00 returned, 6.80 paid.
    expect(insured({}, claim('c1', 6_800))).toMatchObject({ claims: [{ payableFen: 680 }] });
    expect(insured({}, claim('c1', 600_000))).toMatchObject({ claims: [{ payableFen: 50_000 }] });
    expect(insured({}, claim('c1', 6_809))).toMatchObject({ claims: [{ payableFen: 680 }] });
    const last = insured({ sumFen: 1_000 }, claim('c1', 6_800), claim('c2', 6_800));
    expect(last).toMatchObject({ claims: [{ payableFen: 680 }, { payableFen: 320 }] });
    expect(insured({ sumFen: 680 }, claim('c1', 6_800), claim('c2', 6_800))).toBe(
      'claim-nothing-left priceFen',
    );
  });

  it('pays once a return, in its period, for its shops and goods', () => {
    expect(insured({}, claim('c1', 100), claim('c1', 100))).toBe('claim-exists claimId');
    expect(insured({}, claim('c1', 100), claim('c2', 100, { returnId: 'return-c1' }))).toBe(
      'claim-for-return returnId',
    );
    expect(insured({}, claim('c1', 100, { on: '2025-12-31' }))).toBe('claim-outside-period on');
    expect(insured({}, claim('c1', 100, { on: '2026-03-11' }))).toBe('date-in-future on');
    expect(insured({}, claim('c1', 100, { merchantId: 'm3' }))).toBe('claim-not-insured merchantId');
    expect(insured({}, claim('c1', 100, { goodsCategory: 'clothing' }))).toBe(
      'claim-not-insured goodsCategory',
    );
    expect(insured({ to: '2025-12-31' })).toBe('period-reversed to');
    expect(insured({ ratePerMille: 0 })).toBe('payload-invalid ratePerMille');
    expect(insured({ perCaseFen: 0 })).toBe('payload-invalid perCaseFen');
    const undone: Step = ['claim-undone', { claimId: 'c1', on: TODAY, reason: '保险公司拒赔' }];
    expect(
      insured({}, claim('c1', 6_800), undone, claim('c2', 6_800, { returnId: 'return-c1' })),
    ).toMatchObject({
      claims: [{ undone: { reason: '保险公司拒赔' } }, { payableFen: 680 }],
    });
    expect(insured({}, claim('c1', 6_800), undone, undone)).toBe('claim-undone-already claimId');
  });

  it('balances, and what is left is the sum less what was claimed and not taken back', () => {
    const id = fc.constantFrom('c1', 'c2', 'c3', 'c4', 'c5', 'c6');
    const tried = fc.oneof(
      fc.tuple(id, fc.integer({ min: 1, max: 2_000_000 })).map(([one, price]) => claim(one, price)),
      id.map((claimId): Step => ['claim-undone', { claimId, on: TODAY, reason: '拒赔' }]),
    );
    fc.assert(
      fc.property(
        fc.array(tried, { maxLength: 30 }),
        fc.integer({ min: 1, max: 200_000 }),
        (steps, sumFen) => {
          let done: Step[] = [];
          for (const step of steps)
            if (typeof insured({ sumFen }, ...done, step) !== 'string') done = [...done, step];
          const state = insured({ sumFen }, ...done);
          if (typeof state === 'string') throw new Error(state);
          expect(state.entries.every(isBalanced)).toBe(true);
          const paid = state.claims.reduce((sum, one) => sum + (one.undone ? 0 : one.payableFen), 0);
          expect(balanceOf(state.entries, REMAINING)).toBe(sumFen - paid);
          expect(paid).toBeLessThanOrEqual(sumFen);
        },
      ),
      { numRuns: 60 },
    );
  });

  it('pays more for a higher price, never more than any of its three bounds', () => {
    const money = fc.nat(10_000_000_000);
    fc.assert(
      fc.property(
        money,
        money,
        money,
        money,
        fc.integer({ min: 1, max: 1000 }),
        (price, dearer, perCaseFen, left, rate) => {
          const terms = { ratePerMille: rate, perCaseFen };
          const payable = payableOf(terms, price, left);
          expect(Number.isSafeInteger(payable)).toBe(true);
          expect(payable).toBeLessThanOrEqual(Math.min(perCaseFen, left, (price * rate) / 1000));
          expect(payableOf(terms, Math.max(price, dearer), left)).toBeGreaterThanOrEqual(payable);
        },
      ),
    );
  });
});
