import { sql } from 'kysely';
import { up as initial } from '../../../migrations/central/0001-initial.ts';
import { up as evidence } from '../../../migrations/central/0002-evidence.ts';
import { up as documents } from '../../../migrations/central/0003-documents.ts';
import { up as calendarImports } from '../../../migrations/central/0004-calendar-imports.ts';
import { up as consumerMarks } from '../../../migrations/central/0005-consumer-marks.ts';
import { up as fleet } from '../../../migrations/central/0006-fleet.ts';
import type { Database } from './database.ts';

/** A static list, not a folder scan: a bundled centre has them too. */
const steps: readonly (readonly string[])[] = [
  initial,
  evidence,
  documents,
  calendarImports,
  consumerMarks,
  fleet,
];
/** The schema this release works on. */
export const SCHEMA_VERSION = steps.length;
/** Any number of this schema's own: centres that start together migrate one after the other. */
const MIGRATION_LOCK = 711_420;

/** Brings the schema up to date; all steps of a start in one transaction. @throws when the schema is newer. */
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
