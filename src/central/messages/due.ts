import { naturalDaysBetween } from '../../domain/kernel/calendar/index.ts';
import { listingWarnings, remindersOf, shippedRegimes } from '../../domain/sanction/index.ts';
import type { Reminded } from './known.ts';
import type { About } from './words.ts';

/** A message that is due to a merchant. */
export type DueMessage = {
  record: { kind: 'sanction' | 'merchant'; id: string };
  merchantId: string;
  what: About;
  day: string;
  daysBefore: number;
  /** Of the decision; empty where it is about none. */
  organ: string;
  number: string;
};

/**
 * What a merchant is to be told on a day: of each date of its records the last reminder whose day has come, and of listings that are to be
 * expected. Nothing of a record that it has asked the repair of, but when that ends.
 */
export function messagesDue(
  { merchant, sanctions, others }: Reminded,
  { unreachableSince, annualReport }: { unreachableSince: string | null; annualReport: boolean },
  day: string,
): DueMessage[] {
  const merchantId = merchant.id;
  const reminders = sanctions.flatMap((sanction) =>
    remindersOf(sanction, shippedRegimes, day, others)
      .filter(({ what }) => what === 'ends' || sanction.applied === null)
      .map((one): DueMessage => {
        const { organ, number } = sanction;
        const what = one.what === 'ends' ? 'ends' : one.open ? 'open' : 'eligible';
        return {
          record: { kind: 'sanction', id: sanction.id },
          merchantId,
          what,
          day: one.day,
          daysBefore: one.daysBefore,
          organ,
          number,
        };
      }),
  );
  return merchant.mergedInto === undefined
    ? [...reminders, ...warningsDue(merchantId, { unreachableSince, annualReport }, day)]
    : reminders;
}

function warningsDue(
  merchantId: string,
  { unreachableSince, annualReport }: { unreachableSince: string | null; annualReport: boolean },
  day: string,
): DueMessage[] {
  // Where nobody is to be told of the annual report, all are taken to have filed it.
  const known = { filedOn: annualReport ? null : day, unreachableSince };
  const ahead = shippedRegimes.remindBefore.days.toSorted((a, b) => a - b);
  return listingWarnings(known, shippedRegimes, day).flatMap(({ id, on }): DueMessage[] => {
    if ((id !== 'annual-report' && id !== 'unreachable') || on < day) return [];
    const left = naturalDaysBetween(day, on);
    const daysBefore = ahead.find((days) => left <= days) ?? left;
    const record = { kind: 'merchant', id: merchantId } as const;
    return [{ record, merchantId, what: id, day: on, daysBefore, organ: '', number: '' }];
  });
}
