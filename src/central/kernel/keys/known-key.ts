import { sql } from 'kysely';
import { fingerprintOf, type CentreKey } from '../../../protocol/centre-key.ts';
import type { Database } from '../db/database.ts';

/** The key of this process is not the one by which workstations know the centre of this database. */
export class OtherKey extends Error {
  readonly known: string;
  constructor(known: string, own: string) {
    super(`Workstations know this centre by the key ${known}, and this process has ${own}`);
    this.known = known;
  }
}

/**
 * Keeps in mind by which key this database's centre is known, so that a process with another one does not start beside it: half of
 * the answers would be nobody's to a workstation. With `replaces` it is known by this one from now on.
 * @throws OtherKey
 */
export async function keepKnownKey(database: Database, key: CentreKey, replaces: boolean): Promise<void> {
  const own = key.publicKey;
  if (replaces)
    await sql`
      INSERT INTO setting (key, value) VALUES ('centre-key', ${own})
      ON CONFLICT (key) DO UPDATE SET value = excluded.value`.execute(database);
  else
    await sql`INSERT INTO setting (key, value) VALUES ('centre-key', ${own}) ON CONFLICT DO NOTHING`.execute(
      database,
    );
  const { rows } = await sql<{ value: string }>`SELECT value FROM setting WHERE key = 'centre-key'`.execute(
    database,
  );
  const known = rows[0]?.value ?? own;
  if (known !== own) throw new OtherKey(fingerprintOf(known), fingerprintOf(own));
}
