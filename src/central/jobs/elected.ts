import { sql } from 'kysely';
import type { Database } from '../db/database.ts';

/** Numbers of this schema's own advisory locks, one a job. */
export const JOB_LOCKS = { packRollup: 711_421, partitions: 711_422, archive: 711_423 } as const;

/**
 * Runs a job in whichever of several centre processes comes first; the others go on without. The lock is the session's, so that
 * a process that is killed gives it back. Returns whether the job ran here.
 */
export async function runElected(
  database: Database,
  job: keyof typeof JOB_LOCKS,
  work: () => Promise<unknown>,
): Promise<boolean> {
  return database.connection().execute(async (one) => {
    const { rows } = await sql<{
      mine: boolean;
    }>`SELECT pg_try_advisory_lock(${JOB_LOCKS[job]}) AS mine`.execute(one);
    if (rows[0]?.mine !== true) return false;
    try {
      await work();
      return true;
    } finally {
      await sql`SELECT pg_advisory_unlock(${JOB_LOCKS[job]})`.execute(one);
    }
  });
}
