import { businessDay, dayEnd, shiftDay } from '../calendar/index.ts';
import { calendarAt, procedureOf, type Rulebook } from '../procedure/rulebook.ts';
import { confirmationDeadline } from './performance.ts';
import type { CaseState } from './state.ts';

/** Days after closing by which the consumer is called where closing did not know how satisfied they are (assumption). */
export const SATISFACTION_CALL_DAYS = 7;

/** Days before the time for judicial confirmation ends from which the desk is reminded of it (assumption). */
export const CONFIRMATION_NOTICE_DAYS = 7;

export type FollowUp = {
  kind: 'satisfaction' | 'confirmation';
  /** The last instant in time, ISO 8601 with +08:00. */
  dueAt: string;
  /** True when it runs into a year whose holidays are not announced yet. */
  provisional: boolean;
};

type Followed = Pick<
  CaseState,
  | 'status'
  | 'historical'
  | 'closedAt'
  | 'satisfaction'
  | 'documents'
  | 'confirmation'
  | 'registeredPath'
  | 'procedure'
>;

/** Until when the consumer is to be called, or null when nothing is left to ask. */
export function satisfactionCall(state: Followed): FollowUp | null {
  if (state.historical || state.closedAt === null || state.satisfaction !== 'unknown') return null;
  const day = shiftDay(businessDay(state.closedAt), SATISFACTION_CALL_DAYS);
  return { kind: 'satisfaction', dueAt: dayEnd(day), provisional: false };
}

/** Until when the parties may ask the court (人民调解法 Art. 33), while they have not; null when there is nothing to ask. */
export function confirmationCountdown(state: Followed, rules: Rulebook): FollowUp | null {
  const { registeredPath, procedure } = state;
  const deadline = confirmationDeadline(
    state,
    calendarAt(rules, registeredPath),
    procedureOf(rules, registeredPath, procedure),
  );
  if (deadline === null || deadline.appliedOn !== null) return null;
  return { kind: 'confirmation', dueAt: deadline.dueAt, provisional: deadline.provisional };
}

/** What is left to do beside the case's own deadline, earliest first. */
export function followUpsOf(state: Followed, rules: Rulebook): FollowUp[] {
  return [satisfactionCall(state), confirmationCountdown(state, rules)]
    .filter((one) => one !== null)
    .sort((a, b) => Date.parse(a.dueAt) - Date.parse(b.dueAt));
}
