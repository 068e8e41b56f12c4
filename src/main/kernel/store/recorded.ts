import { sql } from 'kysely';
import { openEvents } from './event-log.ts';
import type { EventTable } from './schema.ts';
import type { Reader } from './store.ts';
import type { StreamKey } from './streams.ts';

/** What a save was recorded as: a fact under its own id, or the first fact of a record. */
export type RecordedAs = { event: string } | { stream: StreamKey };

export type Recorded = { stream: StreamKey; type: string; payload: unknown };

/** What is in the log under a form's id; undefined when nothing is. */
export async function findRecorded(reader: Reader, id: RecordedAs): Promise<Recorded | undefined> {
  const { rows } =
    'event' in id
      ? await sql<EventTable>`SELECT * FROM event WHERE id = ${id.event}`.execute(reader)
      : await sql<EventTable>`
          SELECT * FROM event
          WHERE stream_kind = ${id.stream.kind} AND stream_id = ${id.stream.id} AND status != 'rejected'
          ORDER BY local_order LIMIT 1`.execute(reader);
  const [event] = await openEvents(reader, rows);
  return event && { stream: event.stream, type: event.type, payload: event.payload };
}
