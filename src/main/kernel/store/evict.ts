import { sql } from 'kysely';
import type { FeedPage } from '../../../contract/centre/index.ts';
import type { BareItem } from '../../../contract/centre/exchange.ts';
import { eventRows, knownEvents, loggedItem, type ReadItem, type ReadPage } from './event-log.ts';
import { writeEvents } from './fact-write.ts';
import type { Writer } from './store.ts';
import { wantedStreams, type StreamKey } from './streams.ts';

/** Cases that leave in one transaction: few enough that a command never waits long for it. */
export const EVICTED_AT_ONCE = 50;

/** Facts about papers stay: a paper is verified by them years later. Of a person they hold the names of who signed. */
const KEPT_TYPES = ['document-issued', 'document-signed'];

/** Every place of a page of the feed in order, whether its event came along or not. */
export function placesOf({
  items,
  bare = [],
}: Pick<FeedPage, 'items' | 'bare'>): { position: number; hash: string; id: string }[] {
  const whole = items.map(({ position, hash, event }) => ({ position, hash, id: event.id }));
  return bare.length === 0 ? whole : [...whole, ...bare].toSorted((a, b) => a.position - b.position);
}

/** Marks those of the streams that are held here: the centre has archived them, and they leave when nothing keeps them. */
export async function markForEviction(writer: Writer, streams: readonly StreamKey[]): Promise<void> {
  if (streams.length === 0) return;
  await sql`
    INSERT INTO left_stream (kind, id)
    SELECT stream.kind, stream.id FROM json_each(${wantedStreams(streams)}) AS one
    JOIN stream ON stream.kind = one.value ->> 'kind' AND stream.id = one.value ->> 'id'
    WHERE true ON CONFLICT DO NOTHING`.execute(writer);
}

/**
 * Lets the next archived cases go, in the caller's transaction: lists, search, state and what others recorded. What is unsent,
 * unproved, set aside or needs a person, a form begun and not saved, a file that the centre lacks and a follow-up whose time
 * runs keep a case here; files of an erased one go first. Own facts stay, since the device's log has no gaps; so do refused ones, facts about papers, and files. Returns how
 * many left. `now` is the centre's time.
 */
export async function evict(writer: Writer, now: string): Promise<number> {
  const { rows } = await sql<StreamKey>`
    SELECT gone.kind, gone.id FROM left_stream AS gone
    WHERE gone.left_at IS NULL AND gone.kind = 'case'
      AND NOT EXISTS (SELECT 1 FROM event LEFT JOIN salvaged_event AS salvaged
        ON salvaged.event_id = event.id AND salvaged.dismissed_at IS NULL
        WHERE event.stream_kind = gone.kind AND event.stream_id = gone.id AND (event.status = 'pending'
          OR event.status IN ('rejected', 'quarantined', 'unknown') AND event.dismissed_at IS NULL
          OR event.origin = 'local' AND event.status = 'accepted' AND event.feed_position IS NULL
          OR salvaged.event_id IS NOT NULL))
      AND NOT EXISTS (SELECT 1 FROM outbox WHERE outbox.stream_kind = gone.kind AND outbox.stream_id = gone.id)
      AND NOT EXISTS (SELECT 1 FROM evidence_link AS link WHERE link.case_id = gone.id AND link.waiting = 1)
      AND NOT EXISTS (SELECT 1 FROM stream
        JOIN evidence_link AS link ON link.case_id = stream.id
        JOIN evidence_content AS content ON content.sha256 = link.sha256 AND content.held_at IS NOT NULL
        WHERE stream.kind = 'case' AND stream.id = gone.id AND stream.state LIKE '%"erased":{%')
      AND NOT EXISTS (
        SELECT 1 FROM draft WHERE draft.key LIKE '%:' || gone.id OR draft.key LIKE '%:' || gone.id || '#%')
      AND NOT EXISTS (SELECT 1 FROM case_row WHERE case_row.id = gone.id AND case_row.open = 1)
      AND NOT EXISTS (SELECT 1 FROM task
        WHERE task.stream_kind = gone.kind AND task.stream_id = gone.id AND task.due_at >= ${now})
    ORDER BY gone.kind, gone.id LIMIT ${EVICTED_AT_ONCE}`.execute(writer);
  if (rows.length === 0) return 0;
  const leaving = JSON.stringify(rows.map(({ id }) => id));
  const ids = sql`(SELECT value FROM json_each(${leaving}))`;
  await sql`DELETE FROM case_search WHERE rowid IN (SELECT row FROM case_row WHERE id IN ${ids})`.execute(
    writer,
  );
  await sql`DELETE FROM case_row WHERE id IN ${ids}`.execute(writer);
  await sql`DELETE FROM reminder WHERE case_id IN ${ids}`.execute(writer);
  await sql`DELETE FROM stream_base WHERE kind = 'case' AND id IN ${ids}`.execute(writer);
  await sql`DELETE FROM stream WHERE kind = 'case' AND id IN ${ids}`.execute(writer);
  await sql`
    DELETE FROM event WHERE stream_kind = 'case' AND stream_id IN ${ids} AND origin = 'feed'
      AND status <> 'rejected' AND type NOT IN (${sql.join(KEPT_TYPES)})`.execute(writer);
  await sql`UPDATE left_stream SET left_at = ${now} WHERE kind = 'case' AND id IN ${ids}`.execute(writer);
  return rows.length;
}

/** Adds events of the feed that are not here, and nothing that follows from them. */
async function addMissing(writer: Writer, items: readonly ReadItem[]): Promise<void> {
  const known = await knownEvents(
    writer,
    items.map((item) => item.event.id),
  );
  const logged = items.filter((item) => !known.has(item.event.id)).map(loggedItem);
  if (logged.length > 0) await writeEvents(writer, eventRows(logged));
}

/**
 * Takes back records that a page of the feed speaks of again: they are in no archive any more, and what stood in the feed before
 * comes with the page. Returns those whose states have to be made anew.
 */
export async function restoreReturned(
  writer: Writer,
  { items, back = [] }: Pick<ReadPage, 'items' | 'back'>,
): Promise<StreamKey[]> {
  await addMissing(writer, back);
  const { rows } = await sql<StreamKey>`
    DELETE FROM left_stream WHERE (kind, id) IN (
      SELECT value ->> 'kind', value ->> 'id'
      FROM json_each(${wantedStreams(items.map((item) => item.event.stream))}))
    RETURNING kind, id`.execute(writer);
  const again = [...rows, ...back.map((item) => item.event.stream)];
  if (again.length > 0) {
    // All of their history is here now: none of them rests on the centre's word.
    await sql`
      DELETE FROM stream_base WHERE (kind, id) IN (
        SELECT value ->> 'kind', value ->> 'id' FROM json_each(${wantedStreams(again)}))`.execute(writer);
  }
  return again;
}

/** Books the places of archived records' items: own facts among them are confirmed, and what is held here is to leave. */
export async function confirmBare(writer: Writer, bare: readonly BareItem[]): Promise<void> {
  if (bare.length === 0) return;
  const json = JSON.stringify(bare);
  await sql`
    UPDATE event SET feed_position = one.value ->> 'position',
      status = CASE WHEN event.status IN ('pending', 'rejected') THEN 'accepted' ELSE event.status END,
      refusal = CASE WHEN event.status = 'rejected' THEN NULL ELSE event.refusal END
    FROM json_each(${json}) AS one WHERE event.id = one.value ->> 'id'`.execute(writer);
  await sql`
    DELETE FROM outbox WHERE event_id IN (
      SELECT event.id FROM json_each(${json}) AS one
      JOIN event ON event.id = one.value ->> 'id' AND event.hash = one.value ->> 'hash')`.execute(writer);
  await markForEviction(
    writer,
    bare.map((item) => item.stream),
  );
}
