import { sql } from 'kysely';
import type { Reader } from './store/index.ts';

/** How many facts of each given stream wait for the centre; streams without any are absent. */
export async function waitingOf(
  read: Reader,
  kind: string,
  ids: readonly string[],
): Promise<Map<string, number>> {
  if (ids.length === 0) return new Map();
  const { rows } = await sql<{ id: string; count: number }>`
    SELECT outbox.stream_id AS id, count(*) AS count
    FROM json_each(${JSON.stringify(ids)}) AS wanted
    JOIN outbox ON outbox.stream_kind = ${kind} AND outbox.stream_id = wanted.value
    GROUP BY outbox.stream_id`.execute(read);
  return new Map(rows.map((row) => [row.id, row.count]));
}
