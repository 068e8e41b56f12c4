import { sql, type RawBuilder } from 'kysely';
import { CHAIN_START, feedDigest } from '../../protocol/chain.ts';
import { bigintColumn, textColumn, uuidColumn } from '../db/binary-arrays.ts';
import type { Work } from '../db/database.ts';
import { circleOf } from '../db/schema.ts';

export type FeedEvent = { eventId: string; hash: string };

type Head = { path: string; position: number; digest: string };

/** The heads of these feeds, locked in path order: batches from many devices cannot wait in a circle. */
async function lockHeads(work: Work, paths: readonly string[]): Promise<Map<string, Head>> {
  const lock = async (): Promise<Map<string, Head>> => {
    const { rows } = await sql<Head>`
      SELECT unit_path AS path, position, digest FROM feed_head WHERE unit_path = ANY(${textColumn([...paths])}::text[])
      ORDER BY unit_path FOR UPDATE`.execute(work);
    return new Map(rows.map((row) => [row.path, row]));
  };
  const heads = await lock();
  if (heads.size === paths.length) return heads;
  await sql`
    INSERT INTO feed_head (unit_path, position, digest)
    SELECT path, 0, ${CHAIN_START} FROM unnest(${textColumn([...paths])}::text[]) AS wanted (path) ORDER BY path
    ON CONFLICT DO NOTHING`.execute(work);
  return lock();
}

/**
 * Appends events to units' feeds: positions without gaps and a running digest. Returns the position before the first
 * that each feed got. `together` is an insert that is sent with it, to save its way.
 */
export async function appendToFeeds(
  work: Work,
  feeds: Map<string, readonly FeedEvent[]>,
  together: RawBuilder<unknown> | null = null,
): Promise<Map<string, number>> {
  const paths = [...feeds.keys()].filter((path) => (feeds.get(path)?.length ?? 0) > 0).toSorted();
  const before = new Map<string, number>();
  if (paths.length === 0) {
    await together?.execute(work);
    return before;
  }
  const heads = await lockHeads(work, paths);
  const columns = {
    circles: [] as string[],
    paths: [] as string[],
    positions: [] as number[],
    ids: [] as string[],
  };
  for (const path of paths) {
    const head = heads.get(path);
    if (!head) throw new Error(`No feed head for ${path}`);
    before.set(path, head.position);
    const circle = circleOf(path);
    for (const { eventId, hash } of feeds.get(path) ?? []) {
      head.position += 1;
      head.digest = feedDigest(head.digest, hash);
      columns.circles.push(circle);
      columns.paths.push(path);
      columns.positions.push(head.position);
      columns.ids.push(eventId);
    }
  }
  const moved = [...heads.values()];
  await sql`
    WITH ${together === null ? sql`` : sql`beside AS (${together}),`} appended AS (
      INSERT INTO feed (circle, unit_path, position, event_id)
      SELECT * FROM unnest(${textColumn(columns.circles)}::text[], ${textColumn(columns.paths)}::text[],
        ${bigintColumn(columns.positions)}::bigint[], ${uuidColumn(columns.ids)}::uuid[]))
    UPDATE feed_head SET position = fresh.position, digest = fresh.digest
    FROM unnest(
      ${textColumn(moved.map((one) => one.path))}::text[],
      ${bigintColumn(moved.map((one) => one.position))}::bigint[],
      ${textColumn(moved.map((one) => one.digest))}::text[]) AS fresh (path, position, digest)
    WHERE feed_head.unit_path = fresh.path`.execute(work);
  return before;
}
