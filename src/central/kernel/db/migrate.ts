import { sql } from 'kysely';
import { up as initial } from '../../../../migrations/central/0001-initial.ts';
import { up as evidence } from '../../../../migrations/central/0002-evidence.ts';
import { up as documents } from '../../../../migrations/central/0003-documents.ts';
import { up as calendarImports } from '../../../../migrations/central/0004-calendar-imports.ts';
import { up as consumerMarks } from '../../../../migrations/central/0005-consumer-marks.ts';
import { up as fleet } from '../../../../migrations/central/0006-fleet.ts';
import { up as severalProcesses } from '../../../../migrations/central/0007-several-processes.ts';
import { up as rollupPacks } from '../../../../migrations/central/0008-rollup-packs.ts';
import { up as eventMonths } from '../../../../migrations/central/0009-event-months.ts';
import { up as packStorage } from '../../../../migrations/central/0010-pack-storage.ts';
import { up as archive } from '../../../../migrations/central/0011-archive.ts';
import { up as familyPacks } from '../../../../migrations/central/0012-family-packs.ts';
import { up as requestRole } from '../../../../migrations/central/0013-request-role.ts';
import { up as countsAndLeases } from '../../../../migrations/central/0014-counts-and-leases.ts';
import { up as credit } from '../../../../migrations/central/0015-credit.ts';
import { up as plainText } from '../../../../migrations/central/0016-plain-text.ts';
import { up as publicPages } from '../../../../migrations/central/0017-public.ts';
import { up as creditChanges } from '../../../../migrations/central/0018-credit-changes.ts';
import { up as disclosure } from '../../../../migrations/central/0019-disclosure.ts';
import { up as assignmentsEnd } from '../../../../migrations/central/0020-assignments-end.ts';
import { up as attestations } from '../../../../migrations/central/0021-attestations.ts';
import { up as maintenance } from '../../../../migrations/central/0022-maintenance.ts';
import { up as administrators } from '../../../../migrations/central/0023-administrators.ts';
import { up as keyShares } from '../../../../migrations/central/0024-key-shares.ts';
import { up as recordKeys } from '../../../../migrations/central/0025-record-keys.ts';
import { up as sanctions } from '../../../../migrations/central/0026-sanctions.ts';
import { up as bodies } from '../../../../migrations/central/0027-bodies.ts';
import { up as finance } from '../../../../migrations/central/0028-finance.ts';
import { up as restorationFiles } from '../../../../migrations/central/0029-restoration-files.ts';
import { up as tasks } from '../../../../migrations/central/0030-tasks.ts';
import { up as messages } from '../../../../migrations/central/0031-messages.ts';
import { up as streetPhotos } from '../../../../migrations/central/0032-street-photos.ts';
import { up as citizenStanding } from '../../../../migrations/central/0033-citizen-standing.ts';
import { up as restorationPapers } from '../../../../migrations/central/0034-restoration-papers.ts';
import { up as officeFigures } from '../../../../migrations/central/0035-office-figures.ts';
import type { Database, Transaction } from './database.ts';
import { lock } from './locks.ts';
import { addMetricColumns } from './metric-columns.ts';

/** A static list, not a folder scan: a bundled centre has them too. */
const steps: readonly (readonly string[])[] = [
  initial,
  evidence,
  documents,
  calendarImports,
  consumerMarks,
  fleet,
  severalProcesses,
  rollupPacks,
  eventMonths,
  packStorage,
  archive,
  familyPacks,
  requestRole,
  countsAndLeases,
  credit,
  plainText,
  publicPages,
  creditChanges,
  disclosure,
  assignmentsEnd,
  attestations,
  maintenance,
  administrators,
  keyShares,
  recordKeys,
  sanctions,
  bodies,
  finance,
  restorationFiles,
  tasks,
  messages,
  streetPhotos,
  citizenStanding,
  restorationPapers,
  officeFigures,
];
/** The schema this release works on. */
export const SCHEMA_VERSION = steps.length;

/**
 * The oldest schema whose releases can serve a database of this one: while a centre is upgraded, processes of both
 * releases run, and one of the older may be started again. To be raised to the number of a step that takes away or
 * changes the meaning of something the releases before it use.
 */
const SERVES_SCHEMA = 7;

/**
 * Brings the schema up to date, and the roll-up's columns to the metrics there are (`metrics`: those of this release unless told); all
 * steps of a start in one transaction. A newer schema is left as it is.
 * @throws when the schema is newer than this release can serve
 */
export async function migrate(database: Database, metrics?: readonly string[]): Promise<void> {
  await database.transaction().execute(async (transaction) => {
    // Centres that start together migrate one after the other.
    await lock(transaction, 'migration');
    await sql`CREATE TABLE IF NOT EXISTS schema_version (version int PRIMARY KEY)`.execute(transaction);
    const { rows } = await sql<{ version: number }>`
      SELECT coalesce(max(version), 0)::int AS version FROM schema_version`.execute(transaction);
    const from = rows[0]?.version ?? 0;
    if (from > steps.length) {
      if ((await oldestServing(transaction)) <= steps.length) return;
      throw new Error(`The database is of a newer release (schema ${from})`);
    }
    for (let version = from; version < steps.length; version += 1) {
      for (const statement of steps[version] ?? []) await sql.raw(statement).execute(transaction);
      await sql`INSERT INTO schema_version VALUES (${version + 1})`.execute(transaction);
    }
    await addMetricColumns(transaction, metrics);
    if (from === steps.length) return;
    await sql`
      INSERT INTO setting (key, value) VALUES ('serves-schema', ${String(SERVES_SCHEMA)})
      ON CONFLICT (key) DO UPDATE SET value = excluded.value`.execute(transaction);
  });
}

/** What the newer release said when it brought the schema up to date. */
async function oldestServing(transaction: Transaction): Promise<number> {
  const { rows } = await sql<{ value: string }>`
    SELECT value FROM setting WHERE key = 'serves-schema'`.execute(transaction);
  return Number(rows[0]?.value ?? Infinity);
}
