/** Money on one account: a debit above zero, a credit below. Integer fen. */
export type Posting = { account: string; fen: number };

/** One entry of a ledger: its postings sum to nothing, always. `day` is of Asia/Shanghai. */
export type LedgerEntry = { id: string; day: string; postings: readonly Posting[] };

/** The entry by which an amount above zero goes to one account from another. */
export function entryOf(
  id: string,
  day: string,
  { debit, credit, fen }: { debit: string; credit: string; fen: number },
): LedgerEntry {
  return {
    id,
    day,
    postings: [
      { account: debit, fen },
      { account: credit, fen: -fen },
    ],
  };
}

/** The entry that takes another back; the other stays where it stands. */
export function entryAgainst(entry: LedgerEntry, id: string, day: string): LedgerEntry {
  return { id, day, postings: entry.postings.map(({ account, fen }) => ({ account, fen: -fen })) };
}

/** Whether debits and credits of an entry are equal, in whole fen, and there are any. */
export function isBalanced({ postings }: LedgerEntry): boolean {
  return (
    postings.length > 1 &&
    postings.every(({ fen }) => Number.isSafeInteger(fen)) &&
    postings.reduce((sum, { fen }) => sum + fen, 0) === 0
  );
}

/** What stands on each account, in whatever order the entries come. Accounts on which nothing is left are there too. */
export function balancesOf(entries: readonly LedgerEntry[]): Map<string, number> {
  const balances = new Map<string, number>();
  for (const { postings } of entries)
    for (const { account, fen } of postings) balances.set(account, (balances.get(account) ?? 0) + fen);
  return balances;
}

/** What stands on one account. */
export function balanceOf(entries: readonly LedgerEntry[], account: string): number {
  return balancesOf(entries).get(account) ?? 0;
}

/** The entries of a period, both days included. */
export function entriesIn(entries: readonly LedgerEntry[], from: string, to: string): LedgerEntry[] {
  return entries.filter(({ day }) => from <= day && day <= to);
}
