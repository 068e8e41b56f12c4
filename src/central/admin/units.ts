import { ORPCError } from '@orpc/server';
import { sql } from 'kysely';
import type { UnitInput } from '../../contract/central.ts';
import { ancestorsAndSelf, lastUnit, parentPath } from '../../domain/org/unit.ts';
import type { Database } from '../db/database.ts';
import { appendToFeeds, type FeedEntry } from '../feeds/append.ts';
import type { UnitCache } from '../units.ts';
import { recordAdminFacts } from './facts.ts';

/**
 * Creates units, parents before children; existing ones are left as they are. A new unit's feed begins with
 * the records of the units above it. @throws UNIT_UNKNOWN when a parent is missing.
 */
export async function createUnits(
  database: Database,
  units: UnitCache,
  inputs: readonly UnitInput[],
  now: Date,
): Promise<{ created: number; existing: number }> {
  const wanted = inputs.toSorted((a, b) => a.path.split('/').length - b.path.split('/').length);
  return database.transaction().execute(async (work) => {
    await units.reload(work);
    const fresh = wanted.filter((unit) => units.get(unit.path) === undefined);
    const coming = new Set(fresh.map((unit) => unit.path));
    for (const unit of fresh) {
      const parent = parentPath(unit.path);
      if (parent !== null && units.get(parent) === undefined && !coming.has(parent)) {
        throw new ORPCError('UNIT_UNKNOWN', { data: { path: parent } });
      }
    }
    await recordAdminFacts(
      work,
      units,
      fresh.map((unit) => ({
        stream: { kind: 'unit', id: lastUnit(unit.path) },
        type: 'unit-created',
        payload: unit,
        unitPath: unit.path,
      })),
      now,
    );
    await showUnitsAbove(work, fresh);
    await units.reload(work);
    return { created: fresh.length, existing: wanted.length - fresh.length };
  });
}

/** What the units above wrote of themselves before the new one existed. */
async function showUnitsAbove(
  work: Parameters<typeof appendToFeeds>[0],
  fresh: readonly UnitInput[],
): Promise<void> {
  if (fresh.length === 0) return;
  const { rows } = await sql<{ id: string; eventId: string; hash: string }>`
    SELECT stream_id AS id, id AS "eventId", hash FROM event
    WHERE stream_kind = 'unit' AND status = 'accepted' ORDER BY position`.execute(work);
  const byUnit = Map.groupBy(rows, (row) => row.id);
  const feeds = new Map<string, FeedEntry[]>();
  const shown: { id: string; path: string }[] = [];
  for (const unit of fresh) {
    const above = ancestorsAndSelf(unit.path).slice(1).toReversed();
    const entries = above.flatMap((path) => byUnit.get(lastUnit(path)) ?? []);
    if (entries.length > 0) feeds.set(unit.path, entries);
    for (const path of above) shown.push({ id: lastUnit(path), path: unit.path });
  }
  await appendToFeeds(work, feeds, new Map());
  // From now on these streams are in the new units' sight.
  await sql`
    UPDATE stream SET sight = sight || fresh.paths
    FROM (SELECT id, array_agg(path) AS paths
      FROM unnest(${shown.map((one) => one.id)}::text[], ${shown.map((one) => one.path)}::text[]) AS s (id, path)
      GROUP BY id) AS fresh
    WHERE stream.kind = 'unit' AND stream.id = fresh.id`.execute(work);
}
