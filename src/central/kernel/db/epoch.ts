import { sql } from 'kysely';
import type pg from 'pg';
import type { Database } from './database.ts';

/**
 * Names the history a database is in: PostgreSQL's own system identifier and timeline, which are others after a restore into
 * a new cluster and after a recovery to a point in time (PostgreSQL, "Continuous Archiving", Timelines). Asked anew
 * whenever a connection is made: a database is not put back under an open one. Null where the account may not ask.
 */
export function createEpoch(database: Database, pool: pg.Pool): () => Promise<string | null> {
  let known: Promise<string | null> | undefined;
  pool.on('connect', () => {
    known = undefined;
  });
  const ask = async (): Promise<string | null> => {
    const { rows } = await sql<{ system: string; timeline: number }>`
      SELECT system_identifier::text AS system, timeline_id AS timeline
      FROM pg_control_system(), pg_control_checkpoint()`.execute(database);
    const [row] = rows;
    return row ? `${row.system}.${row.timeline}` : null;
  };
  return () =>
    (known ??= ask().catch(() => {
      known = undefined;
      return null;
    }));
}
