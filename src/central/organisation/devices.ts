import { sql } from 'kysely';
import type { DeviceInfo } from '../../contract/centre/index.ts';
import type { Database } from '../kernel/db/database.ts';
import { centreError } from '../kernel/errors.ts';
import type { IngestParts } from '../kernel/ingest/append.ts';
import { voidedByRevocation } from '../numbers/index.ts';
import { withCentreLog } from './facts.ts';

/** Takes a workstation out of service: it can neither push nor read; what it holds stays on it. @throws DEVICE_UNKNOWN */
export async function revoke(
  parts: IngestParts,
  input: { deviceId: string; reason: string },
  now: Date,
): Promise<void> {
  await withCentreLog(parts, now, async ({ transaction, record }) => {
    const { rows } = await sql<{ unit_path: string; status: string }>`
      SELECT unit_path, status FROM device WHERE id = ${input.deviceId} AND id <> 'centre' FOR UPDATE`.execute(
      transaction,
    );
    const device = rows[0];
    if (!device) throw centreError('DEVICE_UNKNOWN');
    if (device.status === 'revoked') return;
    await sql`UPDATE device SET status = 'revoked' WHERE id = ${input.deviceId}`.execute(transaction);
    const voided = await voidedByRevocation(transaction, {
      deviceId: input.deviceId,
      unitPath: device.unit_path,
    });
    await record([
      ...voided,
      {
        stream: { kind: 'workstation', id: input.deviceId },
        type: 'workstation-revoked',
        payload: { reason: input.reason },
        unitPath: device.unit_path,
      },
    ]);
  });
}

type DeviceRow = Omit<DeviceInfo, 'enrolledAt' | 'lastSeenAt' | 'lastPushedAt'> & {
  enrolledAt: Date;
  lastSeenAt: Date | null;
  lastPushedAt: Date | null;
};

/** Every enrolled workstation with what the centre knows of it. */
export async function listDevices(database: Database): Promise<DeviceInfo[]> {
  const { rows } = await sql<DeviceRow>`
    SELECT id AS "deviceId", name, unit_path AS "unitPath", code, status, enrolled_at AS "enrolledAt",
      last_seen_at AS "lastSeenAt", last_pushed_at AS "lastPushedAt", head_sequence AS events, rejected
    FROM device WHERE id <> 'centre' ORDER BY unit_path, code`.execute(database);
  return rows.map((row) => ({
    ...row,
    enrolledAt: row.enrolledAt.toISOString(),
    lastSeenAt: row.lastSeenAt?.toISOString() ?? null,
    lastPushedAt: row.lastPushedAt?.toISOString() ?? null,
  }));
}
