import { statfs } from 'node:fs/promises';
import { sql } from 'kysely';
import type { Database } from '../db/database.ts';
import { SCHEMA_VERSION } from '../db/migrate.ts';

/** Below so much free space a centre takes no more work: PostgreSQL stops hard when its own disk is full. */
export const DISK_RESERVE_BYTES = 256 * 1024 * 1024;
/** A database that does not answer within this is not reachable, whatever it is doing. */
const ANSWERS_WITHIN_MS = 3_000;

export type Readiness = {
  ready: boolean;
  /** `reason` is absent where a check holds. */
  checks: { name: 'database' | 'migrations' | 'disk' | 'serving'; ok: boolean; reason?: string }[];
};

export type ReadinessParts = {
  database: Database;
  /** The folder whose disk is looked at; without one (everything is in the database) no disk is. */
  folder: string | undefined;
  diskReserveBytes: number;
  stopping: () => boolean;
};

async function schemaVersion(database: Database): Promise<number> {
  const { rows } = await sql<{ version: number }>`
    SELECT coalesce(max(version), 0)::int AS version FROM schema_version`.execute(database);
  return rows[0]?.version ?? 0;
}

function within<Result>(work: Promise<Result>): Promise<Result | null> {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<null>((resolve) => {
    timer = setTimeout(() => resolve(null), ANSWERS_WITHIN_MS);
  });
  return Promise.race([work.catch(() => null), late]).finally(() => clearTimeout(timer));
}

/** Whether this process should be sent work now, and why not. Reads two small values; safe to ask every second. */
export async function readinessOf(parts: ReadinessParts): Promise<Readiness> {
  const checks: Readiness['checks'] = [];
  const add = (name: Readiness['checks'][number]['name'], reason: string | null): void => {
    checks.push(reason === null ? { name, ok: true } : { name, ok: false, reason });
  };
  add('serving', parts.stopping() ? 'this process is stopping' : null);
  const version = await within(schemaVersion(parts.database));
  add('database', version === null ? 'no answer from the database' : null);
  if (version !== null)
    add(
      'migrations',
      version >= SCHEMA_VERSION ? null : `schema ${version}, this release needs ${SCHEMA_VERSION}`,
    );
  if (parts.folder !== undefined) {
    const disk = await within(statfs(parts.folder));
    const free = disk === null ? 0 : disk.bavail * disk.bsize;
    add('disk', free >= parts.diskReserveBytes ? null : `${Math.floor(free / 1_048_576)} MiB free`);
  }
  return { ready: checks.every(({ ok }) => ok), checks };
}
