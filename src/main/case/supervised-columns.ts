import { businessDay } from '../../domain/kernel/calendar/index.ts';
import { lastReview } from '../../domain/case/review.ts';
import type { CaseState } from '../../domain/case/state.ts';
import { durationBucket } from '../../domain/rollup/index.ts';

/** What the supervisor's page finds cases by, under the names of the row that is written. */
export function supervisedColumns(state: CaseState): Record<string, string | number | null> {
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
  };
}
