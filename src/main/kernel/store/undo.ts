import { sql } from 'kysely';
import type { EventEnvelope } from '../../../domain/kernel/event/event.ts';
import { CHAIN_START, eventHash } from '../../../protocol/chain.ts';
import type { Directory } from './directory.ts';
import { envelopeOf, openEvents } from './event-log.ts';
import { saveFacts } from './save-facts.ts';
import { refold } from './refold.ts';
import type { EventTable } from './schema.ts';
import type { Reader, Store, Writer } from './store.ts';
import type { StreamKey } from './streams.ts';

/** The end of this device's log: 0 before anything was recorded. */
export async function lastRecorded(store: Store): Promise<number> {
  const { rows } = await sql<{ last: number | null }>`
    SELECT max(device_sequence) AS last FROM event WHERE origin = 'local'`.execute(store.read);
  return rows[0]?.last ?? 0;
}

/** What may be taken back: the person's own last step of these types on the stream; `after` is the last that may have left. */
export type Wanted = { stream: StreamKey; staffId: string; types: ReadonlySet<string>; after: number };

/** The last fact of this device's log while it waits here, when it is the one that is wanted; else null. */
export async function lastUndoable(from: Reader | Writer, wanted: Wanted): Promise<EventEnvelope | null> {
  const { rows } = await sql<EventTable>`
    SELECT * FROM event WHERE origin = 'local' ORDER BY device_sequence DESC LIMIT 1`.execute(from);
  const row = rows[0];
  if (!row || row.status !== 'pending' || row.device_sequence <= wanted.after) return null;
  const [event] = await openEvents(from, [row]);
  if (!event) return null;
  const fits =
    event.stream.kind === wanted.stream.kind &&
    event.stream.id === wanted.stream.id &&
    event.actor.staffId === wanted.staffId &&
    wanted.types.has(event.type);
  return fits ? event : null;
}

/**
 * Takes back the last fact of this device's log, as if it had never been recorded: nothing is chained to it yet, and
 * nobody else has it. False when it is of another record or kind, or may have left the workstation. The
 * caller sees to it that nothing is being sent meanwhile.
 */
export async function takeBack(writer: Writer, directory: Directory, wanted: Wanted): Promise<boolean> {
  const event = await lastUndoable(writer, wanted);
  if (event === null) return false;
  await sql`DELETE FROM outbox WHERE event_id = ${event.id}`.execute(writer);
  await sql`DELETE FROM event WHERE id = ${event.id}`.execute(writer);
  await asBefore(writer, [event.stream], directory);
  return true;
}

/** Makes records what their facts say, once some of those have gone. */
async function asBefore(writer: Writer, keys: readonly StreamKey[], directory: Directory): Promise<void> {
  const { states } = await refold(writer, keys, directory.rules());
  await saveFacts(
    writer,
    [],
    [...states.values()].map((one) => ({ ...one, search: 'again' as const })),
    directory,
  );
}

/**
 * Streams that were made together: after which place of this device's log, by facts of which types, and the last place that may
 * have left.
 */
export type MadeTogether = {
  streams: readonly StreamKey[];
  types: readonly string[];
  /** Facts recorded together with them on streams that were there already. */
  facts?: readonly { eventId: string; stream: StreamKey }[];
  after: number;
  left: number;
};

/** How many facts are rewritten at once where others were recorded between or after those that are taken back. */
const REWRITTEN_TOGETHER = 500;

/**
 * When the first of these facts was recorded, while all of them wait here, nobody has recorded another on one of their
 * streams since, and no fact recorded since names one of those that were made; else null, as when there are none.
 */
export async function undoableStreams(from: Reader | Writer, wanted: MadeTogether): Promise<string | null> {
  const { after, left, streams, types, facts = [] } = wanted;
  if (streams.length + facts.length === 0 || after < left) return null;
  const ids = JSON.stringify(streams.map(({ id }) => id));
  const eventIds = JSON.stringify(facts.map(({ eventId }) => eventId));
  const { rows } = await sql<{ at: string | null; others: number }>`
    WITH made AS MATERIALIZED (SELECT value AS id FROM json_each(${ids})),
      together AS MATERIALIZED (SELECT value AS id FROM json_each(${eventIds})),
      since AS (SELECT *, stream_id IN (SELECT id FROM made) OR id IN (SELECT id FROM together) AS own FROM event
        WHERE origin = 'local' AND device_sequence > ${after}),
      later AS (SELECT 1 FROM together JOIN event AS fact ON fact.id = together.id
        JOIN event ON event.stream_kind = fact.stream_kind AND event.stream_id = fact.stream_id
        WHERE event.local_order > fact.local_order),
      elsewhere AS (SELECT 1 FROM made JOIN event ON event.stream_id = made.id
        WHERE event.origin <> 'local' OR event.device_sequence <= ${after})
    SELECT min(at) FILTER (WHERE own) AS at,
      (SELECT count(*) FROM elsewhere) + (SELECT count(*) FROM later) + count(*) FILTER (WHERE status <> 'pending'
        OR stream_id IN (SELECT id FROM made) AND type NOT IN (SELECT value FROM json_each(${JSON.stringify(types)}))
        OR NOT own AND EXISTS (SELECT 1 FROM json_tree(since.payload) AS part
          WHERE part.atom IN (SELECT id FROM made))) AS others
    FROM since`.execute(from);
  const [found] = rows;
  return found === undefined || found.others > 0 ? null : found.at;
}

/**
 * Takes back streams that were made together, as if they had never been: their facts, states, rows and search terms. Facts recorded
 * between and after them stay, and are chained again; none of them has left, and nobody else has seen their hashes. False when some
 * have left, or something rests on them. The caller sees to it that nothing is being sent meanwhile.
 */
export async function takeBackStreams(
  writer: Writer,
  directory: Directory,
  wanted: MadeTogether,
): Promise<boolean> {
  if ((await undoableStreams(writer, wanted)) === null) return false;
  const { streams, after, facts = [] } = wanted;
  const keys = JSON.stringify(streams);
  const made = sql`(SELECT value ->> 'id' FROM json_each(${keys}))`;
  await sql`DELETE FROM outbox WHERE stream_id IN ${made}`.execute(writer);
  await sql`DELETE FROM event WHERE origin = 'local' AND device_sequence > ${after}
    AND stream_id IN ${made}`.execute(writer);
  const eventIds = sql`(SELECT value FROM json_each(${JSON.stringify(facts.map(({ eventId }) => eventId))}))`;
  await sql`DELETE FROM outbox WHERE event_id IN ${eventIds}`.execute(writer);
  await sql`DELETE FROM event WHERE id IN ${eventIds}`.execute(writer);
  for (const kind of new Set(streams.map((stream) => stream.kind))) {
    await sql`DELETE FROM stream WHERE kind = ${kind} AND id IN ${made}`.execute(writer);
    const listed = directory.projections.listed.find((one) => one.kind === kind);
    if (!listed) continue;
    const table = sql.table(`${kind}_row`);
    if (listed.searched)
      await sql`DELETE FROM ${sql.table(`${kind}_search`)}
        WHERE rowid IN (SELECT row FROM ${table} WHERE id IN ${made})`.execute(writer);
    await sql`DELETE FROM ${table} WHERE id IN ${made}`.execute(writer);
  }
  await asBefore(
    writer,
    facts.map(({ stream }) => stream),
    directory,
  );
  await chainAnew(writer, after);
  return true;
}

/** Gives the facts after a place of this device's log their places and hashes again, without the gaps. */
async function chainAnew(writer: Writer, after: number): Promise<void> {
  const { rows: before } = await sql<{ hash: string }>`
    SELECT hash FROM event WHERE origin = 'local' AND device_sequence = ${after}`.execute(writer);
  let hash = before[0]?.hash ?? CHAIN_START;
  let place = after;
  let from = after;
  for (;;) {
    const { rows } = await sql<EventTable>`
      SELECT * FROM event WHERE origin = 'local' AND device_sequence > ${from}
      ORDER BY device_sequence LIMIT ${REWRITTEN_TOGETHER}`.execute(writer);
    if (rows.length === 0) return;
    for (const row of rows) {
      from = row.device_sequence;
      place += 1;
      const event = { ...envelopeOf(row), deviceSequence: place };
      const next = eventHash(event, hash);
      await sql`UPDATE event SET device_sequence = ${place}, previous_hash = ${hash}, hash = ${next}
        WHERE id = ${row.id}`.execute(writer);
      await sql`UPDATE outbox SET device_sequence = ${place} WHERE event_id = ${row.id}`.execute(writer);
      hash = next;
    }
  }
}
