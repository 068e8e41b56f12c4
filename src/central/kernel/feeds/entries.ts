import { sql, type RawBuilder } from 'kysely';
import { uuidColumn } from '../db/binary-arrays.ts';
import type { QueryExecutor } from '../db/pipeline.ts';
import { circleOf } from '../db/circle.ts';

/** What stands at a position of a feed. */
export type FeedPlace = { position: number; eventId: string };

/** A unit's feed after a position, to another, at most so many, in order. */
export async function feedEntries(
  from: QueryExecutor,
  unitPath: string,
  after: number,
  last: number,
  limit = last - after,
): Promise<FeedPlace[]> {
  if (last <= after) return [];
  const { rows } = await sql<FeedPlace>`
    SELECT position, event_id AS "eventId" FROM feed
    WHERE circle = ${circleOf(unitPath)} AND unit_path = ${unitPath} AND position > ${after} AND position <= ${last}
    ORDER BY position LIMIT ${limit}`.execute(from);
  return rows;
}

/**
 * Events by their ids, and between the least and the greatest of these: that says which months of the log to look in, where
 * the ids alone would be looked for in every one.
 */
export function amongEntries(entries: readonly FeedPlace[]): RawBuilder<unknown> {
  const ids = entries.map((entry) => entry.eventId).toSorted();
  const none = '00000000-0000-0000-0000-000000000000';
  return sql`event.id = ANY(${uuidColumn(ids)}::uuid[])
    AND event.id BETWEEN ${ids[0] ?? none}::uuid AND ${ids.at(-1) ?? none}::uuid`;
}
