import type { DisclosedPoints } from '../../contract/centre/disclosure.ts';
import { type CreditState, overrideOn, pendingBecause } from '../../domain/credit/index.ts';

export type Said = Omit<DisclosedPoints, 'disclosureId' | 'code'>;

/** What is said of a merchant's credit on a day: nothing but the published grade, or why there is none. */
export function saidOf(state: CreditState | undefined, day: string): Said {
  const none = { grade: null, month: null, policyVersion: null, points: null, reasons: [] };
  if (state === undefined || state.grade === null) return { state: 'not-rated', ...none };
  if (pendingBecause(state) !== null) return { state: 'pending', ...none };
  const { grade, month, policyVersion, points, reasons } = state.grade;
  const override = overrideOn(state, day)?.grade ?? null;
  const given = override ?? grade;
  return {
    state: given === null ? 'not-rated' : 'graded',
    grade: given,
    month,
    policyVersion,
    // Points stand for the grade that follows from them, and not for one that was set by hand.
    points: given === null || override !== null ? null : points,
    reasons: given === null || override !== null ? [] : reasons.map(({ code, lost }) => ({ code, lost })),
  };
}
