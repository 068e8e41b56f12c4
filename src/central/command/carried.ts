import { readFile } from 'node:fs/promises';
import { sql } from 'kysely';
import { openCarried } from '../../protocol/carried-facts.ts';
import { openedPayload } from '../../protocol/sealed-facts.ts';
import type { Database } from '../kernel/db/database.ts';
import { Misused, type Terminal } from './call.ts';

/** Opens a file of facts that never arrived, proves them by the key of the device that recorded them, and writes one a line. */
export async function readCarried(
  database: Database,
  file: string,
  { stdout, stderr, env }: Terminal,
): Promise<void> {
  const passphrase = env['HESHI_PASSPHRASE'];
  if (passphrase === undefined) throw new Misused('HESHI_PASSPHRASE is not set');
  const { about, facts } = await openCarried(await readFile(file, 'utf8'), passphrase, async (deviceId) => {
    const { rows } = await sql<{ key: string }>`
      SELECT public_key AS key FROM device WHERE id = ${deviceId} AND id <> 'centre'`.execute(database);
    return rows[0]?.key ?? null;
  });
  for (const { key, ...event } of facts.events) {
    const payload = openedPayload(event, key ?? null);
    stdout.write(`${JSON.stringify({ ...event, payload })}\n`);
  }
  stderr.write(
    `${about.facts} facts of workstation ${about.deviceCode} at ${about.unitPath}, ${about.firstAt} to ${about.lastAt}; ` +
      `the signature is the device's own\n`,
  );
}
