import { createHmac, randomBytes, type KeyObject } from 'node:crypto';
import { sql } from 'kysely';
import { consumerMark, prepareMarkKey } from '../../protocol/consumer-mark.ts';
import type { Database } from '../kernel/db/database.ts';

/** Makes marks; the same in all processes of one database. */
export type ConsumerMarks = {
  /** The district's key, which its workstations share. */
  keyOf(district: string): Uint8Array;
  /** The mark of a telephone number in a district; null when there is no number. */
  markOf(district: string, phone: string): string | null;
};

/** The root a unit stands under: `/HS/C1/M01` → `/HS`. Marks of different districts have nothing in common. */
export function districtOf(unitPath: string): string {
  const second = unitPath.indexOf('/', 1);
  return second === -1 ? unitPath : unitPath.slice(0, second);
}

/**
 * Reads, and on the first start makes, the database's secret. Each district's key is derived from it, so that a new
 * district needs no write of its own while events come in.
 */
export async function createConsumerMarks(database: Database): Promise<ConsumerMarks> {
  const fresh = randomBytes(32).toString('base64');
  await sql`
    INSERT INTO setting (key, value) VALUES ('consumer-mark-secret', ${fresh}) ON CONFLICT DO NOTHING`.execute(
    database,
  );
  const { rows } = await sql<{ value: string }>`
    SELECT value FROM setting WHERE key = 'consumer-mark-secret'`.execute(database);
  const secret = Buffer.from(rows[0]?.value ?? fresh, 'base64');
  const keys = new Map<string, { bytes: Uint8Array; prepared: KeyObject }>();
  const keyOf = (district: string): { bytes: Uint8Array; prepared: KeyObject } => {
    const known = keys.get(district);
    if (known) return known;
    const bytes = createHmac('sha256', secret).update(district).digest();
    const key = { bytes, prepared: prepareMarkKey(bytes) };
    keys.set(district, key);
    return key;
  };
  return {
    keyOf: (district) => keyOf(district).bytes,
    markOf: (district, phone) => consumerMark(keyOf(district).prepared, phone),
  };
}
