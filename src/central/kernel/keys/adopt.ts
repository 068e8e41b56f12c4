import { sql } from 'kysely';
import { ATTESTED_LIMIT } from '../../../contract/centre/exchange.ts';
import type { CentreKey } from '../../../protocol/centre-key.ts';
import type { Database, Transaction } from '../db/database.ts';
import { lock } from '../db/locks.ts';
import { attestationStatement, certificateStatement, vouchedFor } from './attest.ts';

type Device = { id: string; unitPath: string; publicKey: string };

/**
 * Answers for what stands in the database from before the centre had a key, or from a process of an older release beside this one:
 * devices without a certificate, and parts of logs without a signature. Only to be called within the time that the key's own file
 * allows for it: whoever could have it done later could have anything signed. Returns how many facts were vouched for.
 */
export async function adoptLog(database: Database, key: CentreKey): Promise<number> {
  return database.transaction().execute(async (transaction) => {
    await lock(transaction, 'adoption');
    const { rows: devices } = await sql<Device>`
      SELECT id, unit_path AS "unitPath", public_key AS "publicKey" FROM device
      WHERE id <> 'centre' AND NOT EXISTS (SELECT FROM device_certificate WHERE device_certificate.device = device.id)`.execute(
      transaction,
    );
    for (const device of devices) await certificateStatement(device, key).execute(transaction);
    const { rows: logs } = await sql<{ id: string; head: number }>`
      SELECT id, head_sequence AS head FROM device WHERE head_sequence > 0`.execute(transaction);
    let facts = 0;
    for (const log of logs) facts += await adoptParts(transaction, log, key);
    return facts;
  });
}

async function adoptParts(
  transaction: Transaction,
  { id, head }: { id: string; head: number },
  key: CentreKey,
): Promise<number> {
  const { rows: parts } = await sql<{ first: number; last: number }>`
    SELECT first, last FROM attestation WHERE device = ${id} ORDER BY last`.execute(transaction);
  let facts = 0;
  let after = 0;
  for (const { first, last } of [...parts, { first: head + 1, last: head }]) {
    facts += await vouchBetween(transaction, { id, after, before: first }, key);
    after = Math.max(after, last);
  }
  return facts;
}

async function vouchBetween(
  transaction: Transaction,
  { id, after, before }: { id: string; after: number; before: number },
  key: CentreKey,
): Promise<number> {
  let facts = 0;
  for (let from = after + 1; from < before; from += ATTESTED_LIMIT) {
    const until = Math.min(before, from + ATTESTED_LIMIT);
    const { rows } = await sql<{ hash: string }>`
      SELECT hash FROM event WHERE device = ${id} AND device_sequence >= ${from} AND device_sequence < ${until}
      ORDER BY device_sequence`.execute(transaction);
    // A log with gaps is `verify`'s to report.
    if (rows.length !== until - from) continue;
    const part = { device: id, first: from, hashes: rows.map(({ hash }) => hash) };
    await attestationStatement(vouchedFor(part, key)).execute(transaction);
    facts += rows.length;
  }
  return facts;
}
