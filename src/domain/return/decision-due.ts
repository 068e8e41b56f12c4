import { businessDay, dayEnd, shiftDay } from '../kernel/calendar/index.ts';
import { defaultProcedure, procedureInForce, type Rulebook } from '../procedure/index.ts';
import type { ReturnState } from './reducer.ts';

type Asked = Pick<ReturnState, 'status' | 'requestedAt' | 'unitPath' | 'caseId'>;

/**
 * Until when a return is to be decided that somebody asked for: ISO 8601 with +08:00; null once it is decided, or has become a
 * case. So many days as the procedure says that was in force on the day it was asked for; the shipped one's where it says nothing.
 */
export function decisionDue(
  { status, requestedAt, unitPath, caseId }: Asked,
  rules: Rulebook,
): { dueAt: string; days: number } | null {
  if (status !== 'requested' || caseId !== null) return null;
  const day = businessDay(requestedAt);
  const { limits } = procedureInForce(rules, unitPath, day).procedure;
  const days = (limits.returnDecisionDays ?? defaultProcedure.limits.returnDecisionDays)?.value ?? 0;
  return { dueAt: dayEnd(shiftDay(day, days)), days };
}

/** Whether a return is still undecided though its time is over. */
export function isOverdue(asked: Asked, rules: Rulebook, at: string): boolean {
  const due = decisionDue(asked, rules);
  return due !== null && Date.parse(due.dueAt) < Date.parse(at);
}
