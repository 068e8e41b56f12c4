import { businessDay } from '../kernel/calendar/index.ts';
import { type CreditState, isDisputed, monthNumber, monthText, overrideOn } from '../credit/index.ts';
import { type SanctionState, standingOf } from '../sanction/index.ts';

/** For how many months the highest grade is asked for at most: as many as a merchant's credit keeps. */
export const MOST_MONTHS = 24;

/** Why a merchant is not commended. */
export type NotCommended = 'grade' | 'penalty' | 'listing' | 'pending';

/** What is asked: the highest grade in each of so many months, this one the last. */
export type CommendationRule = { month: string; months: number; topGrade: string; today: string };

/** The grade of a month: the one that was published last for it or for a month before; a grade holds until another is published. */
export function gradeOfMonth(
  { grade, past }: Pick<CreditState, 'grade' | 'past'>,
  month: string,
): string | null {
  const all = grade === null ? past : [grade, ...past];
  return all.find((one) => one.month <= month)?.grade ?? null;
}

/**
 * Why a merchant is not commended; null where it is. One more fact against it never adds it to a list, and a longer time never does. A
 * penalty counts by its own day while it stands; `sanctions` are the merchant's records, which say so where they continue an entry of
 * its credit.
 */
export function notCommended(
  state: Pick<
    CreditState,
    'grade' | 'past' | 'penalties' | 'listings' | 'objections' | 'overrides' | 'correction'
  >,
  sanctions: readonly SanctionState[],
  { month, months, topGrade, today }: CommendationRule,
): NotCommended | null {
  const last = monthNumber(`${month}-01`);
  const first = last - months + 1;
  for (let one = first; one <= last; one += 1)
    if (gradeOfMonth(state, monthText(one)) !== topGrade) return 'grade';
  const override = overrideOn(state, today);
  if (override !== null && override.grade !== topGrade) return 'grade';
  const since = `${monthText(first)}-01`;
  const { penalties, listings } = standingOf(state, sanctions, today);
  if (penalties.some(({ on }) => on >= since)) return 'penalty';
  if (listings.length > 0) return 'listing';
  return isDisputed(state) || state.correction ? 'pending' : null;
}

/** The month that is over on a day, whose list is made then. */
export function monthBefore(instant: string): string {
  return monthText(monthNumber(businessDay(instant)) - 1);
}
