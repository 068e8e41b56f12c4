import { remindersOf } from './calendar.ts';
import { type OtherRecord, eligibilityOf, outlookOf } from './eligibility.ts';
import type { Regimes } from './regime.ts';
import type { SanctionState } from './sanction.ts';

/**
 * The call that is due on a day and was not asked for yet: so many days before the first on which repair may be asked for, and once
 * more when it may be. Null where none is. `others` are the merchant's other records.
 */
export function callDue(
  sanction: SanctionState,
  regimes: Pick<Regimes, 'regimes' | 'remindBefore'>,
  day: string,
  others: readonly OtherRecord[],
): { day: string; daysBefore: number } | null {
  if (sanction.ended !== null || sanction.applied !== null) return null;
  const due = dueOn(sanction, regimes, day, others);
  const { call } = sanction;
  const known =
    call !== undefined && due !== null && call.day === due.day && call.daysBefore <= due.daysBefore;
  return known ? null : due;
}

function dueOn(
  sanction: SanctionState,
  regimes: Pick<Regimes, 'regimes' | 'remindBefore'>,
  day: string,
  others: readonly OtherRecord[],
): { day: string; daysBefore: number } | null {
  const { verdict } = eligibilityOf(sanction, regimes, day, others);
  if (verdict === 'now') return { day: outlookOf(sanction, regimes).opensOn ?? day, daysBefore: 0 };
  if (verdict !== 'on') return null;
  const reminder = remindersOf(sanction, regimes, day, others).find(({ what }) => what === 'eligible');
  return reminder === undefined ? null : { day: reminder.day, daysBefore: reminder.daysBefore };
}
