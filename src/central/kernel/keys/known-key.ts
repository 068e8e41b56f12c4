import { sql } from 'kysely';
import { fingerprintOf, type CentreKey } from '../../../protocol/centre-key.ts';
import type { Database, Transaction } from '../db/database.ts';

/** The key of this process is not the one by which workstations know the centre of this database. */
export class OtherKey extends Error {
  constructor(known: string, own: string) {
    super(`Workstations know this centre by the key ${known}, and this process has ${own}`);
  }
}

/** By which key the centre is known; this one from now on where there was none. */
async function knownKey(transaction: Transaction, own: string): Promise<string> {
  await sql`INSERT INTO setting (key, value) VALUES ('centre-key', ${own}) ON CONFLICT DO NOTHING`.execute(
    transaction,
  );
  const { rows } = await sql<{ value: string }>`
    SELECT value FROM setting WHERE key = 'centre-key' FOR UPDATE`.execute(transaction);
  return rows[0]?.value ?? own;
}

/**
 * Keeps in mind by which key this database's centre is known, so that a process with another one does not start beside it: half of
 * the answers would be nobody's to a workstation. With `replaces` it is known by this one from now on, and what another has signed
 * is forgotten, to be signed anew: an administrator's act, who believes the database as it is. Says whether that was done.
 * @throws OtherKey
 */
export async function keepKnownKey(database: Database, key: CentreKey, replaces: boolean): Promise<boolean> {
  const own = key.publicKey;
  return database.transaction().execute(async (transaction) => {
    const known = await knownKey(transaction, own);
    if (known === own) return false;
    if (!replaces) throw new OtherKey(fingerprintOf(known), fingerprintOf(own));
    await sql`UPDATE setting SET value = ${own} WHERE key = 'centre-key'`.execute(transaction);
    await sql`DELETE FROM device_certificate`.execute(transaction);
    await sql`DELETE FROM attestation WHERE by_centre`.execute(transaction);
    return true;
  });
}
