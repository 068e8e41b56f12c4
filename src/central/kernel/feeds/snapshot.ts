import { sql } from 'kysely';
import type { SnapshotPage, SnapshotQuery, SnapshotStream } from '../../../contract/centre/snapshot.ts';
import { FIRST_KINDS, RECORD_KINDS } from '../../../domain/streams.ts';
import { CHAIN_START } from '../../../protocol/chain.ts';
import { stateForm } from '../../../protocol/state-form.ts';
import { textArray } from '../db/arrays.ts';
import { asUnit, type RequestScope } from '../db/as-unit.ts';
import type { Database } from '../db/database.ts';
import type { QueryExecutor } from '../db/pipeline.ts';
import { centreError } from '../errors.ts';
import { amongEntries, feedEntries } from './entries.ts';
import { ARCHIVE_END, isArchived } from './standing.ts';

/** Positions of the feed that one page looks through; each holds at most one record's state. */
const SPAN = 2000;

/**
 * One page of a unit's snapshot: states as of the feed position that the page names, of one view of the database. No page
 * depends on another, so that a walk that was cut goes on where it stopped, whatever has happened meanwhile.
 * @throws SNAPSHOT_FORM_DIFFERS when the asker's release makes other states than this one
 */
export async function snapshotPage(
  database: Database,
  scope: RequestScope,
  { form, after, until }: SnapshotQuery,
): Promise<Omit<SnapshotPage, 'centreTime'>> {
  if (form !== stateForm()) throw centreError('SNAPSHOT_FORM_DIFFERS');
  const { unitPath } = scope;
  const read = async (executor: QueryExecutor): Promise<Omit<SnapshotPage, 'centreTime'>> => {
    const head = await headOf(executor, unitPath);
    if (after === undefined) {
      const { rows } = await sql<{ archive: number }>`SELECT ${ARCHIVE_END} AS archive`.execute(executor);
      const streams = await firstStreams(executor, unitPath);
      return { head, streams, next: 0, archive: rows[0]?.archive ?? 0 };
    }
    const end = Math.min(until ?? head.position, head.position);
    const last = Math.min(end, after + SPAN);
    return {
      head,
      streams: await recordsBetween(executor, unitPath, after, last),
      next: last < end ? last : null,
    };
  };
  return asUnit(database, scope, read, 'one-instant');
}

async function headOf(executor: QueryExecutor, unitPath: string): Promise<SnapshotPage['head']> {
  const { rows } = await sql<SnapshotPage['head']>`
    SELECT position, digest FROM feed_head WHERE unit_path = ${unitPath}`.execute(executor);
  return rows[0] ?? { position: 0, digest: CHAIN_START };
}

/** Few at any unit, and needed before the first record can be shown. */
async function firstStreams(executor: QueryExecutor, unitPath: string): Promise<SnapshotStream[]> {
  // Sight is a JSON array of paths, which hold nothing that JSON would escape.
  const { rows } = await sql<SnapshotStream>`
    SELECT stream.kind, stream.id, stream.state, latest.at AS "updatedAt" FROM stream
    CROSS JOIN LATERAL (
      SELECT event.at FROM event WHERE event.stream_kind = stream.kind AND event.stream_id = stream.id
        AND event.status = 'accepted' ORDER BY event.position DESC LIMIT 1) AS latest
    WHERE stream.kind = ANY(${textArray([...FIRST_KINDS])}::text[]) AND stream.state IS NOT NULL
      AND strpos(stream.sight, ${JSON.stringify(unitPath)}) > 0
    ORDER BY array_position(${textArray([...FIRST_KINDS])}::text[], stream.kind::text), stream.id`.execute(
    executor,
  );
  return rows;
}

/**
 * The records, in the order in which they came into sight, whose first event stands between these positions, but for archived ones: a history enters a feed whole and in
 * order.
 */
async function recordsBetween(
  executor: QueryExecutor,
  unitPath: string,
  after: number,
  last: number,
): Promise<SnapshotStream[]> {
  const entries = await feedEntries(executor, unitPath, after, last);
  // Step by step: what is left of a page is a fraction of it, which the planner cannot know.
  const { rows } = await sql<SnapshotStream>`
    WITH page AS MATERIALIZED (
      SELECT event.stream_kind AS kind, event.stream_id AS id, event.position AS place
      FROM event WHERE ${amongEntries(entries)} AND event.status <> 'rejected'
        AND event.stream_kind = ANY(${textArray([...RECORD_KINDS])}::text[])),
    begun AS MATERIALIZED (
      SELECT * FROM page WHERE NOT EXISTS (
        SELECT 1 FROM event AS earlier WHERE earlier.stream_kind = page.kind AND earlier.stream_id = page.id
          AND earlier.position < page.place AND earlier.status <> 'rejected'))
    SELECT stream.kind, stream.id, stream.state, latest.at AS "updatedAt" FROM begun
    JOIN stream ON stream.kind = begun.kind AND stream.id = begun.id AND stream.state IS NOT NULL
    CROSS JOIN LATERAL (
      SELECT event.at FROM event WHERE event.stream_kind = begun.kind AND event.stream_id = begun.id
        AND event.status = 'accepted' ORDER BY event.position DESC LIMIT 1) AS latest
    WHERE NOT ${isArchived('begun')}
    ORDER BY begun.place`.execute(executor);
  return rows;
}
