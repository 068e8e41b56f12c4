import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { balancesOf, isBalanced } from '../../../src/domain/kernel/ledger.ts';
import {
  pairBalances,
  settlementEntries,
  type CrossShopReturn,
} from '../../../src/domain/return/settlement.ts';
import { returnSight } from '../../../src/domain/return/reducer.ts';

const shop = fc.constantFrom('a', 'b', 'c');
const day = fc.constantFrom('2026-03-01', '2026-03-15', '2026-04-01');
const anyReturn: fc.Arbitrary<CrossShopReturn> = fc
  .record({
    id: fc.uuid(),
    returnShop: shop,
    purchaseShop: shop,
    refundFen: fc.nat(10_000_000),
    refundedOn: day,
    settlements: fc
      .tuple(fc.array(day, { maxLength: 2 }), fc.boolean())
      // All but the last payment were taken back: only then another can be recorded.
      .map(([days, undone]) =>
        days.map((paidOn, index) => ({
          paidOn,
          ...(undone || index < days.length - 1 ? { undone: { undoneOn: paidOn } } : {}),
        })),
      ),
  })
  .filter(({ returnShop, purchaseShop }) => returnShop !== purchaseShop);
const anyReturns = fc.array(anyReturn, { maxLength: 30 });

const isOpen = ({ settlements }: CrossShopReturn): boolean =>
  settlements.at(-1)?.undone !== undefined || settlements.length === 0;

describe('what shops owe one another', () => {
  it('balances, always, and is what is open of the returns between them', () => {
    fc.assert(
      fc.property(anyReturns, (returns) => {
        const entries = settlementEntries(returns);
        expect(entries.every(isBalanced)).toBe(true);
        expect([...balancesOf(entries).values()].reduce((sum, fen) => sum + fen, 0)).toBe(0);
        for (const { creditor, debtor, fen, open } of pairBalances(returns)) {
          const due = (to: string, of: string) =>
            returns
              .filter((one) => one.returnShop === to && one.purchaseShop === of && isOpen(one))
              .reduce((sum, one) => sum + one.refundFen, 0);
          expect(fen).toBe(due(creditor, debtor) - due(debtor, creditor));
          expect(fen).toBeGreaterThanOrEqual(0);
          const between = returns.filter(
            (one) =>
              [one.returnShop, one.purchaseShop].toSorted().join() === [creditor, debtor].toSorted().join(),
          );
          expect(open).toBe(between.filter(isOpen).length);
        }
      }),
    );
  });

  it('is the same in whatever order the returns come', () => {
    const shuffled = anyReturns.chain((returns) =>
      fc.tuple(fc.constant(returns), fc.shuffledSubarray(returns, { minLength: returns.length })),
    );
    fc.assert(
      fc.property(shuffled, ([returns, mixed]) => {
        expect(pairBalances(mixed)).toEqual(pairBalances(returns));
      }),
    );
  });

  it('is seen by both shops and by the unit above both', () => {
    const levelOf = (path: string): number => 5 - (path.split('/').length - 1);
    const at = (unitPath: string) => ({ merchantId: 'm2', name: '二店', unitPath, group: '联盟' });
    const here = { unitPath: '/HS/C1/M01/S001' };
    expect(returnSight(here, levelOf)).toEqual(['/HS/C1/M01/S001', '/HS/C1/M01']);
    expect(returnSight({ ...here, purchasedAt: at('/HS/C1/M02/S009') }, levelOf)).toEqual([
      '/HS/C1/M01/S001',
      '/HS/C1/M01',
      '/HS/C1/M02/S009',
      '/HS/C1',
    ]);
    expect(returnSight({ ...here, purchasedAt: at('/HS/C1/M01/S002') }, levelOf)).toEqual([
      '/HS/C1/M01/S001',
      '/HS/C1/M01',
      '/HS/C1/M01/S002',
    ]);
  });
});
