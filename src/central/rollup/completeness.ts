import { sql } from 'kysely';
import type { Completeness } from '../../contract/centre/rollup.ts';
import { covers } from '../../domain/organisation/index.ts';
import type { QueryExecutor } from '../kernel/db/pipeline.ts';
import type { UnitCache } from '../kernel/units.ts';

const REPORTED_WITHIN_MS = 24 * 3_600_000;

export type Station = { name: string; unitPath: string; lastSeenAt: Date | null };

/**
 * Workstations in service at a unit and below it whose reports its figures wait for: those of departments and banks count nothing of the
 * hierarchy above them, and are left out of any unit's but one outside it.
 */
export async function stationsBelow(
  executor: QueryExecutor,
  units: Pick<UnitCache, 'get'>,
  path: string,
): Promise<Station[]> {
  const isOutside = (unitPath: string): boolean => (units.get(unitPath)?.body ?? null) !== null;
  const { rows } = await sql<Station>`
    SELECT name, unit_path AS "unitPath", last_seen_at AS "lastSeenAt" FROM device
    WHERE status <> 'revoked' AND id <> 'centre' AND (unit_path = ${path} OR starts_with(unit_path, ${`${path}/`}))
    ORDER BY unit_path, code`.execute(executor);
  return isOutside(path) ? rows : rows.filter(({ unitPath }) => !isOutside(unitPath));
}

/** Up to when those of a unit have reported. */
export function completenessOf(stations: readonly Station[], path: string, now: Date): Completeness {
  const below = stations.filter((station) => covers(path, station.unitPath));
  const missing = below
    .filter(
      ({ lastSeenAt }) => lastSeenAt === null || now.getTime() - lastSeenAt.getTime() > REPORTED_WITHIN_MS,
    )
    .map(({ name, unitPath, lastSeenAt }) => ({
      name,
      unitPath,
      lastSeenAt: lastSeenAt?.toISOString() ?? null,
    }));
  return { workstations: below.length, reported: below.length - missing.length, missing };
}
