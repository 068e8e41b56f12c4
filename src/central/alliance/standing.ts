import { sql } from 'kysely';
import type { StandingAnswer, StandingInput } from '../../contract/centre/alliance.ts';
import { allianceRulesOn, type StandingSource } from '../../domain/alliance/index.ts';
import { businessDay, naturalDaysBetween } from '../../domain/kernel/calendar/index.ts';
import { topUnit } from '../credit/index.ts';
import { intColumn, textColumn } from '../kernel/db/binary-arrays.ts';
import type { Database } from '../kernel/db/database.ts';
import { inTransaction } from '../kernel/db/retry.ts';
import type { QueryExecutor } from '../kernel/db/pipeline.ts';
import { centreError } from '../kernel/errors.ts';
import type { UnitCache } from '../kernel/units.ts';
import { citizenKeys } from './citizen-keys.ts';

/** A citizen's level as of a day, 0 of whoever is not known; or why nothing can be said. */
export type Standing = { level: number; asOf: string } | { unknown: 'standing-missing' | 'standing-old' };

/**
 * Where citizens' standing comes from. The province's own interface is not open to districts' systems, so that one source is shipped, the
 * file that a district imports, and nothing is pretended: another one is another such adapter, and another name in `StandingSource`.
 */
export type StandingAdapter = {
  source: StandingSource;
  /** `citizen` is the SHA-256 of an identity number, in hexadecimal. */
  levelOf(from: QueryExecutor, district: string, citizen: string, today: string): Promise<Standing>;
};

/** The file that was imported last, as long as it is not older than the rules allow. */
export const importedStanding: StandingAdapter = {
  source: 'imported-file',
  levelOf: async (from, district, citizen, today) => {
    const current = await currentImport(from, district);
    if (current === null) return { unknown: 'standing-missing' };
    if (naturalDaysBetween(current.asOf, today) > allianceRulesOn(today).standingDays)
      return { unknown: 'standing-old' };
    const keys = await citizenKeys(from);
    const { rows } = await sql<{ level: number }>`
      SELECT level FROM citizen_standing
      WHERE district = ${district} AND import_id = ${current.importId}
        AND citizen = ${keys.inDistrict(district, citizen)}`.execute(from);
    return { level: rows[0]?.level ?? 0, asOf: current.asOf };
  },
};

type Import = { importId: string; asOf: string };

async function currentImport(from: QueryExecutor, district: string): Promise<Import | null> {
  const { rows } = await sql<Import>`
    SELECT import_id AS "importId", as_of AS "asOf" FROM standing_import
    WHERE district = ${district} AND completed_at IS NOT NULL
    ORDER BY as_of DESC, completed_at DESC LIMIT 1`.execute(from);
  return rows[0] ?? null;
}

/** Takes in a part of a file; with the last, the file takes the place of the one before. The same part again changes nothing. @throws RULE */
export async function importStanding(
  { database, units }: { database: Database; units: UnitCache },
  { unitPath: wanted, importId, asOf, citizens, complete }: StandingInput,
  now: Date,
): Promise<StandingAnswer> {
  const district = topUnit(units.all(), wanted);
  if (asOf > businessDay(now.toISOString()))
    throw centreError('RULE', { rule: 'date-in-future', field: 'asOf' });
  return inTransaction(database, async (transaction) => {
    const { rows: begun } = await sql<{ asOf: string; done: boolean }>`
      INSERT INTO standing_import AS known (district, import_id, as_of, citizens, begun_at)
      VALUES (${district}, ${importId}, ${asOf}, 0, ${now})
      ON CONFLICT (district, import_id) DO UPDATE SET citizens = known.citizens
      RETURNING as_of AS "asOf", completed_at IS NOT NULL AS done`.execute(transaction);
    const [own] = begun;
    if (own?.asOf !== asOf) throw centreError('RULE', { rule: 'standing-other-day', field: 'asOf' });
    const current = await currentImport(transaction, district);
    if (current !== null && asOf < current.asOf)
      throw centreError('RULE', { rule: 'standing-older', field: 'asOf', parameters: { day: current.asOf } });
    if (!own.done) await addCitizens(transaction, { district, importId, citizens });
    const { rows } = await sql<{ count: number }>`
      SELECT count(*)::int AS count FROM citizen_standing
      WHERE district = ${district} AND import_id = ${importId}`.execute(transaction);
    const count = rows[0]?.count ?? 0;
    if (complete && !own.done) {
      await sql`
        UPDATE standing_import SET completed_at = ${now}, citizens = ${count}
        WHERE district = ${district} AND import_id = ${importId}`.execute(transaction);
      for (const table of ['citizen_standing', 'standing_import'])
        await sql`
          DELETE FROM ${sql.table(table)} WHERE district = ${district} AND import_id <> ${importId}`.execute(
          transaction,
        );
    }
    return { unitPath: district, asOf, citizens: count, complete: complete || own.done };
  });
}

async function addCitizens(
  transaction: QueryExecutor,
  { district, importId, citizens }: Pick<StandingInput, 'importId' | 'citizens'> & { district: string },
): Promise<void> {
  const keys = await citizenKeys(transaction);
  const levels = new Map<string, number>();
  for (const { citizen, level } of citizens) {
    const key = keys.inDistrict(district, citizen);
    // Of two levels for one citizen the lower: nobody is said to qualify by a mistake in a file.
    levels.set(key, Math.min(level, levels.get(key) ?? level));
  }
  if (levels.size === 0) return;
  await sql`
    INSERT INTO citizen_standing AS known (district, import_id, citizen, level)
    SELECT ${district}, ${importId}::uuid, part.* FROM unnest(${textColumn([...levels.keys()])}::text[],
      ${intColumn([...levels.values()])}::int[]) AS part (citizen, level)
    ON CONFLICT (district, import_id, citizen) DO UPDATE SET level = LEAST(known.level, excluded.level)`.execute(
    transaction,
  );
}
