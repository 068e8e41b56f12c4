import { businessDay, shiftDay } from '../kernel/calendar/index.ts';
import { publicationEnds, type Regimes, type SanctionState } from '../sanction/index.ts';
import { isPending } from './outcomes.ts';
import { settingsOn } from './settings.ts';
import type { RestorationState } from './state.ts';

/** That a record has come to its maximum: the first day without publication, and the rule by which it ended. */
export type Expiry = {
  on: string;
  regime: string;
  rule: string;
  /** The matter of the open application about it, which ends with it; null where there is none. */
  matterId: string | null;
};

/**
 * Whether a record ends by itself, seen on a day: its last day of publication lies before that day, by a rule that ends it though duties
 * are open or with all of them done. Null where it does not, where it has ended, and where the regimes have it wait for what is open
 * about it. `application` is the one that the record is part of.
 */
export function expiryOf(
  sanction: SanctionState,
  application: RestorationState | undefined,
  regimes: Pick<Regimes, 'regimes' | 'atMaximum'>,
  day: string,
): Expiry | null {
  if (sanction.ended !== null) return null;
  const ends = publicationEnds(sanction, regimes);
  if (ends === null || ends.day >= day) return null;
  const matter = application?.matters.find(
    ({ sanctionId, matterId }) => sanctionId === sanction.id && isPending(application, matterId),
  );
  if (application !== undefined && matter !== undefined) {
    const { types } = settingsOn(businessDay(application.filed.at));
    const appeal = types.find(({ code }) => code === matter.type)?.ends === 'annulled';
    if (regimes.atMaximum[appeal ? 'appeal' : 'application'] === 'wait') return null;
  }
  const { regime, rule } = ends.rule;
  return { on: shiftDay(ends.day, 1), regime, rule, matterId: matter?.matterId ?? null };
}
