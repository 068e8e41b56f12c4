import { sql } from 'kysely';
import type { Transaction } from '../kernel/db/database.ts';
import type { Invariant } from './check.ts';

type Verdict = { checked: number; broken: number; examples: string[] | null };

function named(name: string, rows: readonly Verdict[]): Invariant {
  const { checked, broken, examples } = rows[0] ?? { checked: 0, broken: 0, examples: [] };
  return { name, checked, broken, examples: examples ?? [] };
}

/**
 * Every acknowledged fact stands once: no id is accepted twice, each accepted fact of a workstation came back in its
 * own unit's feed, which is what that workstation's green sign rests on, and each refused one keeps its rule.
 */
export async function factsStandOnce(transaction: Transaction): Promise<Invariant> {
  const { rows } = await sql<Verdict>`
    WITH standing AS (
      SELECT event.id, count(*) AS times, min(event.device) AS device FROM event
      WHERE status <> 'rejected' GROUP BY event.id),
    shown AS (SELECT DISTINCT feed.event_id AS id, feed.unit_path FROM feed),
    judged AS (
      SELECT standing.id::text AS place,
        standing.times = 1 AND (standing.device = 'centre' OR shown.id IS NOT NULL) AS holds
      FROM standing JOIN device ON device.id = standing.device
      LEFT JOIN shown ON shown.id = standing.id AND shown.unit_path = device.unit_path
      UNION ALL
      SELECT device || ' ' || device_sequence, refusal IS NOT NULL AND refusal::json ->> 'rule' <> ''
      FROM event WHERE status = 'rejected')
    SELECT count(*) AS checked, count(*) FILTER (WHERE holds IS NOT TRUE) AS broken,
      (array_agg(place) FILTER (WHERE holds IS NOT TRUE))[1:10] AS examples
    FROM judged`.execute(transaction);
  return named('acknowledged facts stand once', rows);
}
