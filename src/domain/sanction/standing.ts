import {
  type CreditPolicy,
  type CreditState,
  type GradeOnRecord,
  type Indicator,
  inputsOfLines,
  type Listing,
  monthNumber,
  type PenaltyClass,
  standingListings,
  type Tally,
  whatIf,
} from '../credit/index.ts';
import { businessDay } from '../kernel/calendar/index.ts';
import { listingOf, OF_CLASS } from './observe.ts';
import { isStanding, type SanctionState } from './sanction.ts';

type Entries = Pick<CreditState, 'listings' | 'penalties'> | undefined;

/** A penalty that stands: `factId` is the record's id, or that of the entry of the credit. */
export type StandingPenalty = {
  factId: string;
  class: PenaltyClass;
  on: string;
  organ: string;
  number: string;
};

/** What stands against a merchant, wherever it was recorded. */
export type Standing = { listings: Listing[]; penalties: StandingPenalty[] };

/**
 * What stands against a merchant on a day: records of decisions, and those entries of its credit that no record continues. Of a decision
 * that is in both, the record says whether it still stands, so that its end, whatever the cause, is the end of the entry (信用修复管理办法
 * Art. 3: publication, sharing and use stop together). Everything that asks about a merchant's record asks here.
 */
export function standingOf(credit: Entries, sanctions: readonly SanctionState[], day: string): Standing {
  const continued = new Set(sanctions.map((one) => one.continues));
  const own = <Entry extends { entryId: string }>(entries: readonly Entry[]): Entry[] =>
    entries.filter(({ entryId }) => !continued.has(entryId));
  const standing = sanctions.filter((one) => isStanding(one, day));
  const penalties = own(credit?.penalties ?? []).filter(({ ended }) => ended === null);
  return {
    listings: [
      ...own(credit === undefined ? [] : standingListings(credit)).map(({ listing, entryId }) => ({
        listing,
        factId: entryId,
      })),
      ...standing.flatMap((one) => {
        const listing = listingOf({ ...one, ended: null });
        return listing === null ? [] : [{ listing, factId: one.id }];
      }),
    ],
    penalties: [
      ...penalties.map(({ entryId, class: of, on, organ, number }) => ({
        factId: entryId,
        class: of,
        on,
        organ,
        number,
      })),
      ...standing.flatMap(({ id, kind, class: of, determinedOn: on, organ, number }) =>
        kind === 'penalty' && of !== null ? [{ factId: id, class: of, on, organ, number }] : [],
      ),
    ],
  };
}

/** An observation that a published grade still counts though its record has ended since. */
export type Lapsed = { indicator: Indicator; month: number };

/**
 * What a grade published at an instant counts of records that have ended since, by the month it was counted in; until the centre grades
 * anew, whoever works with that grade leaves it out. Of one that was corrected it is not told as what it was counted; it stays.
 */
export function lapsedSince(
  sanctions: readonly SanctionState[],
  publishedAt: string,
  credit: Pick<CreditState, 'penalties'> | undefined,
): Lapsed[] {
  const entries = new Map((credit?.penalties ?? []).map((one) => [one.entryId, one]));
  return sanctions.flatMap(({ kind, class: of, ended, recorded, corrections, continues }) => {
    if (ended === null || kind !== 'penalty' || of === null || corrections.length > 0) return [];
    if (Date.parse(ended.by.at) < Date.parse(publishedAt)) return [];
    const entry = continues === null ? undefined : entries.get(continues);
    const since = entry?.recorded.at ?? recorded.at;
    return Date.parse(since) > Date.parse(publishedAt)
      ? []
      : [{ indicator: OF_CLASS[entry?.class ?? of], month: monthNumber(businessDay(since)) }];
  });
}

/** A tally of a month without what has lapsed; never less than nothing. */
export function withoutLapsed(tally: Tally, lapsed: readonly Lapsed[], month: number): Tally {
  const events = new Map(tally.events);
  for (const one of lapsed) {
    const months = events.get(one.indicator) ?? [];
    events.set(
      one.indicator,
      months
        .map(({ age, count }) => ({ age, count: month - age === one.month ? count - 1 : count }))
        .filter(({ count }) => count > 0),
    );
  }
  return { rates: tally.rates, events };
}

/** Entries of the credit that a record continues and that have no effect on a day, as the record has ended. */
export function entriesOver(sanctions: readonly SanctionState[], day: string): string[] {
  return sanctions.flatMap((one) => (one.continues === null || isStanding(one, day) ? [] : [one.continues]));
}

/**
 * The published grade as it is on a day, by what stands then: capped by the lists of that day, and without what has lapsed since. It is
 * what the centre will come to with the same facts; null where no grade was given.
 */
export function gradeOn(
  policy: CreditPolicy,
  credit: Pick<CreditState, 'penalties' | 'listings'> & { grade: GradeOnRecord },
  sanctions: readonly SanctionState[],
  day: string,
): string | null {
  const { grade } = credit;
  const { listings } = standingOf(credit, sanctions, day);
  const { tally, means } = inputsOfLines(grade.lines);
  const lapsed = lapsedSince(sanctions, grade.at, credit);
  return whatIf(
    policy,
    withoutLapsed(tally, lapsed, monthNumber(`${grade.month}-01`)),
    { category: grade.category, means, listings, disputed: false },
    [],
  ).grade;
}
