import { sql } from 'kysely';
import { eventHash } from '../../../protocol/chain.ts';
import type { Directory } from '../store/directory.ts';
import { openedPayload, sealedWith } from '../../../protocol/sealed-facts.ts';
import { erasuresOf, isLeft } from '../store/erase.ts';
import { ALTERED, envelopeOf, type ReadItem } from '../store/event-log.ts';
import { rebase } from '../store/incoming.ts';
import { keysOf } from '../store/record-keys.ts';
import { TAKEN_OUT, type EventTable } from '../store/schema.ts';
import type { Reader, Store } from '../store/store.ts';
import { keyOf, wantedStreams, type StreamKey } from '../store/streams.ts';

/** True when a fact of the log is what it was when it was recorded, as far as the log can tell. */
function isUnaltered(row: Omit<EventTable, 'local_order'>): boolean {
  if (row.previous_hash === null) return true;
  try {
    return eventHash(envelopeOf(row), row.previous_hash) === row.hash;
  } catch {
    // No JSON any more.
    return false;
  }
}

/**
 * Ids of those facts that are not what was recorded. Of an erased record what is left has to be what its erasure says; and what is sealed has
 * to open, or its record to have been erased.
 */
async function alteredAmong(
  read: Reader,
  rows: readonly Omit<EventTable, 'local_order'>[],
): Promise<string[]> {
  const sealed = rows.filter((row) => row.sealed_with !== null);
  const keys = await keysOf(read, sealed);
  const closed = sealed.filter((row) => !keys.has(row.sealed_with ?? ''));
  const { erased, left } = await erasuresOf(
    read,
    closed.map((row) => ({ kind: row.stream_kind, id: row.stream_id })),
  );
  const isSound = (row: Omit<EventTable, 'local_order'>): boolean => {
    if (row.sealed_with === TAKEN_OUT) return isLeft(row, left);
    if (!isUnaltered(row)) return false;
    if (row.sealed_with === null) return true;
    const key = keys.get(row.sealed_with);
    if (key === undefined) return erased.has(`${row.stream_kind}:${row.stream_id}`);
    return opens(row, key);
  };
  return rows.filter((row) => !isSound(row)).map(({ id }) => id);
}

function opens(row: Omit<EventTable, 'local_order'>, key: string): boolean {
  try {
    const event = envelopeOf(row);
    openedPayload(event, key);
    return sealedWith(event.payload) === row.sealed_with;
  } catch {
    return false;
  }
}

/** The next facts of the log whose hash is not that of their content, and how far that has looked; null at its end. */
export async function findAltered(
  read: Reader,
  after: number,
  limit: number,
): Promise<{ altered: string[]; last: number | null }> {
  const rows = await read
    .selectFrom('event')
    .selectAll()
    .where('local_order', '>', after)
    .orderBy('local_order')
    .limit(limit)
    .execute();
  const altered = await alteredAmong(read, rows);
  return { altered, last: rows.at(-1)?.local_order ?? null };
}

/** Those of some records' facts whose hash is not that of their content. */
export async function alteredOf(read: Reader, keys: readonly StreamKey[]): Promise<string[]> {
  const { rows } = await sql<EventTable>`
    SELECT event.* FROM json_each(${wantedStreams(keys)}) AS wanted
    JOIN event ON event.stream_kind = wanted.value ->> 'kind' AND event.stream_id = wanted.value ->> 'id'`.execute(
    read,
  );
  return alteredAmong(read, rows);
}

/** Numbers of this device's own log that are not there any more, or do not follow on. */
export async function brokenPlaces(read: Reader): Promise<number> {
  const { rows } = await sql<{ broken: number }>`
    SELECT count(*) AS broken FROM (
      SELECT hash, previous_hash, device_sequence, lag(hash) OVER own AS before, lag(device_sequence) OVER own AS number
      FROM event WHERE origin = 'local' WINDOW own AS (ORDER BY device_sequence)
    ) WHERE number IS NOT NULL AND (number <> device_sequence - 1 OR before <> previous_hash)`.execute(read);
  return rows[0]?.broken ?? 0;
}

/** Sets altered facts aside, so that nothing is shown by them, and makes their records anew without them; returns how many. */
export async function setAside(store: Store, ids: readonly string[], directory: Directory): Promise<number> {
  return store.write(async (writer) => {
    const { rows } = await sql<StreamKey>`
      UPDATE event SET status = 'quarantined', refusal = ${JSON.stringify(ALTERED)}, dismissed_at = NULL,
        -- What is no JSON any more stays to be looked at, in a form that can be read.
        payload = CASE WHEN json_valid(payload) THEN payload ELSE json_quote(payload) END,
        actor = CASE WHEN json_valid(actor) THEN actor
          ELSE json_object('staffId', '?', 'name', '?', 'role', '?', 'unitPath', unit_path) END
      WHERE id IN (SELECT value FROM json_each(${JSON.stringify(ids)})) AND status IN ('accepted', 'pending')
      RETURNING stream_kind AS kind, stream_id AS id`.execute(writer);
    await rebase(writer, rows, directory);
    return rows.length;
  });
}

/** Facts that are set aside as altered and that the centre has, by their place in the feed. */
export async function alteredInFeed(read: Reader): Promise<{ id: string; position: number }[]> {
  const { rows } = await sql<{ id: string; position: number }>`
    SELECT id, feed_position AS position FROM event
    WHERE status = 'quarantined' AND refusal = ${JSON.stringify(ALTERED)} AND feed_position IS NOT NULL
    ORDER BY feed_position`.execute(read);
  return rows;
}

/**
 * Puts an altered fact right by what the centre has in its place of the feed, where that is the fact whose hash stands here.
 * False where it is another, and nothing was changed.
 */
export async function putRight(
  store: Store,
  id: string,
  { event, hash, status, key, takenOut, unproved }: ReadItem,
  directory: Directory,
): Promise<boolean> {
  return store.write(async (writer) => {
    const row = await writer.selectFrom('event').selectAll().where('id', '=', id).executeTakeFirst();
    if (row?.previous_hash == null || event.id !== id) return false;
    if (hash !== row.hash || unproved === true) return false;
    if (takenOut !== true && eventHash(event, row.previous_hash) !== hash) return false;
    const name = sealedWith(event.payload);
    if (name !== null && key !== undefined)
      await writer
        .replaceInto('record_key')
        .values({ id: name, stream_kind: event.stream.kind, stream_id: event.stream.id, key })
        .execute();
    await writer
      .updateTable('event')
      .set({
        stream_kind: event.stream.kind,
        stream_id: event.stream.id,
        type: event.type,
        version: event.version,
        payload: JSON.stringify(event.payload ?? null),
        actor: JSON.stringify(event.actor),
        device: event.device,
        device_sequence: event.deviceSequence,
        at: event.at,
        unit_path: event.unitPath,
        sealed_with: takenOut === true ? TAKEN_OUT : name,
        status,
        refusal: null,
      })
      .where('id', '=', id)
      .execute();
    const before = { kind: row.stream_kind, id: row.stream_id };
    const isSame = keyOf(before) === keyOf(event.stream);
    await rebase(writer, isSame ? [before] : [before, event.stream], directory);
    return true;
  });
}
