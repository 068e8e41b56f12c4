import { businessDay, dayEnd, shiftDay } from '../kernel/calendar/index.ts';
import { defaultProcedure, calendarAt, procedureOfCase, type Rulebook } from '../procedure/index.ts';
import { noticeDeadline, type OwedNotice } from './notice.ts';
import { confirmationDeadline, nextInstalment } from './performance.ts';
import type { CaseState } from './state.ts';

/** Days before the time for judicial confirmation ends from which the workstation is reminded of it (assumption). */
export const CONFIRMATION_NOTICE_DAYS = 7;

export type FollowUp = {
  kind: 'satisfaction' | 'confirmation' | 'notice' | 'instalment';
  /** The notice that is owed. */
  document?: OwedNotice;
  /** The last instant in time, ISO 8601 with +08:00. */
  dueAt: string;
  /** True when it runs into a year whose holidays are not announced yet. */
  provisional: boolean;
};

type Followed = Pick<
  CaseState,
  | 'status'
  | 'erased'
  | 'historical'
  | 'closedAt'
  | 'satisfaction'
  | 'documents'
  | 'confirmation'
  | 'registeredPath'
  | 'procedure'
  | 'receivedAt'
  | 'acceptedAt'
  | 'outcomeAt'
  | 'handlingPath'
  | 'clockStops'
>;

/** What the unit that handles a case is: its notices depend on it. */
export type Handler = { level: number; regulator: boolean };

/**
 * Until when the consumer is to be called where closing did not know how satisfied they are, or null when nothing
 * is left to ask. As many days after closing as the case's procedure says; the shipped one's where it says nothing.
 */
export function satisfactionCall(state: Followed, rules: Rulebook): FollowUp | null {
  if (state.historical || state.closedAt === null || state.satisfaction !== 'unknown') return null;
  const { limits } = procedureOfCase(rules, state);
  const days = (limits.satisfactionCallDays ?? defaultProcedure.limits.satisfactionCallDays)?.value ?? 0;
  const day = shiftDay(businessDay(state.closedAt), days);
  return { kind: 'satisfaction', dueAt: dayEnd(day), provisional: false };
}

/** Until when the parties may ask the court (人民调解法 Art. 33), while they have not; null when there is nothing to ask. */
export function confirmationCountdown(state: Followed, rules: Rulebook): FollowUp | null {
  const deadline = confirmationDeadline(
    state,
    calendarAt(rules, state.registeredPath),
    procedureOfCase(rules, state),
  );
  if (deadline === null || deadline.appliedOn !== null) return null;
  return { kind: 'confirmation', dueAt: deadline.dueAt, provisional: deadline.provisional };
}

/** Until when the handling unit, if it is the regulator, owes a notice; null when it owes none. */
export function noticeOwed(state: Followed, rules: Rulebook, { level, regulator }: Handler): FollowUp | null {
  const notice = noticeDeadline(
    state,
    level,
    regulator,
    calendarAt(rules, state.registeredPath),
    procedureOfCase(rules, state),
  );
  return notice === null ? null : { kind: 'notice', ...notice };
}

/** Until when the next instalment of an agreement is to be paid; null where none is to come. */
export function instalmentDue(
  state: Pick<CaseState, 'status' | 'settlement' | 'instalmentsKept'>,
): FollowUp | null {
  const next = state.status === 'settled' ? nextInstalment(state) : null;
  return next === null ? null : { kind: 'instalment', dueAt: dayEnd(next.dueOn), provisional: false };
}

/** What is left to do beside the case's own deadline, earliest first. */
export function followUpsOf(state: Followed, rules: Rulebook, handler: Handler): FollowUp[] {
  if (state.erased !== undefined) return [];
  return [
    noticeOwed(state, rules, handler),
    satisfactionCall(state, rules),
    confirmationCountdown(state, rules),
  ]
    .filter((one) => one !== null)
    .sort((a, b) => Date.parse(a.dueAt) - Date.parse(b.dueAt));
}
