import { type CaseState, confirmationDeadline, instalmentsOf } from '../case/index.ts';
import { businessDay } from '../kernel/calendar/index.ts';
import { calendarAt, procedureOfCase, type Rulebook } from '../procedure/index.ts';
import { isSettled, type ReturnState } from '../return/index.ts';
import type { PrivacyGround } from './events.ts';

/** What keeps a record's personal data for now. */
export type DeletionBar = Extract<PrivacyGround, 'case-open' | 'duty-running'>;

/**
 * Why a case's personal data cannot be erased yet, or null. PIPL Art. 47 gives the right once the purpose is reached or is no longer
 * needed: of a case that is not closed it is not reached; nor while instalments of its agreement are still to come, the parties may
 * still ask the court to confirm it (人民调解法 Art. 33), or a violation reported with it is being checked.
 */
export function barOfCase(state: CaseState, rules: Rulebook, at: string): DeletionBar | null {
  if (state.status !== 'closed') return 'case-open';
  if (state.violation?.answer === null) return 'duty-running';
  const today = businessDay(at);
  if (instalmentsOf(state).some(({ keptOn, dueOn }) => keptOn === null && dueOn >= today))
    return 'duty-running';
  const confirmation = confirmationDeadline(
    state,
    calendarAt(rules, state.registeredPath),
    procedureOfCase(rules, state),
  );
  const runs = confirmation?.appliedOn === null && Date.parse(confirmation.dueAt) >= Date.parse(at);
  return runs ? 'duty-running' : null;
}

/**
 * The same of a return: undecided, or become a case that has not come back to it; or its refund is still to be made, or owed by the shop
 * where the goods were bought.
 */
export function barOfReturn(state: ReturnState, at: string): DeletionBar | null {
  if (state.status === 'requested' && state.caseId === null) return 'case-open';
  if (state.caseId !== null && state.resolution === undefined) return 'case-open';
  if (state.status !== 'granted') return null;
  if (state.refundedOn !== null && state.refundedOn > businessDay(at)) return 'duty-running';
  return state.purchasedAt !== undefined && !isSettled(state) ? 'duty-running' : null;
}
