import { Kysely, PostgresDialect, sql, type Transaction } from 'kysely';
import pg from 'pg';
import { up as initial } from '../../../migrations/central/0001-initial.ts';

export type CentralSchema = {
  setting: { key: string; value: string };
  administrator: { token_hash: string; created_at: Date };
  unit: { path: string; id: string; name: string; level: number; party: string; dispute_point: boolean };
  device: {
    id: string;
    name: string;
    unit_path: string;
    code: string;
    public_key: string;
    status: 'active' | 'revoked' | 'quarantined';
    head_sequence: number;
    head_hash: string;
    enrolled_at: Date;
    last_seen_at: Date | null;
    last_pushed_at: Date | null;
  };
  enrolment_code: {
    code_hash: string;
    unit_path: string;
    created_at: Date;
    expires_at: Date;
    used_by: string | null;
  };
};

export type Database = Kysely<CentralSchema>;
export type Work = Transaction<CentralSchema>;

// Counters stay far below 2^53; a number is what the contract promises.
pg.types.setTypeParser(pg.types.builtins.INT8, (text) => Number(text));
// Days are days, not instants in the server's zone.
pg.types.setTypeParser(pg.types.builtins.DATE, (text) => text);

/** Opens a pool on a PostgreSQL server. */
export function openDatabase(url: string): { database: Database; pool: pg.Pool } {
  const pool = new pg.Pool({ connectionString: url, max: 12 });
  // A broken idle connection is replaced by the pool; unheard, it would end the process.
  pool.on('error', () => undefined);
  return { database: new Kysely<CentralSchema>({ dialect: new PostgresDialect({ pool }) }), pool };
}

const steps: readonly (readonly string[])[] = [initial];
/** Any number of this schema's own: centres that start together migrate one after the other. */
const MIGRATION_LOCK = 711_420;

/** Brings the schema up to date; all steps of a start in one transaction. */
export async function migrate(database: Database): Promise<void> {
  await database.transaction().execute(async (work) => {
    await sql`SELECT pg_advisory_xact_lock(${MIGRATION_LOCK})`.execute(work);
    await sql`CREATE TABLE IF NOT EXISTS schema_version (version int PRIMARY KEY)`.execute(work);
    const { rows } = await sql<{ version: number }>`
      SELECT coalesce(max(version), 0)::int AS version FROM schema_version`.execute(work);
    const from = rows[0]?.version ?? 0;
    if (from > steps.length) throw new Error(`The database is of a newer release (schema ${from})`);
    for (let version = from; version < steps.length; version += 1) {
      for (const statement of steps[version] ?? []) await sql.raw(statement).execute(work);
      await sql`INSERT INTO schema_version VALUES (${version + 1})`.execute(work);
    }
  });
}
