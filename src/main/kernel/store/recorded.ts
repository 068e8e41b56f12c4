import { sql } from 'kysely';
import type { Reader } from './store.ts';
import type { StreamKey } from './streams.ts';

/** What a save was recorded as: a fact under its own id, or the first fact of a record. */
export type RecordedAs = { event: string } | { stream: StreamKey };

export type Recorded = { stream: StreamKey; type: string; payload: unknown };

type Row = { stream_kind: string; stream_id: string; type: string; payload: string };

/** What is in the log under a form's id; undefined when nothing is. */
export async function findRecorded(reader: Reader, id: RecordedAs): Promise<Recorded | undefined> {
  const { rows } =
    'event' in id
      ? await sql<Row>`
          SELECT stream_kind, stream_id, type, payload FROM event WHERE id = ${id.event}`.execute(reader)
      : await sql<Row>`
          SELECT stream_kind, stream_id, type, payload FROM event
          WHERE stream_kind = ${id.stream.kind} AND stream_id = ${id.stream.id} AND status != 'rejected'
          ORDER BY local_order LIMIT 1`.execute(reader);
  const [row] = rows;
  if (!row) return undefined;
  return {
    stream: { kind: row.stream_kind, id: row.stream_id },
    type: row.type,
    payload: JSON.parse(row.payload) as unknown,
  };
}
