import { sql } from 'kysely';
import type { Database } from '../kernel/db/database.ts';
import { centreError } from '../kernel/errors.ts';
import { hashCode } from './enrolment.ts';

/** An answer that was lost on the way can be asked for once more within this. */
const AGAIN_MS = 10 * 60_000;

/** Keeps a workstation's share of its key; worth nothing without its disk. */
export async function keepShare(
  database: Database,
  deviceId: string,
  share: string,
  now: Date,
): Promise<void> {
  await sql`
    INSERT INTO key_share (device, share, kept_at) VALUES (${deviceId}, ${share}, ${now})
    ON CONFLICT (device) DO UPDATE SET share = excluded.share, kept_at = excluded.kept_at`.execute(database);
}

type Code = { unitPath: string; expiresAt: Date; usedBy: string | null; recoveredAt: Date | null };
type Device = { unitPath: string; status: string; share: string | null };

/**
 * Gives a workstation's share to who has a code of its unit: as much as a code gives anyhow, which enrols a new workstation with all
 * that the unit sees. The code is spent.
 * @throws CODE_UNKNOWN, CODE_EXPIRED, CODE_USED, DEVICE_UNKNOWN, DEVICE_REVOKED, UNIT_DIFFERS
 */
export function recover(
  database: Database,
  { code, deviceId }: { code: string; deviceId: string },
  now: Date,
): Promise<{ share: string }> {
  const codeHash = hashCode(code);
  return database.transaction().execute(async (transaction) => {
    const codes = await sql<Code>`
      SELECT unit_path AS "unitPath", expires_at AS "expiresAt", used_by AS "usedBy", recovered_at AS "recoveredAt"
      FROM enrolment_code WHERE code_hash = ${codeHash} FOR UPDATE`.execute(transaction);
    const found = codes.rows[0];
    if (!found) throw centreError('CODE_UNKNOWN');
    const again =
      found.usedBy === deviceId &&
      found.recoveredAt !== null &&
      now.getTime() - found.recoveredAt.getTime() < AGAIN_MS;
    if (found.usedBy !== null && !again) throw centreError('CODE_USED');
    if (!again && found.expiresAt <= now) throw centreError('CODE_EXPIRED');
    const devices = await sql<Device>`
      SELECT unit_path AS "unitPath", status, share FROM device LEFT JOIN key_share ON device = id
      WHERE id = ${deviceId}`.execute(transaction);
    const device = devices.rows[0];
    if (!device) throw centreError('DEVICE_UNKNOWN');
    if (device.unitPath !== found.unitPath) throw centreError('UNIT_DIFFERS', { path: device.unitPath });
    if (device.status === 'revoked') throw centreError('DEVICE_REVOKED');
    if (device.share === null) throw centreError('DEVICE_UNKNOWN');
    await sql`
      UPDATE enrolment_code SET used_by = ${deviceId}, recovered_at = ${now} WHERE code_hash = ${codeHash}`.execute(
      transaction,
    );
    return { share: device.share };
  });
}
