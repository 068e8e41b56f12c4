import { sql } from 'kysely';
import type { FeedItem } from '../../../contract/centre/index.ts';
import { canonicalJson } from '../../../domain/kernel/event/canonical.ts';
import { FIRST_KINDS } from '../../../domain/streams.ts';
import { sealedWith } from '../../../protocol/sealed-facts.ts';
import type { Directory } from './directory.ts';
import { eraseRecords, erasuresIn } from './erase.ts';
import { envelopeOf, eventRows, loggedItem, type ReadPage } from './event-log.ts';
import { confirmKnown, dropEmptied, rebase } from './incoming.ts';
import { confirmBare, restoreReturned } from './evict.ts';
import { saveFacts } from './save-facts.ts';
import { refold } from './refold.ts';
import { TAKEN_OUT, type EventTable } from './schema.ts';
import type { Reader, Writer } from './store.ts';
import { keyOf, loadStates, type StreamKey } from './streams.ts';

/** What a page of the feed showed against what is held here. */
export type PageCompared = { missing: number; different: number };

/** An event's content; where it stood in a log apart, since a fact may have been carried over into another. */
const contentOf = (event: FeedItem['event'], alsoPlace: boolean): string => {
  const { device, deviceSequence, ...content } = event;
  return canonicalJson(alsoPlace ? { ...content, device, deviceSequence } : content);
};

/**
 * Compares a page of the feed with the log here, item by item: adds what is missing, puts right what came by the feed and
 * is otherwise here, and gives each its place. This device's own log is signed and never rewritten. States are
 * not touched: `mendStreams` makes them anew when all places are known. Of archived records there is nothing to compare.
 */
export async function comparePage(
  writer: Writer,
  { items, bare = [] }: Pick<ReadPage, 'items' | 'bare'>,
  directory: Directory,
): Promise<PageCompared> {
  await confirmBare(writer, bare);
  // What comes whole is in no archive, whatever was said before.
  await restoreReturned(writer, { items });
  const ids = JSON.stringify(items.map((item) => item.event.id));
  const { rows } = await sql<EventTable>`
    SELECT * FROM event WHERE id IN (SELECT value FROM json_each(${ids}))`.execute(writer);
  const held = new Map(rows.map((row) => [row.id, row]));
  const missing = items.filter((item) => !held.has(item.event.id));
  const different = items.filter((item) => {
    const row = held.get(item.event.id);
    if (!row) return false;
    const same = row.device === item.event.device && row.device_sequence === item.event.deviceSequence;
    return contentOf(envelopeOf(row), same) !== contentOf(item.event, same);
  });
  await putRight(
    writer,
    different.filter((item) => held.get(item.event.id)?.origin === 'feed' && item.unproved !== true),
  );
  await fillChain(writer, items);
  await confirmKnown(writer, items, new Set(held.keys()), directory);
  const logged = missing.map(loggedItem);
  if (logged.length > 0) await saveFacts(writer, eventRows(logged), [], directory);
  await eraseRecords(writer, erasuresIn(items));
  return { missing: missing.length, different: different.length };
}

/** Adds the hashes before them to events of the feed that an older release of the centre gave without. */
async function fillChain(writer: Writer, items: readonly FeedItem[]): Promise<void> {
  const rows = items.map((item) => ({
    id: item.event.id,
    hash: item.hash,
    before: item.previousHash ?? null,
  }));
  await sql`
    UPDATE event SET previous_hash = one.value ->> 'before'
    FROM json_each(${JSON.stringify(rows)}) AS one
    WHERE event.id = one.value ->> 'id' AND event.hash = one.value ->> 'hash' AND event.origin = 'feed'
      AND event.previous_hash IS NULL`.execute(writer);
}

async function putRight(writer: Writer, items: readonly FeedItem[]): Promise<void> {
  for (const { event, hash, previousHash = null, key, takenOut } of items) {
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
        previous_hash: previousHash,
        hash,
        sealed_with: takenOut === true ? TAKEN_OUT : name,
      })
      .where('id', '=', event.id)
      .execute();
  }
}

/**
 * All streams that have facts or a state here, but for those that have left or are about to; what others are judged by
 * comes first.
 */
export async function allStreams(read: Reader): Promise<StreamKey[]> {
  const { rows } = await sql<StreamKey>`
    SELECT stream_kind AS kind, stream_id AS id FROM event
    UNION SELECT kind, id FROM stream
    EXCEPT SELECT kind, id FROM left_stream`.execute(read);
  const order: readonly string[] = FIRST_KINDS;
  const rank = ({ kind }: StreamKey): number => order.indexOf(kind) + 1 || order.length + 1;
  return rows.toSorted((a, b) => rank(a) - rank(b));
}

/** Makes those of the streams anew whose state is not what their facts lead to; returns how many there were. */
export async function mendStreams(
  writer: Writer,
  keys: readonly StreamKey[],
  directory: Directory,
): Promise<number> {
  const kept = await loadStates(writer, keys);
  const { states } = await refold(writer, keys, directory.rules());
  const wrong = keys.filter((stream) => {
    const [before, after] = [kept.get(keyOf(stream)), states.get(keyOf(stream))?.current];
    if (!before || !after) return before !== after;
    // Through JSON once, as the kept one went: members that are undefined are not kept.
    return canonicalJson(before.state) !== canonicalJson(JSON.parse(JSON.stringify(after.state)));
  });
  if (wrong.length === 0) return 0;
  await dropEmptied(writer, wrong, directory);
  await rebase(writer, wrong, directory);
  return wrong.length;
}

/** Facts of a device that came by the feed are its own log again, where its store was lost and made anew. */
export async function adoptOwn(writer: Writer, device: string): Promise<void> {
  await sql`
    UPDATE OR IGNORE event SET origin = 'local'
    WHERE device = ${device} AND origin = 'feed' AND previous_hash IS NOT NULL`.execute(writer);
}

/** Facts that bear a place of the feed here and are not among those that were read. */
export async function notInFeed(read: Reader, seen: ReadonlySet<string>): Promise<string[]> {
  const { rows } = await sql<{ id: string }>`
    SELECT id FROM event WHERE feed_position IS NOT NULL`.execute(read);
  return rows.map(({ id }) => id).filter((id) => !seen.has(id));
}

/**
 * The last fact of a device's own log that the centre has acknowledged; 0 when none, as of an identity that is just being
 * taken on.
 */
export async function lastAcknowledged(read: Reader | Writer, device: string): Promise<number> {
  const { rows } = await sql<{ last: number | null }>`
    SELECT max(device_sequence) AS last FROM event
    WHERE origin = 'local' AND device = ${device} AND id NOT IN (SELECT event_id FROM outbox)`.execute(read);
  return rows[0]?.last ?? 0;
}

/**
 * After a centre was put back from a backup: what it acknowledged and lost is sent again, in this device's order; what
 * others recorded keeps standing here without a place in the feed, until they have sent it again; and what the
 * centre's own administrators had recorded does not hold any more, since nobody sends that again. Returns how
 * many facts wait to be sent again.
 */
export async function sendAgain(
  writer: Writer,
  head: number,
  lost: readonly string[],
): Promise<{ again: number; void: number }> {
  const json = JSON.stringify(lost);
  await sql`
    UPDATE event SET feed_position = NULL, received_at = NULL
    WHERE id IN (SELECT value FROM json_each(${json}))`.execute(writer);
  const voided = await sql`
    UPDATE event SET status = 'rejected', refusal = ${JSON.stringify({ rule: 'lost-at-centre' })}, dismissed_at = NULL
    WHERE device = 'centre' AND status IN ('accepted', 'quarantined', 'unknown')
      AND id IN (SELECT value FROM json_each(${json}))`.execute(writer);
  await sql`
    UPDATE event SET status = CASE WHEN status = 'rejected' THEN status ELSE 'pending' END, feed_position = NULL
    WHERE origin = 'local' AND device_sequence > ${head}`.execute(writer);
  await sql`
    INSERT INTO outbox (device_sequence, event_id, stream_kind, stream_id, at)
    SELECT device_sequence, id, stream_kind, stream_id, at FROM event
    WHERE origin = 'local' AND device_sequence > ${head} AND true
    ON CONFLICT DO NOTHING`.execute(writer);
  // Files too: each is offered again, and taken only where the centre lacks it.
  await sql`
    UPDATE evidence_link SET waiting = 1, upload_path = NULL
    WHERE sha256 IN (SELECT sha256 FROM evidence_content WHERE held_at IS NOT NULL)`.execute(writer);
  const { rows } = await sql<{ count: number }>`SELECT count(*) AS count FROM outbox`.execute(writer);
  return { again: rows[0]?.count ?? 0, void: Number(voided.numAffectedRows ?? 0) };
}
