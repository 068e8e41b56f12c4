import { naturalDaysBetween, shiftDay } from '../kernel/calendar/index.ts';
import { eligibilityOf, type OtherRecord } from './eligibility.ts';
import type { Regimes } from './regime.ts';
import { publicationEnds } from './rules.ts';
import type { SanctionState } from './sanction.ts';

/** A day on which something becomes of a record. */
export type SanctionDate = {
  day: string;
  sanctionId: string;
  merchantId: string;
  /** `eligible`: the first day on which repair may be asked for. `ends`: the last day of publication. */
  what: 'eligible' | 'ends';
  /** Duties are open, or another record stands in the way, so that the day alone is not enough. */
  open: boolean;
};

/** Both dates of a record that lie ahead of a day, or on it. */
function datesOf(
  sanction: SanctionState,
  regimes: Pick<Regimes, 'regimes'>,
  day: string,
  others: readonly OtherRecord[],
): SanctionDate[] {
  const { id: sanctionId, merchantId } = sanction;
  const eligibility = eligibilityOf(sanction, regimes, day, others);
  const dates: SanctionDate[] = [];
  if (eligibility.verdict === 'on')
    dates.push({ day: eligibility.day, sanctionId, merchantId, what: 'eligible', open: false });
  if (eligibility.verdict === 'needs-duty' && eligibility.notBefore !== null)
    dates.push({ day: eligibility.notBefore, sanctionId, merchantId, what: 'eligible', open: true });
  const ends = sanction.ended === null ? publicationEnds(sanction, regimes) : null;
  if (ends !== null && ends.day >= day)
    dates.push({ day: ends.day, sanctionId, merchantId, what: 'ends', open: false });
  return dates;
}

/**
 * What becomes eligible, and what ends by itself, from one day to another, both included, in the order of the days. `sanctions` are all
 * records of the merchants; `listed` are standing entries of their credit, by merchant.
 */
export function calendarOfEligibility(
  sanctions: readonly SanctionState[],
  regimes: Pick<Regimes, 'regimes'>,
  { from, to }: { from: string; to: string },
  listed: ReadonlyMap<string, readonly OtherRecord[]> = new Map(),
): SanctionDate[] {
  const ofMerchant = Map.groupBy(sanctions, ({ merchantId }) => merchantId);
  return sanctions
    .flatMap((one) =>
      datesOf(one, regimes, from, [
        ...(ofMerchant.get(one.merchantId) ?? []),
        ...(listed.get(one.merchantId) ?? []),
      ]),
    )
    .filter(({ day }) => day >= from && day <= to)
    .toSorted((a, b) => (a.day === b.day ? (a.sanctionId < b.sanctionId ? -1 : 1) : a.day < b.day ? -1 : 1));
}

/** A date of which the merchant is to be reminded now. */
export type SanctionReminder = SanctionDate & {
  /** Which reminder it is: so many days before. */
  daysBefore: number;
  /** Since when it is due. */
  remindOn: string;
};

/**
 * The reminders that are due on a day: of each date ahead the last whose day has come, so that a desk that was closed on it does not
 * miss it. Nothing of a date that is over.
 */
export function remindersOf(
  sanction: SanctionState,
  { regimes, remindBefore }: Pick<Regimes, 'regimes' | 'remindBefore'>,
  day: string,
  others: readonly OtherRecord[] = [],
): SanctionReminder[] {
  return datesOf(sanction, { regimes }, day, others).flatMap((date) => {
    const due = remindBefore.days
      .toSorted((a, b) => a - b)
      .find((days) => naturalDaysBetween(day, date.day) <= days);
    return due === undefined ? [] : [{ ...date, daysBefore: due, remindOn: shiftDay(date.day, -due) }];
  });
}

/** A listing that is to be expected, and why. */
export type ListingWarning = { id: string; on: string; article: Regimes['yearly'][number]['article'] };

/**
 * What leads to an abnormal listing soon: a yearly report whose last day is near and that is not known to be filed; an address at which
 * the merchant was found to be unreachable. `filedOn` is when the last report was filed, `unreachableSince` when nobody was
 * found; null where nothing is known of it.
 */
export function listingWarnings(
  { filedOn, unreachableSince }: { filedOn: string | null; unreachableSince: string | null },
  { yearly, remindBefore, unreachable }: Pick<Regimes, 'yearly' | 'remindBefore' | 'unreachable'>,
  day: string,
): ListingWarning[] {
  const ahead = Math.max(...remindBefore.days);
  const reports = yearly.flatMap(({ id, day: last, article }): ListingWarning[] => {
    const on = `${day.slice(0, 4)}-${last}`;
    const filed = filedOn !== null && filedOn.slice(0, 4) === day.slice(0, 4) && filedOn <= day;
    const near = day <= on && naturalDaysBetween(day, on) <= ahead;
    return near && !filed ? [{ id, on, article }] : [];
  });
  if (unreachableSince === null || unreachableSince > day) return reports;
  const { days, article } = unreachable;
  return [...reports, { id: 'unreachable', on: shiftDay(unreachableSince, days), article }];
}
