import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  balanceOf,
  balancesOf,
  entriesIn,
  entryAgainst,
  entryOf,
  isBalanced,
  type LedgerEntry,
} from '../../src/domain/kernel/ledger.ts';
import { shiftDay } from '../../src/domain/kernel/calendar/index.ts';

const account = fc.constantFrom('cash', 'paid-in', 'owed:1', 'owed:2');
const anyEntry: fc.Arbitrary<LedgerEntry> = fc
  .record({
    id: fc.uuid(),
    day: fc.nat(400).map((days) => shiftDay('2026-01-01', days)),
    debit: account,
    credit: account,
    fen: fc.integer({ min: 1, max: 10_000_000_000 }),
  })
  .map(({ id, day, ...sides }) => entryOf(id, day, sides));
const anyLedger = fc.array(anyEntry, { maxLength: 40 });

describe('a ledger', () => {
  it('sums to nothing, whatever was entered', () => {
    fc.assert(
      fc.property(anyLedger, (entries) => {
        expect(entries.every(isBalanced)).toBe(true);
        expect([...balancesOf(entries).values()].reduce((sum, fen) => sum + fen, 0)).toBe(0);
      }),
    );
  });

  it('comes to the same in any order', () => {
    const shuffled = anyLedger.chain((entries) =>
      fc.tuple(fc.constant(entries), fc.shuffledSubarray(entries, { minLength: entries.length })),
    );
    fc.assert(
      fc.property(shuffled, ([entries, mixed]) => {
        const plain = (all: LedgerEntry[]) => [...balancesOf(all)].toSorted(([a], [b]) => a.localeCompare(b));
        expect(plain(mixed)).toEqual(plain(entries));
      }),
    );
  });

  it('is as it was once an entry is taken back', () => {
    fc.assert(
      fc.property(anyLedger, anyEntry, (entries, entry) => {
        const against = entryAgainst(entry, 'against', entry.day);
        expect(isBalanced(against)).toBe(true);
        for (const name of ['cash', 'paid-in', 'owed:1', 'owed:2'])
          expect(balanceOf([...entries, entry, against], name)).toBe(balanceOf(entries, name));
      }),
    );
  });

  it('is made of its periods', () => {
    fc.assert(
      fc.property(anyLedger, fc.nat(400), (entries, days) => {
        const middle = shiftDay('2026-01-01', days);
        const first = entriesIn(entries, '0000-01-01', middle);
        const second = entriesIn(entries, shiftDay(middle, 1), '9999-12-31');
        expect(balanceOf(first, 'cash') + balanceOf(second, 'cash')).toBe(balanceOf(entries, 'cash'));
      }),
    );
  });

  it('finds what does not balance', () => {
    const postings = (...fen: number[]) => ({
      id: '1',
      day: '2026-01-01',
      postings: fen.map((one, index) => ({ account: `a${index}`, fen: one })),
    });
    for (const wrong of [
      postings(),
      postings(0),
      postings(100, -99),
      postings(0.5, -0.5),
      postings(2 ** 53, -(2 ** 53)),
    ])
      expect(isBalanced(wrong)).toBe(false);
    expect(isBalanced(postings(100, -60, -40))).toBe(true);
  });
});
