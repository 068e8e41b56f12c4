import { sql } from 'kysely';
import type { StationReport } from '../../contract/fleet.ts';
import type { WorkstationState } from '../../domain/org/workstation.ts';
import { withCentreLog } from '../admin/facts.ts';
import type { Database } from '../db/database.ts';
import type { UnitCache } from '../units.ts';
import type { KeptReport } from './list.ts';

type Device = { deviceId: string; unitPath: string };

async function stateOf(database: Database, deviceId: string): Promise<WorkstationState | null> {
  const { rows } = await sql<{ state: string | null }>`
    SELECT state FROM stream WHERE kind = 'workstation' AND id = ${deviceId}`.execute(database);
  const text = rows[0]?.state;
  return typeof text === 'string' ? (JSON.parse(text) as WorkstationState) : null;
}

/** Keeps a workstation's last word, and records what a resync that was asked of it has shown. */
export async function takeReport(
  database: Database,
  units: UnitCache,
  { deviceId, unitPath }: Device,
  input: StationReport,
  now: Date,
): Promise<void> {
  const { deviceTime, resync, ...told } = input;
  const kept: KeptReport = { ...told, clockOffsetMs: Date.parse(deviceTime) - now.getTime() };
  await sql`
    UPDATE device SET reported_at = ${now}, last_seen_at = ${now}, report = ${JSON.stringify(kept)},
      feed_position = ${input.feedPosition}
    WHERE id = ${deviceId}`.execute(database);
  if (resync === null) return;
  const asked = (await stateOf(database, deviceId))?.resync;
  // Told again until its record has come down the feed; and of a request that another has replaced.
  if (!asked || asked.id !== resync.asked || asked.result !== null) return;
  await withCentreLog(database, units, now, ({ record }) =>
    record([
      {
        stream: { kind: 'workstation', id: deviceId },
        type: 'resync-finished',
        payload: resync,
        unitPath,
      },
    ]),
  );
}
