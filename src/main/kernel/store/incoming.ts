import { sql } from 'kysely';
import type { FeedItem, Receipt } from '../../../contract/centre/index.ts';
import { applyFact, learn, mayChangeSearch, type AnyState } from '../../../domain/streams.ts';
import { CHAIN_START, feedDigest } from '../../../protocol/chain.ts';
import { sealedWith } from '../../../protocol/sealed-facts.ts';
import { loadBases } from './bases.ts';
import type { Directory } from './directory.ts';
import { eraseRecords, erasuresIn } from './erase.ts';
import {
  eventRows,
  knownEvents,
  loggedItem,
  UNKNOWN_AT_CENTRE,
  type ReadItem,
  type ReadPage,
} from './event-log.ts';
import { restoreReturned } from './evict.ts';
import { readMeta, writeMeta } from './meta.ts';
import { keysOf, openedEvent } from './record-keys.ts';
import { saveFacts, type Change } from './save-facts.ts';
import { refold } from './refold.ts';
import type { Reader, Writer } from './store.ts';
import { keyOf, loadStates, type StreamKey } from './streams.ts';

/** How far this workstation has read its unit's feed. */
export type Cursor = { position: number; digest: string };

export async function readCursor(from: Reader | Writer): Promise<Cursor> {
  const text = await readMeta(from, 'cursor');
  return text === null ? { position: 0, digest: CHAIN_START } : (JSON.parse(text) as Cursor);
}

/** The feed does not continue what this workstation holds: a centre restored from a backup, or a lost page. */
export class FeedBroken extends Error {
  constructor(expected: number, found: number) {
    super(`Feed position ${expected} expected, ${found} found`);
  }
}

/**
 * Rebuilds the given streams and saves them, apart from those that are said to stand already; accepted events that cannot
 * be applied are quarantined.
 */
export async function rebase(
  writer: Writer,
  keys: readonly StreamKey[],
  directory: Directory,
  stands: (current: AnyState) => boolean = () => false,
): Promise<void> {
  const { states, quarantined, recovered, unknown } = await refold(writer, keys, directory.rules());
  await saveFacts(
    writer,
    [],
    [...states.values()]
      .filter((one) => !stands(one.current))
      .map((one): Change => ({ ...one, search: 'again' })),
    directory,
  );
  await quarantine(writer, quarantined);
  if (recovered.length > 0) {
    await writer
      .updateTable('event')
      .set({ status: 'accepted', refusal: null })
      .where('id', 'in', recovered)
      .execute();
  }
  if (unknown.length > 0) {
    await writer.updateTable('event').set({ status: 'unknown' }).where('id', 'in', unknown).execute();
  }
}

async function quarantine(writer: Writer, events: readonly { id: string; rule: string }[]): Promise<void> {
  if (events.length === 0) return;
  const rows = events.map(({ id, rule }) => ({ id, refusal: JSON.stringify({ rule }) }));
  await sql`
    UPDATE event SET status = 'quarantined', refusal = one.value ->> 'refusal'
    FROM json_each(${JSON.stringify(rows)}) AS one WHERE event.id = one.value ->> 'id'`.execute(writer);
}

/**
 * Books the centre's receipts: confirmed facts leave the outbox; rejected ones too, but keep what was
 * entered and their reason, and their streams are rebuilt without them.
 */
export async function applyReceipts(
  writer: Writer,
  receipts: readonly Receipt[],
  directory: Directory,
): Promise<{ rejected: number }> {
  if (receipts.length === 0) return { rejected: 0 };
  const rows = receipts.map((receipt) => {
    const refusal = receipt.status === 'unknown' ? UNKNOWN_AT_CENTRE : receipt.refusal;
    return {
      id: receipt.id,
      status: receipt.status,
      refusal: refusal === undefined ? null : JSON.stringify(refusal),
    };
  });
  const json = JSON.stringify(rows);
  await sql`
    UPDATE event SET status = one.value ->> 'status', refusal = one.value ->> 'refusal'
    FROM json_each(${json}) AS one
    WHERE event.id = one.value ->> 'id' AND event.status = 'pending'`.execute(writer);
  await sql`
    DELETE FROM outbox WHERE event_id IN (SELECT value ->> 'id' FROM json_each(${json}))`.execute(writer);
  const refused = rows.filter((row) => row.status !== 'accepted').map((row) => row.id);
  if (refused.length > 0) {
    const { rows: streams } = await sql<StreamKey>`
      SELECT DISTINCT stream_kind AS kind, stream_id AS id FROM event
      WHERE id IN (SELECT value FROM json_each(${JSON.stringify(refused)}))`.execute(writer);
    await dropEmptied(writer, streams, directory);
    await rebase(writer, streams, directory);
  }
  return { rejected: rows.filter((row) => row.status === 'rejected').length };
}

/** A stream whose first fact was rejected has no state left: its row goes, the fact itself stays listed. */
export async function dropEmptied(
  writer: Writer,
  keys: readonly StreamKey[],
  { projections }: Directory,
): Promise<void> {
  const json = JSON.stringify(keys);
  const { rows } = await sql<StreamKey>`
    SELECT one.value ->> 'kind' AS kind, one.value ->> 'id' AS id FROM json_each(${json}) AS one
    WHERE NOT EXISTS (SELECT 1 FROM event WHERE stream_kind = one.value ->> 'kind'
      AND stream_id = one.value ->> 'id' AND status IN ('accepted', 'pending', 'quarantined'))
      AND NOT EXISTS (SELECT 1 FROM stream_base WHERE kind = one.value ->> 'kind' AND id = one.value ->> 'id')`.execute(
    writer,
  );
  for (const { kind, id } of rows) {
    await writer.deleteFrom('stream').where('kind', '=', kind).where('id', '=', id).execute();
    const listed = projections.listed.find((one) => one.kind === kind);
    if (!listed) continue;
    const table = sql.table(`${kind}_row`);
    if (listed.searched)
      await sql`DELETE FROM ${sql.table(`${kind}_search`)} WHERE rowid IN (SELECT row FROM ${table} WHERE id = ${id})`.execute(
        writer,
      );
    await sql`DELETE FROM ${table} WHERE id = ${id}`.execute(writer);
  }
}

/**
 * Applies one page of the unit's feed and moves the cursor, in the caller's transaction. Own events come back
 * as confirmations; where others' facts came between, pending ones are rebased on top.
 * @throws FeedBroken when positions do not follow on.
 */
export async function applyFeedPage(writer: Writer, page: ReadPage, directory: Directory): Promise<Cursor> {
  const cursor = await readCursor(writer);
  const items = page.items.filter((item) => item.position > cursor.position);
  if (items.length === 0) return cursor;
  for (const item of items) {
    if (item.position !== cursor.position + 1) throw new FeedBroken(cursor.position + 1, item.position);
    cursor.position = item.position;
    cursor.digest = feedDigest(cursor.digest, item.hash);
  }
  const again = await restoreReturned(writer, { ...page, items });
  const known = await knownEvents(
    writer,
    items.map((item) => item.event.id),
  );
  await confirmKnown(writer, items, known, directory);
  const foreign = items.filter((item) => !known.has(item.event.id));
  await applyForeign(writer, foreign, items, again, directory);
  await writeMeta(writer, 'cursor', JSON.stringify(cursor));
  return cursor;
}

/** Facts in the log that a page of the feed shows again: their places, and what the centre has made of them since. */
export async function confirmKnown(
  writer: Writer,
  items: readonly FeedItem[],
  known: Set<string>,
  directory: Directory,
): Promise<void> {
  const rows = items
    .filter((item) => known.has(item.event.id))
    .map((item) => ({
      id: item.event.id,
      position: item.position,
      receivedAt: item.receivedAt,
      status: item.status,
      hash: item.hash,
    }));
  if (rows.length === 0) return;
  const json = JSON.stringify(rows);
  const unknown = JSON.stringify(UNKNOWN_AT_CENTRE);
  // Refused here, and taken from another copy of this workstation: the centre's order has it, so it counts. Set aside,
  // and accepted by a centre that has come to know it. Waiting, and set aside by the centre.
  const { rows: again } = await sql<StreamKey>`
    SELECT DISTINCT stream_kind AS kind, stream_id AS id
    FROM json_each(${json}) AS one CROSS JOIN event ON event.id = one.value ->> 'id'
    WHERE event.status = 'rejected'
      OR event.status = 'unknown' AND event.refusal = ${unknown} AND one.value ->> 'status' = 'accepted'
      OR event.status = 'pending' AND one.value ->> 'status' = 'unknown'`.execute(writer);
  // A lost receipt is no loss: the feed itself proves that the centre has the fact.
  const judged = sql`(event.status IN ('pending', 'rejected')
    OR event.status = 'unknown' AND event.refusal = ${unknown})`;
  await sql`
    UPDATE event SET feed_position = one.value ->> 'position', received_at = one.value ->> 'receivedAt',
      status = CASE WHEN ${judged} THEN one.value ->> 'status' ELSE event.status END,
      refusal = CASE WHEN NOT ${judged} THEN event.refusal WHEN one.value ->> 'status' = 'unknown' THEN ${unknown} END
    FROM json_each(${json}) AS one WHERE event.id = one.value ->> 'id'`.execute(writer);
  // Sent under another identity, it still has its place in this log, and the log must have no gap at the centre.
  await sql`
    DELETE FROM outbox WHERE event_id IN (
      SELECT event.id FROM json_each(${json}) AS one
      JOIN event ON event.id = one.value ->> 'id' AND event.hash = one.value ->> 'hash')`.execute(writer);
  await dropEmptied(writer, again, directory);
  await rebase(writer, again, directory);
}

async function applyForeign(
  writer: Writer,
  foreign: readonly ReadItem[],
  items: readonly ReadItem[],
  again: readonly StreamKey[],
  directory: Directory,
): Promise<void> {
  if (foreign.length === 0 && again.length === 0) return;
  const logged = foreign.map(loggedItem);
  const touched = new Map<string, StreamKey>();
  for (const item of foreign) touched.set(keyOf(item.event.stream), item.event.stream);
  const toRebase = await streamsToRebase(writer, touched, items, foreign);
  for (const key of again) toRebase.set(keyOf(key), key);
  const states = await loadStates(writer, [...touched.values()]);
  const bases = await loadBases(writer, [...touched.values()]);
  const before = new Set(states.keys());
  const updated = new Map<string, { current: AnyState; updatedAt: string }>();
  const unapplied: { id: string; rule: string }[] = [];
  /** Records whose words may have changed. */
  const reworded = new Set<string>();
  const keys = await keysOf(
    writer,
    logged
      .filter((one) => one.key === undefined)
      .map(({ event }) => ({ stream_id: event.stream.id, sealed_with: sealedWith(event.payload) })),
  );
  // A page may bring a procedure and the first cases under it.
  let rules = directory.rules();
  for (const one of logged) {
    const key = keyOf(one.event.stream);
    if (mayChangeSearch(one.event.stream.kind, one.event.type)) reworded.add(key);
    if (one.status !== 'accepted' || toRebase.has(key)) continue;
    // In the state that the snapshot brought.
    if ((one.feedPosition ?? 0) <= (bases.get(key)?.position ?? -1)) continue;
    const opened = openedEvent(one.event, one.key ?? keys.get(sealedWith(one.event.payload) ?? '') ?? null);
    const ruling = applyFact(states.get(key), opened, rules);
    if (ruling.kind === 'legal') {
      rules = learn(rules, ruling.state);
      states.set(key, ruling.state);
      updated.set(key, { current: ruling.state, updatedAt: one.event.at });
    } else if (ruling.kind === 'unknown') {
      one.status = 'unknown';
    } else {
      unapplied.push({ id: one.event.id, rule: ruling.refusal.rule });
    }
  }
  await saveFacts(
    writer,
    eventRows(logged),
    [...updated].map(([key, one]): Change => ({
      ...one,
      search: !before.has(key) ? 'new' : reworded.has(key) ? 'again' : 'unchanged',
    })),
    directory,
  );
  await quarantine(writer, unapplied);
  await rebase(writer, [...toRebase.values()], directory);
  await eraseRecords(writer, erasuresIn(foreign));
}

/** Streams where local and foreign facts mix: those are rebuilt in the centre's order. */
async function streamsToRebase(
  writer: Writer,
  touched: Map<string, StreamKey>,
  items: readonly FeedItem[],
  foreign: readonly FeedItem[],
): Promise<Map<string, StreamKey>> {
  const { rows } = await sql<StreamKey>`
    SELECT DISTINCT event.stream_kind AS kind, event.stream_id AS id
    FROM json_each(${JSON.stringify([...touched.values()])}) AS one
    JOIN event ON event.stream_kind = one.value ->> 'kind' AND event.stream_id = one.value ->> 'id'
    WHERE event.origin = 'local' AND (event.feed_position IS NULL OR event.status = 'pending')`.execute(
    writer,
  );
  const mixed = new Map(rows.map((row) => [keyOf(row), row]));
  const foreignIds = new Set(foreign.map((item) => item.event.id));
  for (const item of items) {
    const key = keyOf(item.event.stream);
    if (!foreignIds.has(item.event.id) && touched.has(key)) mixed.set(key, item.event.stream);
  }
  return mixed;
}
