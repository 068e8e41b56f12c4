import { sql } from 'kysely';
import { uuidv7 } from 'uuidv7';
import { covers } from '../../domain/organisation/index.ts';
import { withCentreLog } from '../organisation/index.ts';
import { asUnit, type RequestScope } from '../kernel/db/as-unit.ts';
import type { Database } from '../kernel/db/database.ts';
import { centreError } from '../kernel/errors.ts';
import type { IngestParts } from '../kernel/ingest/append.ts';

type Order = { deviceId: string; reason: string };
/** Who asks, as the log keeps it. */
type Asker = { staffId: string; name: string };

/**
 * Records that a workstation shall read its feed from the beginning and compare: who asked and why stand in the
 * log, and the workstation learns of it by its feed. @throws DEVICE_UNKNOWN, DEVICE_REVOKED
 */
export async function askResync(
  parts: IngestParts,
  { deviceId, reason }: Order,
  by: Asker,
  now: Date,
): Promise<void> {
  await withCentreLog(parts, now, async ({ transaction, record }) => {
    const { rows } = await sql<{ unit_path: string; status: string }>`
      SELECT unit_path, status FROM device WHERE id = ${deviceId} AND id <> 'centre'`.execute(transaction);
    const [device] = rows;
    if (!device) throw centreError('DEVICE_UNKNOWN');
    // It does not read its feed any more.
    if (device.status === 'revoked') throw centreError('DEVICE_REVOKED');
    await record([
      {
        stream: { kind: 'workstation', id: deviceId },
        type: 'resync-asked',
        payload: { id: uuidv7(), reason, by },
        unitPath: device.unit_path,
      },
    ]);
  });
}

/** Out of a unit's scope is not told from not there. @throws DEVICE_UNKNOWN */
export async function checkBelow(database: Database, scope: RequestScope, deviceId: string): Promise<void> {
  await asUnit(database, scope, async (executor) => {
    const { rows } = await sql<{ unit_path: string }>`
      SELECT unit_path FROM device WHERE id = ${deviceId} AND id <> 'centre'`.execute(executor);
    const [device] = rows;
    if (!device || !covers(scope.unitPath, device.unit_path)) throw centreError('DEVICE_UNKNOWN');
  });
}
