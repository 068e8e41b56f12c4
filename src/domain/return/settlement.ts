import { entryAgainst, entryOf, type LedgerEntry } from '../kernel/ledger.ts';

/** What a ledger between shops needs of a return that was granted at another shop than the one of purchase. */
export type CrossShopReturn = {
  id: string;
  /** Who took the goods back and refunded them, and who had sold them. */
  returnShop: string;
  purchaseShop: string;
  refundFen: number;
  refundedOn: string;
  settlements: readonly { paidOn: string; undone?: { undoneOn: string } | undefined }[];
};

/**
 * The entries of these returns: what the shop of purchase owes the one that refunded, what it paid, and what was taken back of
 * that. Accounts are shops: above zero it is owed, below it owes. A return for nothing makes no entry.
 */
export function settlementEntries(returns: readonly CrossShopReturn[]): LedgerEntry[] {
  return returns.flatMap(({ id, returnShop, purchaseShop, refundFen, refundedOn, settlements }) => {
    if (refundFen === 0) return [];
    const due = entryOf(`due:${id}`, refundedOn, { debit: returnShop, credit: purchaseShop, fen: refundFen });
    return [
      due,
      ...settlements.flatMap(({ paidOn, undone }, index) => {
        const paid = entryAgainst(due, `paid:${id}:${index}`, paidOn);
        return undone ? [paid, entryAgainst(paid, `undone:${id}:${index}`, undone.undoneOn)] : [paid];
      }),
    ];
  });
}

/** What stands between two shops: `creditor` is owed `fen` by `debtor`; 0 where they are even. */
export type PairBalance = { creditor: string; debtor: string; fen: number; returns: number; open: number };

/** The balance of each pair of shops, the largest first. Two shops that take back one another's goods owe the difference. */
export function pairBalances(returns: readonly CrossShopReturn[]): PairBalance[] {
  const pairs = Map.groupBy(returns, ({ returnShop, purchaseShop }) =>
    JSON.stringify([returnShop, purchaseShop].toSorted()),
  );
  return [...pairs]
    .map(([key, own]): PairBalance => {
      const [one = '', other = ''] = JSON.parse(key) as string[];
      const fen = settlementEntries(own)
        .flatMap(({ postings }) => postings)
        .filter(({ account }) => account === one)
        .reduce((sum, posting) => sum + posting.fen, 0);
      const open = own.filter(({ settlements }) => {
        const last = settlements.at(-1);
        return last === undefined || last.undone !== undefined;
      }).length;
      return fen < 0
        ? { creditor: other, debtor: one, fen: -fen, returns: own.length, open }
        : { creditor: one, debtor: other, fen, returns: own.length, open };
    })
    .toSorted(
      (a, b) => b.fen - a.fen || a.creditor.localeCompare(b.creditor) || a.debtor.localeCompare(b.debtor),
    );
}
