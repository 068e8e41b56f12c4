import { createHmac, randomBytes } from 'node:crypto';
import { sql } from 'kysely';
import type { QueryExecutor } from '../kernel/db/pipeline.ts';

/** Hashes of citizens under the centre's own secret: an identity number has too few places for a hash without one to hide it. */
export type CitizenKeys = {
  /** Under which a citizen stands in a district's imported standing. */
  inDistrict(district: string, citizen: string): string;
  /** By which a citizen is known at one shop: another one at every other, so that nobody can join what shops have on record. */
  atShop(merchantId: string, citizen: string): string;
};

/** Reads, and on first use makes, the database's secret. `citizen` is the SHA-256 of an identity number, in hexadecimal. */
export async function citizenKeys(from: QueryExecutor): Promise<CitizenKeys> {
  const fresh = randomBytes(32).toString('base64');
  await sql`
    INSERT INTO setting (key, value) VALUES ('citizen-secret', ${fresh}) ON CONFLICT DO NOTHING`.execute(
    from,
  );
  const { rows } = await sql<{ value: string }>`
    SELECT value FROM setting WHERE key = 'citizen-secret'`.execute(from);
  const secret = Buffer.from(rows[0]?.value ?? fresh, 'base64');
  const mark = (...parts: readonly string[]): string =>
    createHmac('sha256', secret).update(JSON.stringify(parts)).digest('base64url');
  return {
    inDistrict: (district, citizen) => mark('district', district, citizen),
    atShop: (merchantId, citizen) => mark('shop', merchantId, citizen),
  };
}
