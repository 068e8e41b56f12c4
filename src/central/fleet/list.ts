import { sql } from 'kysely';
import type { FleetWorkstation, FleetView, StationReport } from '../../contract/centre/fleet.ts';
import { type WorkstationState, covers } from '../../domain/organisation/index.ts';
import { asUnit, type RequestScope } from '../kernel/db/as-unit.ts';
import type { Database } from '../kernel/db/database.ts';
import type { QueryExecutor } from '../kernel/db/pipeline.ts';
import { centreError } from '../kernel/errors.ts';
import type { UnitCache } from '../kernel/units.ts';

const SILENT_AFTER_MS = 24 * 3_600_000;

/** A report as it is kept: with the offset of the clock when it came. */
export type KeptReport = Omit<StationReport, 'deviceTime' | 'resync'> & { clockOffsetMs: number };

type Row = {
  deviceId: string;
  name: string;
  code: string;
  unitPath: string;
  status: FleetWorkstation['status'];
  enrolledAt: Date;
  lastSeenAt: Date | null;
  lastPushedAt: Date | null;
  events: number;
  refused: number;
  feedLag: number | null;
  reportedAt: Date | null;
  report: string | null;
  state: string | null;
};

function resyncOf(text: string | null): FleetWorkstation['resync'] {
  const asked = text === null ? undefined : (JSON.parse(text) as WorkstationState).resync;
  if (!asked) return null;
  const { askedAt, by, reason, result } = asked;
  return { askedAt, askedBy: by.name, reason, result };
}

async function readRows(executor: QueryExecutor): Promise<Row[]> {
  const { rows } = await sql<Row>`
    SELECT device.id AS "deviceId", device.name, device.code, device.unit_path AS "unitPath", device.status,
      enrolled_at AS "enrolledAt", last_seen_at AS "lastSeenAt", last_pushed_at AS "lastPushedAt",
      head_sequence AS events, rejected AS refused, reported_at AS "reportedAt", report, stream.state,
      CASE WHEN feed_position IS NULL THEN NULL
        ELSE greatest(0, coalesce(feed_head.position, 0) - feed_position) END AS "feedLag"
    FROM device
    LEFT JOIN feed_head ON feed_head.unit_path = device.unit_path
    LEFT JOIN stream ON stream.kind = 'workstation' AND stream.id = device.id
    WHERE device.id <> 'centre' ORDER BY device.unit_path, device.code`.execute(executor);
  return rows;
}

/**
 * Every workstation at a unit and below it, those that wait longest first within their unit. `scope` is the asker's,
 * null an administrator's. @throws UNIT_UNKNOWN
 */
export async function listFleet(
  database: Database,
  units: UnitCache,
  under: string | undefined,
  now: Date,
  scope: RequestScope | null,
): Promise<FleetView> {
  if (under !== undefined && !(await units.find(under, database)))
    throw centreError('UNIT_UNKNOWN', { path: under });
  const rows = await asUnit(database, scope, readRows);
  const stations = rows
    .filter(({ unitPath }) => under === undefined || covers(under, unitPath))
    .map(({ reportedAt, report, state, ...row }): FleetWorkstation => ({
      ...row,
      unitName: units.get(row.unitPath)?.name ?? row.unitPath,
      enrolledAt: row.enrolledAt.toISOString(),
      lastSeenAt: row.lastSeenAt?.toISOString() ?? null,
      lastPushedAt: row.lastPushedAt?.toISOString() ?? null,
      silent: row.lastSeenAt === null || now.getTime() - row.lastSeenAt.getTime() > SILENT_AFTER_MS,
      report:
        report === null || reportedAt === null
          ? null
          : { ...(JSON.parse(report) as KeptReport), at: reportedAt.toISOString() },
      resync: resyncOf(state),
    }));
  const serving = stations.filter(({ status }) => status !== 'revoked');
  return {
    stations,
    completeness: {
      workstations: serving.length,
      reported: serving.filter(({ silent }) => !silent).length,
    },
    generatedAt: now.toISOString(),
  };
}
