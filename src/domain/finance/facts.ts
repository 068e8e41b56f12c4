import {
  type CreditState,
  type ListingKind,
  overrideOn,
  type PenaltyClass,
  pendingBecause,
} from '../credit/index.ts';
import { commitmentOn, type MerchantState } from '../merchant/index.ts';
import { type SanctionState, standingOf } from '../sanction/index.ts';
import type { FinanceState } from './merchant-finance.ts';

/** What stands against a merchant, wherever it was recorded. */
export type StandingRecords = {
  listings: readonly ListingKind[];
  /** Of penalties that count: their class, the day on which each was decided, and by whom. */
  penalties: readonly { class: PenaltyClass; on: string; organ: string; number: string }[];
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

/**
 * What stands against a merchant on a day: records of decisions, and those entries of its credit that none of them continues. Of a
 * decision that stands in both, the record says whether it still does.
 */
export function standingRecords(
  credit: Pick<CreditState, 'listings' | 'penalties'> | undefined,
  sanctions: readonly SanctionState[],
  day: string,
): StandingRecords {
  const { listings, penalties } = standingOf(credit, sanctions, day);
  return {
    listings: listings.map(({ listing }) => listing),
    penalties: penalties.map(({ class: graveness, on, organ, number }) => ({
      class: graveness,
      on,
      organ,
      number,
    })),
  };
}

type Known = {
  merchant: Pick<MerchantState, 'category' | 'commitments'> | undefined;
  credit: CreditState | undefined;
  finance: Pick<FinanceState, 'licence'> | undefined;
  sanctions: readonly SanctionState[];
  consented: boolean;
};

/** What is known of a merchant on a day, of its records as they are. */
export function financeFactsOf(
  { merchant, credit, finance, sanctions, consented }: Known,
  day: string,
): FinanceFacts {
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
    records: standingRecords(credit, sanctions, day),
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
