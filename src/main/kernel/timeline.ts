import type { TimelineEntry } from '../../contract/workstation/case.ts';
import type { EventEnvelope } from '../../domain/kernel/event/event.ts';
import type { StreamKind } from '../../domain/streams.ts';
import { openEvents } from './store/index.ts';
import type { WorkstationParts } from './parts.ts';

/** What happened to one record, in the centre's order, this workstation's unconfirmed facts last. */
export async function timelineOf(
  workstation: WorkstationParts,
  kind: StreamKind,
  id: string,
): Promise<TimelineEntry[]> {
  const rows = await workstation.store.read
    .selectFrom('event')
    .selectAll()
    .where('stream_kind', '=', kind)
    .where('stream_id', '=', id)
    .execute();
  const order = (row: (typeof rows)[number]): number => row.feed_position ?? Number.MAX_SAFE_INTEGER;
  rows.sort((a, b) => order(a) - order(b) || a.local_order - b.local_order);
  const events = await openEvents(workstation.store.read, rows);
  return events.map((event, index) => entryOf(workstation, event, rows[index]?.status ?? 'accepted'));
}

/** One fact as an entry of its record's history. */
export function entryOf(
  workstation: WorkstationParts,
  event: EventEnvelope,
  status: TimelineEntry['status'],
): TimelineEntry {
  return {
    eventId: event.id,
    type: event.type,
    version: event.version,
    at: event.at,
    actorName: event.actor.name,
    actorRole: event.actor.role,
    unitPath: event.unitPath,
    unitName: workstation.directory.nameOf(event.unitPath),
    payload: event.payload,
    toName: targetOf(workstation, event.payload),
    status,
  };
}

/** The unit that a move went to, or that was asked to join. */
function targetOf(workstation: WorkstationParts, payload: unknown): string | null {
  if (typeof payload !== 'object' || payload === null) return null;
  const path = 'toPath' in payload ? payload.toPath : 'path' in payload ? payload.path : null;
  return typeof path === 'string' ? workstation.directory.nameOf(path) : null;
}
