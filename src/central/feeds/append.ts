import { sql } from 'kysely';
import { CHAIN_START, feedDigest } from '../../protocol/chain.ts';
import type { Work } from '../db/database.ts';

export type FeedEvent = { eventId: string; hash: string };

/** One event on its way into a feed, or the mark where a stream's whole history goes in. */
export type FeedEntry =
  | FeedEvent
  /** What the database has of stream `historyOf`, then what this batch has added to it so far. */
  | { historyOf: string; fresh: FeedEvent[] };

type Head = { position: number; digest: string };

function expand(entries: readonly FeedEntry[], histories: Map<string, FeedEvent[]>): FeedEvent[] {
  return entries.flatMap((entry) =>
    'historyOf' in entry ? [...(histories.get(entry.historyOf) ?? []), ...entry.fresh] : [entry],
  );
}

/**
 * Appends events to units' feeds: positions without gaps and a running digest. The heads are locked in path
 * order, so that batches from many devices cannot wait for each other in a circle.
 */
export async function appendToFeeds(
  work: Work,
  feeds: Map<string, FeedEntry[]>,
  histories: Map<string, FeedEvent[]>,
): Promise<void> {
  if (feeds.size === 0) return;
  const paths = [...feeds.keys()].toSorted();
  await sql`
    INSERT INTO feed_head (unit_path, position, digest)
    SELECT path, 0, ${CHAIN_START} FROM unnest(${paths}::text[]) AS wanted (path) ORDER BY path
    ON CONFLICT DO NOTHING`.execute(work);
  const { rows } = await sql<Head & { path: string }>`
    SELECT unit_path AS path, position, digest FROM feed_head WHERE unit_path = ANY(${paths}::text[])
    ORDER BY unit_path FOR UPDATE`.execute(work);
  const heads = new Map(rows.map((row) => [row.path, row]));
  const out: { path: string; position: number; eventId: string }[] = [];
  for (const path of paths) {
    const head = heads.get(path);
    if (!head) throw new Error(`No feed head for ${path}`);
    for (const entry of expand(feeds.get(path) ?? [], histories)) {
      head.position += 1;
      head.digest = feedDigest(head.digest, entry.hash);
      out.push({ path, position: head.position, eventId: entry.eventId });
    }
  }
  await sql`
    INSERT INTO feed (unit_path, position, event_id)
    SELECT * FROM unnest(
      ${out.map((one) => one.path)}::text[],
      ${out.map((one) => one.position)}::bigint[],
      ${out.map((one) => one.eventId)}::uuid[])`.execute(work);
  const changed = [...heads.values()];
  await sql`
    UPDATE feed_head SET position = fresh.position, digest = fresh.digest
    FROM unnest(
      ${changed.map((one) => one.path)}::text[],
      ${changed.map((one) => one.position)}::bigint[],
      ${changed.map((one) => one.digest)}::text[]) AS fresh (path, position, digest)
    WHERE feed_head.unit_path = fresh.path`.execute(work);
}
