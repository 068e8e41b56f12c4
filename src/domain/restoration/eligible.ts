import {
  eligibilityOf,
  isStanding,
  type OtherRecord,
  type SanctionState,
  shippedRegimes,
} from '../sanction/index.ts';
import type { MatterType } from './settings.ts';

/** Why a record cannot be asked about now; `day` is when it can be, or until when it was published. */
export type RestorationBar = {
  rule:
    | 'restoration-ended-already'
    | 'restoration-not-due'
    | 'restoration-duty-open'
    | 'restoration-barred'
    | 'restoration-to-be-looked-at';
  day?: string;
};

/**
 * Why a record cannot be asked about on a day under a type of matter; null where it can. `others` are the merchant's other records. What
 * is published may always be appealed against.
 */
export function barOf(
  { may }: Pick<MatterType, 'may'>,
  sanction: SanctionState,
  day: string,
  others: readonly OtherRecord[],
): RestorationBar | null {
  const eligibility = eligibilityOf(sanction, shippedRegimes, day, others);
  const over = eligibility.verdict === 'never' && eligibility.why !== 'barred';
  if (over || !isStanding(sanction, day)) return { rule: 'restoration-ended-already' };
  if (may === 'while-published') return null;
  switch (eligibility.verdict) {
    case 'now':
      return null;
    case 'on':
      return { rule: 'restoration-not-due', day: eligibility.day };
    case 'needs-duty':
      return { rule: 'restoration-duty-open' };
    case 'never':
      return { rule: 'restoration-barred' };
    case 'to-be-looked-at':
      return may === 'when-due-or-unknown' && eligibility.why === 'rule-unknown'
        ? null
        : { rule: 'restoration-to-be-looked-at' };
  }
}
