import { sql } from 'kysely';
import type { StationReport } from '../../contract/centre/fleet.ts';
import type { WorkstationState } from '../../domain/organisation/index.ts';
import { withCentreLog } from '../organisation/index.ts';
import { asUnit, type RequestScope } from '../kernel/db/as-unit.ts';
import type { QueryExecutor } from '../kernel/db/pipeline.ts';
import type { IngestParts } from '../kernel/ingest/append.ts';
import type { KeptReport } from './list.ts';

async function stateOf(executor: QueryExecutor, deviceId: string): Promise<WorkstationState | null> {
  const { rows } = await sql<{ state: string | null }>`
    SELECT state FROM stream WHERE kind = 'workstation' AND id = ${deviceId}`.execute(executor);
  const text = rows[0]?.state;
  return typeof text === 'string' ? (JSON.parse(text) as WorkstationState) : null;
}

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
    return resync === null ? null : stateOf(executor, deviceId);
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
