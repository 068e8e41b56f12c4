import type { TimelineEntry } from '../../contract/workstation/case.ts';
import { changesOf } from '../../domain/case/correction.ts';

/** A case's history as its page shows it: corrections with what each replaced. */
export function caseHistory(timeline: readonly TimelineEntry[]): TimelineEntry[] {
  const changes = changesOf(
    timeline.map(({ status, ...entry }) => ({
      ...entry,
      counts: status === 'accepted' || status === 'pending',
    })),
  );
  return timeline.map((entry) => {
    const found = changes.get(entry.eventId);
    return found ? { ...entry, changes: found } : entry;
  });
}
