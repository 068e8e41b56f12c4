import { sql } from 'kysely';
import { circleAbove, type StationGroup, stationGroups } from '../../domain/public/index.ts';
import type { StationState } from '../../domain/station/index.ts';
import type { Finding } from './find-shop.ts';

/** The open stations for riders, by circle. */
export async function findStations({
  database,
  units,
}: Pick<Finding, 'database' | 'units'>): Promise<StationGroup[]> {
  const { rows } = await sql<{ state: string }>`
    SELECT state FROM stream WHERE kind = 'station' AND state IS NOT NULL`.execute(database);
  // Written by ingest from values of exactly this type.
  const all = rows.map(({ state }) => JSON.parse(state) as StationState);
  const circles = new Map(all.map(({ unitPath }) => [unitPath, circleAbove(unitPath, units.levelOf)]));
  const paths = [...circles].flatMap(([path, circle]) => (circle === null ? [path] : [path, circle]));
  const names = new Map(
    await Promise.all(
      [...new Set(paths)].map(
        async (path) => [path, (await units.find(path, database))?.name ?? ''] as const,
      ),
    ),
  );
  return stationGroups(all, {
    circleOf: (path) => {
      const circle = circles.get(path) ?? null;
      return circle === null ? null : (names.get(circle) ?? null);
    },
    unitOf: (path) => names.get(path) ?? '',
  });
}
