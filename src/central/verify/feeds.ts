import { sql } from 'kysely';
import { CHAIN_START, feedDigest } from '../../protocol/chain.ts';
import type { Transaction } from '../kernel/db/database.ts';
import { createCheck, type Invariant } from './check.ts';

const PAGE = 20_000;

type FeedRow = { circle: string; path: string; position: number; hash: string | null };

/** Feeds have positions 1, 2, 3, … of events that are there, and end with the digest their head says. */
export async function feedsAreWhole(transaction: Transaction): Promise<Invariant> {
  const check = createCheck('feeds are whole');
  const found = new Map<string, { position: number; digest: string; whole: boolean }>();
  let after: [string, string, number] = ['', '', 0];
  for (;;) {
    const { rows } = await sql<FeedRow>`
      SELECT feed.circle, feed.unit_path AS path, feed.position, event.hash FROM feed
      LEFT JOIN event ON event.id = feed.event_id AND event.status <> 'rejected'
      WHERE (feed.circle, feed.unit_path, feed.position) > (${after[0]}, ${after[1]}, ${after[2]}::bigint)
      ORDER BY feed.circle, feed.unit_path, feed.position LIMIT ${PAGE}`.execute(transaction);
    for (const row of rows) {
      const feed = found.get(row.path) ?? { position: 0, digest: CHAIN_START, whole: true };
      if (row.position !== feed.position + 1 || row.hash === null) feed.whole = false;
      feed.position = row.position;
      feed.digest = feedDigest(feed.digest, row.hash ?? '');
      found.set(row.path, feed);
    }
    const last = rows.at(-1);
    if (!last) break;
    after = [last.circle, last.path, last.position];
  }
  const heads = await sql<{ path: string; position: number; digest: string }>`
    SELECT unit_path AS path, position, digest FROM feed_head`.execute(transaction);
  for (const head of heads.rows) {
    const feed = found.get(head.path) ?? { position: 0, digest: CHAIN_START, whole: true };
    found.delete(head.path);
    if (feed.whole && feed.position === head.position && feed.digest === head.digest) check.pass();
    else check.fail(`${head.path} at ${head.position}`);
  }
  for (const path of found.keys()) check.fail(`${path} has no head`);
  return check.result();
}

/** Each unit's feed carries every accepted or unknown event of every stream in its sight, once. */
export async function feedsCarrySight(transaction: Transaction): Promise<Invariant> {
  const { rows } = await sql<{ checked: number; broken: number; examples: string[] | null }>`
    WITH seen AS (
      SELECT stream.kind, stream.id, path FROM stream, json_array_elements_text(stream.sight::json) AS path),
    logged AS (
      SELECT stream_kind AS kind, stream_id AS id, count(*) AS count FROM event
      WHERE status <> 'rejected' GROUP BY 1, 2),
    expected AS (SELECT kind, id, path, logged.count FROM seen JOIN logged USING (kind, id)),
    carried AS (
      SELECT event.stream_kind AS kind, event.stream_id AS id, feed.unit_path AS path,
        count(*) AS count, count(DISTINCT event.id) AS different
      FROM feed JOIN event ON event.id = feed.event_id AND event.status <> 'rejected' GROUP BY 1, 2, 3),
    compared AS (
      SELECT kind, id, path,
        expected.count IS NOT DISTINCT FROM carried.count AND carried.count = carried.different AS holds
      FROM expected FULL JOIN carried USING (kind, id, path))
    SELECT count(*) AS checked, count(*) FILTER (WHERE holds IS NOT TRUE) AS broken,
      (array_agg(kind || ' ' || id || ' in ' || path) FILTER (WHERE holds IS NOT TRUE))[1:10] AS examples
    FROM compared`.execute(transaction);
  return {
    name: 'feeds carry all that is in sight',
    checked: rows[0]?.checked ?? 0,
    broken: rows[0]?.broken ?? 0,
    examples: rows[0]?.examples ?? [],
  };
}
