import type { TimelineEntry } from '../../contract/workstation/case.ts';
import { changesOf } from '../../domain/case/correction.ts';
import { maskPayload } from '../../domain/kernel/text/index.ts';

/** What names the consumer in a registration or a correction. */
const PERSONAL = new Set(['consumer', 'consumerPhone', 'consumerIdNumber', 'consumerAddress']);

/** A case's history as its page shows it: corrections with what each replaced, and no more of the consumer than above it. */
export function caseHistory(timeline: readonly TimelineEntry[]): TimelineEntry[] {
  const changes = changesOf(
    timeline.map(({ status, ...entry }) => ({
      ...entry,
      counts: status === 'accepted' || status === 'pending',
    })),
  );
  return timeline.map((entry) => {
    const found = changes.get(entry.eventId);
    return { ...entry, payload: masked(entry.payload), ...(found ? { changes: found } : {}) };
  });
}

function masked(payload: unknown): unknown {
  if (typeof payload !== 'object' || payload === null) return payload;
  // An agent's telephone number is a person's like any other.
  return maskPayload(Object.fromEntries(Object.entries(payload).filter(([name]) => !PERSONAL.has(name))));
}
