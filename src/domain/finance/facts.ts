import {
  type CreditState,
  type ListingKind,
  overrideOn,
  type PenaltyClass,
  pendingBecause,
  standingListings,
} from '../credit/index.ts';
import { commitmentOn, type MerchantState } from '../merchant/index.ts';
import type { FinanceState } from './merchant-finance.ts';

/** What stands against a merchant, whoever keeps it: credit does today. */
export type StandingRecords = {
  listings: readonly ListingKind[];
  /** Of penalties that count: their class, and the day on which each was decided. */
  penalties: readonly { class: PenaltyClass; on: string }[];
};

/** What is known of a merchant on a day, as far as products ask. */
export type FinanceFacts = {
  day: string;
  category: string | null;
  /** Null where none was given, or it is pending. */
  grade: string | null;
  pending: boolean;
  /** The day on the licence; null where nobody has recorded it. */
  establishedOn: string | null;
  records: StandingRecords;
  promised: boolean;
  /** Disputes that ended at their source, and those that did not, as the published grade counts them; null without a grade. */
  source: { good: number; bad: number } | null;
  /** Whether some consent of the merchant is in force. */
  consented: boolean;
};

/** The records that stand against a merchant, read off its credit. */
export function standingRecords(
  credit: Pick<CreditState, 'listings' | 'penalties'> | undefined,
): StandingRecords {
  if (credit === undefined) return { listings: [], penalties: [] };
  return {
    listings: standingListings(credit).map(({ listing }) => listing),
    penalties: credit.penalties
      .filter(({ ended }) => ended === null)
      .map(({ class: graveness, on }) => ({ class: graveness, on })),
  };
}

type Known = {
  merchant: Pick<MerchantState, 'category' | 'commitments'> | undefined;
  credit: CreditState | undefined;
  finance: Pick<FinanceState, 'licence'> | undefined;
  consented: boolean;
};

/** What is known of a merchant on a day, of its records as they are. */
export function financeFactsOf({ merchant, credit, finance, consented }: Known, day: string): FinanceFacts {
  const pending = credit !== undefined && pendingBecause(credit) !== null;
  const published = credit?.grade ?? null;
  const settled = published?.lines.find(({ indicator }) => indicator === 'settled-at-source');
  const given = credit === undefined ? null : (overrideOn(credit, day)?.grade ?? published?.grade ?? null);
  return {
    day,
    category: merchant?.category ?? null,
    grade: pending ? null : given,
    pending,
    establishedOn: finance?.licence?.establishedOn ?? null,
    records: standingRecords(credit),
    promised: merchant !== undefined && commitmentOn(merchant, day) !== null,
    source:
      published === null
        ? null
        : settled?.kind === 'rate'
          ? { good: settled.good, bad: settled.bad }
          : { good: 0, bad: 0 },
    consented,
  };
}
