import { sql } from 'kysely';
import type { PushedEvent } from '../../../contract/centre/index.ts';
import type { EventEnvelope } from '../../../domain/kernel/event/event.ts';
import type { StaffState } from '../../../domain/organisation/index.ts';
import { peopleIn, storedState } from '../../../domain/streams.ts';
import { textColumn, uuidColumn } from '../db/binary-arrays.ts';
import type { QueryExecutor } from '../db/pipeline.ts';
import type { FeedEvent } from '../feeds/append.ts';
import { keyOf, newStream, type Appender, type StreamKey, type StreamRecord } from './judge.ts';

/** The streams of a batch, locked in one order; those the database does not have are empty. */
export async function lockStreams(
  executor: QueryExecutor,
  keys: readonly StreamKey[],
): Promise<Map<string, StreamRecord>> {
  const streams = new Map<string, StreamRecord>();
  for (const key of keys) {
    const name = keyOf(key);
    if (!streams.has(name)) streams.set(name, newStream(key));
  }
  const wanted = [...streams.values()];
  const { rows } = await sql<{
    kind: string;
    id: string;
    revision: number;
    state: string | null;
    sight: string;
  }>`
    SELECT stream.kind, stream.id, stream.revision, stream.state, stream.sight
    FROM unnest(${textColumn(wanted.map((one) => one.kind))}::text[], ${textColumn(wanted.map((one) => one.id))}::text[])
      AS wanted (kind, id)
    JOIN stream ON stream.kind = wanted.kind AND stream.id = wanted.id
    ORDER BY stream.kind, stream.id FOR UPDATE OF stream`.execute(executor);
  for (const row of rows) {
    const record = streams.get(keyOf(row));
    if (!record) continue;
    record.revision = row.revision;
    record.sight = new Set(JSON.parse(row.sight) as string[]);
    if (row.state === null) continue;
    record.stored = storedState(row.kind, row.state);
    record.state = record.stored;
    // Made by a newer release beside this one, and not to be lost.
    if (record.state === undefined) record.foreignState = row.state;
  }
  return streams;
}

/** The accounts in whose names the batch speaks, and those to whom it gives cases. */
export async function loadStaff(
  executor: QueryExecutor,
  events: readonly EventEnvelope[],
): Promise<Map<string, StaffState>> {
  const ids = [...new Set(events.flatMap((event) => [event.actor.staffId, ...peopleIn(event)]))];
  const { rows } = await sql<{ id: string; state: string }>`
    SELECT id, state FROM stream WHERE kind = 'staff' AND id = ANY(${textColumn(ids)}::text[]) AND state IS NOT NULL`.execute(
    executor,
  );
  return new Map(rows.map((row) => [row.id, JSON.parse(row.state) as StaffState]));
}

/** Which of the batch's ids other events bear already. */
export async function loadTakenIds(
  executor: QueryExecutor,
  events: readonly PushedEvent[],
): Promise<Set<string>> {
  const { rows } = await sql<{ id: string }>`
    SELECT id FROM event WHERE status <> 'rejected' AND id = ANY(${uuidColumn(events.map((event) => event.id))}::uuid[])`.execute(
    executor,
  );
  return new Set(rows.map((row) => row.id));
}

/** Everything accepted or kept of these streams, in order, but for a batch that may be in the log already. */
export async function loadHistories(
  executor: QueryExecutor,
  streams: ReadonlySet<StreamRecord>,
  batch?: { appender: Appender; since: PushedEvent | undefined },
): Promise<Map<string, FeedEvent[]>> {
  const histories = new Map<string, FeedEvent[]>();
  if (streams.size === 0) return histories;
  const wanted = [...streams];
  const unseen = batch
    ? sql`AND NOT (event.device = ${batch.appender.id} AND event.device_sequence >= ${batch.since?.deviceSequence ?? 0})`
    : sql``;
  const { rows } = await sql<{ kind: string; id: string; eventId: string; hash: string }>`
    SELECT event.stream_kind AS kind, event.stream_id AS id, event.id AS "eventId", event.hash
    FROM unnest(${textColumn(wanted.map((one) => one.kind))}::text[], ${textColumn(wanted.map((one) => one.id))}::text[])
      AS wanted (kind, id)
    JOIN event ON event.stream_kind = wanted.kind AND event.stream_id = wanted.id
    WHERE event.status <> 'rejected' ${unseen}
    ORDER BY event.position`.execute(executor);
  for (const row of rows) {
    const key = keyOf(row);
    const list = histories.get(key);
    const entry = { eventId: row.eventId, hash: row.hash };
    if (list) list.push(entry);
    else histories.set(key, [entry]);
  }
  return histories;
}
