import { sql, type RawBuilder } from 'kysely';
import { CHAIN_START, feedDigest } from '../../../protocol/chain.ts';
import { bigintColumn, textColumn, uuidColumn } from '../db/binary-arrays.ts';
import { inOneStatement, partsOf } from '../db/one-statement.ts';
import type { QueryExecutor } from '../db/pipeline.ts';
import { circleOf } from '../db/circle.ts';

export type FeedEvent = { eventId: string; hash: string };

type Head = { path: string; position: number; digest: string };

/** The heads of these feeds, locked in path order: batches from many devices cannot wait in a circle. */
export async function lockHeads(
  executor: QueryExecutor,
  paths: readonly string[],
): Promise<Map<string, Head>> {
  if (paths.length === 0) return new Map();
  const lock = async (): Promise<Map<string, Head>> => {
    const { rows } = await sql<Head>`
      SELECT unit_path AS path, position, digest FROM feed_head WHERE unit_path = ANY(${textColumn([...paths])}::text[])
      ORDER BY unit_path FOR UPDATE`.execute(executor);
    return new Map(rows.map((row) => [row.path, row]));
  };
  const heads = await lock();
  if (heads.size === paths.length) return heads;
  await sql`
    INSERT INTO feed_head (unit_path, position, digest)
    SELECT path, 0, ${CHAIN_START} FROM unnest(${textColumn([...paths])}::text[]) AS wanted (path) ORDER BY path
    ON CONFLICT DO NOTHING`.execute(executor);
  return lock();
}

/**
 * Appends events to units' feeds, whose heads are locked: positions without gaps and a running digest. `beside` are statements that
 * are sent with it, to save their way.
 */
export async function appendToFeeds(
  executor: QueryExecutor,
  heads: ReadonlyMap<string, Head>,
  feeds: ReadonlyMap<string, readonly FeedEvent[]>,
  beside: readonly RawBuilder<unknown>[] = [],
): Promise<void> {
  const columns = {
    circles: [] as string[],
    paths: [] as string[],
    positions: [] as number[],
    ids: [] as string[],
  };
  const moved: Head[] = [];
  for (const [path, entries] of feeds) {
    if (entries.length === 0) continue;
    const before = heads.get(path);
    if (!before) throw new Error(`The feed of ${path} is not locked`);
    const head = { ...before };
    moved.push(head);
    const circle = circleOf(path);
    for (const { eventId, hash } of entries) {
      head.position += 1;
      head.digest = feedDigest(head.digest, hash);
      columns.circles.push(circle);
      columns.paths.push(path);
      columns.positions.push(head.position);
      columns.ids.push(eventId);
    }
  }
  if (moved.length === 0) {
    await inOneStatement(beside)?.execute(executor);
    return;
  }
  const appended = sql`appended AS (
      INSERT INTO feed (circle, unit_path, position, event_id)
      SELECT * FROM unnest(${textColumn(columns.circles)}::text[], ${textColumn(columns.paths)}::text[],
        ${bigintColumn(columns.positions)}::bigint[], ${uuidColumn(columns.ids)}::uuid[]))`;
  await sql`
    WITH ${sql.join([...partsOf(beside), appended])}
    UPDATE feed_head SET position = fresh.position, digest = fresh.digest
    FROM unnest(
      ${textColumn(moved.map((one) => one.path))}::text[],
      ${bigintColumn(moved.map((one) => one.position))}::bigint[],
      ${textColumn(moved.map((one) => one.digest))}::text[]) AS fresh (path, position, digest)
    WHERE feed_head.unit_path = fresh.path`.execute(executor);
}
