import { hash } from 'node:crypto';
import { sql } from 'kysely';
import type { Database } from '../db/database.ts';

/** Longer than the clocks of two centre processes may differ: until then a challenge that is over is remembered. */
const KEPT_MS = 10 * 60_000;
/** Each sign-in clears away more than it leaves behind. */
const CLEARED = 20;

/**
 * Spends a challenge: true for the first who asks, in whatever process, false ever after. Those that have been over for
 * a while are forgotten on the way.
 * @param expiresAt when the challenge itself is no longer taken
 */
export async function spendChallenge(
  database: Database,
  challenge: string,
  expiresAt: Date,
  now: Date,
): Promise<boolean> {
  const { rows } = await sql`
    WITH over AS (
      SELECT hash FROM used_challenge WHERE expires_at < ${new Date(now.getTime() - KEPT_MS)}
      LIMIT ${CLEARED} FOR UPDATE SKIP LOCKED
    ), cleared AS (
      DELETE FROM used_challenge USING over WHERE used_challenge.hash = over.hash
    )
    INSERT INTO used_challenge (hash, expires_at) VALUES (${hash('sha256', challenge)}, ${expiresAt})
    ON CONFLICT DO NOTHING RETURNING hash`.execute(database);
  return rows.length === 1;
}
