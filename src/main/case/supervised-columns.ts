import { businessDay } from '../../domain/kernel/calendar/index.ts';
import {
  confirmationCountdown,
  instalmentDue,
  noticeOwed,
  satisfactionCall,
  type FollowUp,
} from '../../domain/case/follow-up.ts';
import { lastReview } from '../../domain/case/review.ts';
import type { CaseState } from '../../domain/case/state.ts';
import { durationBucket } from '../../domain/rollup/index.ts';
import type { UnitsAndRules } from '../kernel/store/units-and-rules.ts';

const instant = (one: FollowUp | null): string | null =>
  one === null ? null : new Date(one.dueAt).toISOString();

/** What the supervisor's page and the follow-up find cases by, under the names of the row that is written. */
export function supervisedColumns(
  state: CaseState,
  directory: UnitsAndRules,
): Record<string, string | number | null> {
  const { assignee } = state;
  const closedAt = state.historical ? null : state.closedAt;
  const milliseconds =
    Date.parse(state.outcomeAt ?? closedAt ?? state.registeredAt) - Date.parse(state.registeredAt);
  return {
    assignedTo: assignee?.staffId ?? null,
    assignedName: assignee?.name ?? null,
    escalated: state.escalations.length > 0 ? 1 : 0,
    closedDay: closedAt === null ? null : businessDay(closedAt),
    handledBucket: closedAt === null ? null : durationBucket(milliseconds / 60_000),
    review: lastReview(state),
    instalmentDueAt: instant(instalmentDue(state)),
    ...followUpDays(state, directory),
  };
}

/** The days by which follow-ups are found, in UTC as lists compare them. */
export function followUpDays(
  state: CaseState,
  directory: UnitsAndRules,
): { callDueAt: string | null; confirmDueAt: string | null; noticeDueAt: string | null } {
  const rules = directory.rules();
  return {
    callDueAt: instant(satisfactionCall(state, rules)),
    confirmDueAt: instant(confirmationCountdown(state, rules)),
    noticeDueAt: instant(noticeOwed(state, rules, directory.handlerAt(state.handlingPath))),
  };
}
