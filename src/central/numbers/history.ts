import { sql } from 'kysely';
import type { Database, Transaction } from '../kernel/db/database.ts';

/**
 * Notes that numbers are leased in this history of the database: one that comes later than another is one that was put back
 * from a backup, or moved to another server, where leases may be missing. Null where the database does not tell.
 */
export async function knowHistory(
  database: Database | Transaction,
  epoch: string | null,
  now: Date,
): Promise<void> {
  if (epoch === null) return;
  await sql`
    INSERT INTO number_history (epoch, since) VALUES (${epoch}, ${now}) ON CONFLICT DO NOTHING`.execute(
    database,
  );
}

/**
 * Codes of the workstations of a unit that have not yet told their leases in this history of the database. Those enrolled in it
 * have nothing to tell, and those out of use are not waited for.
 */
export async function awaitedAt(
  transaction: Transaction,
  unitPath: string,
  epoch: string | null,
): Promise<string[]> {
  if (epoch === null) return [];
  const { rows } = await sql<{ code: string }>`
    SELECT device.code FROM device JOIN number_history AS current ON current.epoch = ${epoch}
    WHERE device.unit_path = ${unitPath} AND device.id <> 'centre' AND device.status = 'active'
      AND device.enrolled_at < current.since
      AND EXISTS (SELECT FROM number_history AS earlier WHERE earlier.since < current.since)
      AND NOT EXISTS (SELECT FROM number_told AS told WHERE told.device = device.id AND told.epoch = ${epoch})
    ORDER BY device.code`.execute(transaction);
  return rows.map(({ code }) => code);
}
