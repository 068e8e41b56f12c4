import { sql } from 'kysely';
import type { GradeFigures, GradeFiguresQuery } from '../../contract/centre/credit.ts';
import { monthNumber, monthText } from '../../domain/credit/index.ts';
import { topOf } from '../../domain/procedure/index.ts';
import type { Database } from '../kernel/db/database.ts';
import type { UnitCache } from '../kernel/units.ts';

/** So many months are shown, the one asked for the last. */
const MONTHS = 12;

type ByMonth = { month: number; name: string; count: number };
type Moved = { from: string; to: string; count: number };
type ByUnit = { child: string; name: string; count: number };

/** Counts by name, for each key of its own. */
function grouped<Row extends { name: string; count: number }>(
  rows: readonly Row[],
  keyOf: (row: Row) => string,
): Map<string, Record<string, number>> {
  const all = new Map<string, Record<string, number>>();
  for (const row of rows) {
    const counts = all.get(keyOf(row)) ?? {};
    counts[row.name] = (counts[row.name] ?? 0) + row.count;
    all.set(keyOf(row), counts);
  }
  return all;
}

/**
 * How many merchants at a unit and below it had which grade, over a year of months; who went from which to which within the last one; and
 * the same by unit below. Of what the centre's gradings have kept; merchants stand where they trade now.
 */
export async function gradeFigures(
  database: Database,
  units: UnitCache,
  { path, month: wanted }: GradeFiguresQuery,
): Promise<GradeFigures> {
  const month = monthNumber(`${wanted}-01`);
  // In its district, which has an index, at the unit or below it.
  const mine = sql`credit_merchant AS merchant ON merchant.merchant_id = now.merchant_id
    AND merchant.district = ${topOf(path)} AND starts_with(merchant.unit_path || '/', ${`${path}/`})`;
  const { rows: byMonth } = await sql<ByMonth>`
    SELECT now.month, coalesce(now.grade, now.outcome) AS name, count(*)::int AS count
    FROM credit_grade AS now JOIN ${mine}
    WHERE now.month BETWEEN ${month - MONTHS + 1}::int AND ${month}::int GROUP BY 1, 2 ORDER BY 1, 2`.execute(
    database,
  );
  const { rows: migration } = await sql<Moved>`
    SELECT coalesce(was.grade, was.outcome) AS "from", coalesce(now.grade, now.outcome) AS "to", count(*)::int AS count
    FROM credit_grade AS now JOIN ${mine}
    JOIN credit_grade AS was ON was.merchant_id = now.merchant_id AND was.month = ${month - 1}::int
    WHERE now.month = ${month}::int GROUP BY 1, 2 ORDER BY 1, 2`.execute(database);
  const { rows: byUnit } = await sql<ByUnit>`
    SELECT split_part(substr(merchant.unit_path, ${path.length + 2}::int), '/', 1) AS child,
      coalesce(now.grade, now.outcome) AS name, count(*)::int AS count
    FROM credit_grade AS now JOIN ${mine} WHERE now.month = ${month}::int GROUP BY 1, 2 ORDER BY 1, 2`.execute(
    database,
  );
  await units.reload(database);
  const names = new Map(units.all().map((unit) => [unit.path, unit.name]));
  return {
    month: wanted,
    before: monthText(month - 1),
    byMonth: [...grouped(byMonth, (row) => monthText(row.month))].map(([of, counts]) => ({
      month: of,
      counts,
    })),
    migration,
    units: [...grouped(byUnit, ({ child }) => (child === '' ? path : `${path}/${child}`))].map(
      ([of, counts]) => ({ path: of, name: names.get(of) ?? of, counts }),
    ),
  };
}
