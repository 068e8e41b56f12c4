import { sql } from 'kysely';
import type { Transaction } from '../kernel/db/database.ts';
import type { Invariant } from './check.ts';

/**
 * What is in the archive is closed, has had no fact since it was put there, and is found by its own words; what came back came
 * back by a fact. Everything else is in no archive. Looks at every case.
 */
export async function archiveIsClosed(transaction: Transaction): Promise<Invariant> {
  const { rows } = await sql<{ checked: number; broken: number; examples: string[] | null }>`
    WITH judged AS (
      SELECT coalesce(gone.id, stream.id) AS id, CASE
        WHEN gone.id IS NULL THEN true
        WHEN stream.state IS NULL THEN false
        WHEN gone.returned_at IS NOT NULL THEN EXISTS (SELECT 1 FROM event
          WHERE event.stream_kind = gone.kind AND event.stream_id = gone.id AND event.status <> 'rejected'
            AND event.received_at >= gone.returned_at)
        ELSE stream.state::json ->> 'status' = 'closed' AND stream.state::json ->> 'number' = gone.number
          AND stream.state::json -> 'consumer' ->> 'name' = gone.consumer_name
          AND stream.state::json -> 'merchant' ->> 'name' = gone.merchant_name
          AND NOT EXISTS (SELECT 1 FROM event
            WHERE event.stream_kind = gone.kind AND event.stream_id = gone.id AND event.status <> 'rejected'
              AND event.received_at > gone.archived_at) END AS holds
      FROM (SELECT * FROM stream WHERE kind = 'case') AS stream
      FULL JOIN archived_stream AS gone ON gone.kind = stream.kind AND gone.id = stream.id)
    SELECT count(*) AS checked, count(*) FILTER (WHERE holds IS NOT TRUE) AS broken,
      (array_agg(id) FILTER (WHERE holds IS NOT TRUE))[1:10] AS examples
    FROM judged`.execute(transaction);
  const { checked = 0, broken = 0, examples = null } = rows[0] ?? {};
  return { name: 'the archive holds closed cases only', checked, broken, examples: examples ?? [] };
}
