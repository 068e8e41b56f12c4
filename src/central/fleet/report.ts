import { sql } from 'kysely';
import type { StationReport } from '../../contract/centre/fleet.ts';
import { withCentreLog } from '../organisation/index.ts';
import { asUnit, type RequestScope } from '../kernel/db/as-unit.ts';
import type { IngestParts } from '../kernel/ingest/append.ts';
import { stateOf } from '../kernel/states.ts';
import type { KeptReport } from './list.ts';

/** Keeps a workstation's last word, and records what a resync that was asked of it has shown. */
export async function takeReport(
  parts: IngestParts,
  scope: RequestScope,
  input: StationReport,
  now: Date,
): Promise<void> {
  const { deviceId, unitPath } = scope;
  const { deviceTime, resync, ...told } = input;
  const kept: KeptReport = { ...told, clockOffsetMs: Date.parse(deviceTime) - now.getTime() };
  const state = await asUnit(parts.database, scope, async (executor) => {
    await sql`
      UPDATE device SET reported_at = ${now}, last_seen_at = ${now}, report = ${JSON.stringify(kept)},
        feed_position = ${input.feedPosition}
      WHERE id = ${deviceId}`.execute(executor);
    return resync === null ? null : stateOf(executor, 'workstation', deviceId);
  });
  if (resync === null) return;
  const asked = state?.resync;
  // Told again until its record has come down the feed; and of a request that another has replaced.
  if (!asked || asked.id !== resync.asked || asked.result !== null) return;
  await withCentreLog(parts, now, ({ record }) =>
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
