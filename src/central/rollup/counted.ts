import { sql, type RawBuilder } from 'kysely';
import { businessDay } from '../../domain/kernel/calendar/index.ts';
import type { Metric } from '../../domain/rollup/metrics.ts';
import type { CountedBy } from '../../domain/rollup/index.ts';
import { numberArray, textArray } from '../kernel/db/arrays.ts';
import { circleOf } from '../kernel/db/circle.ts';
import { columnOf } from '../kernel/db/metric-columns.ts';
import type { QueryExecutor } from '../kernel/db/pipeline.ts';
import { sharesOf, type Share } from './periods.ts';

/** Days from and to, both included. */
export type Days = { from: string; to: string };

/** Nothing was counted before: a period that goes further back begins here. */
const FIRST_DAY = '1900-01-01';

/** All days up to this one. */
export const upTo = (to: string): Days => ({ from: FIRST_DAY, to });

/** A period in days and months as counters are kept by. */
export function countedShares({ from, to }: Days, now: Date): Share[] {
  return sharesOf(from, to, { today: businessDay(now.toISOString()), hasBelow: false });
}

/** The table of counters, or, for an office that asks about itself, those counters that are its own. */
type Source = 'counters' | 'own-office';

const rowsOf = (source: Source, path: string): RawBuilder<unknown> =>
  source === 'counters'
    ? sql`SELECT * FROM rollup_counter AS one WHERE one.circle = ${circleOf(path)} AND one.unit_path = ${path}
        AND one.grain = share.grain AND one.facet = probe.facet AND one.day BETWEEN share.since AND share.until OFFSET 0`
    : sql`SELECT * FROM office_counters(${circleOf(path)}, ${path}, share.grain, probe.facet, share.since, share.until) OFFSET 0`;

/** What was counted of a unit and all below it, by each of these facets; `''` is the unit's total. */
export async function readCounted(
  executor: QueryExecutor,
  { path, shares, facets, metrics }: ReadCounted,
  source: Source = 'counters',
): Promise<CountedBy[]> {
  if (shares.length === 0) return [];
  const sums = sql.join(
    metrics.map((metric) => sql`coalesce(sum(share.sign * kept.${sql.ref(columnOf(metric))}), 0)::bigint`),
  );
  const { rows } = await sql<{ facet: string; key: string; figures: number[] }>`
    SELECT probe.facet, kept.key, array_to_json(ARRAY[${sums}]::bigint[]) AS figures
    FROM unnest(${textArray(facets)}::text[]) AS probe (facet)
    CROSS JOIN unnest(
      ${numberArray(shares.map(({ sign }) => sign))}::int[],
      ${textArray(shares.map(({ grain }) => grain))}::text[],
      ${textArray(shares.map((share) => share.from))}::date[],
      ${textArray(shares.map((share) => share.to))}::date[]) AS share (sign, grain, since, until)
    -- Fenced: each is an index range; left to itself the planner reads the whole table.
    CROSS JOIN LATERAL (${rowsOf(source, path)}) AS kept
    GROUP BY 1, 2`.execute(executor);
  return rows.map(({ facet, key, figures }) => ({
    facet,
    key,
    totals: Object.fromEntries(metrics.map((metric, place) => [metric, figures[place] ?? 0])),
  }));
}

export type ReadCounted = {
  path: string;
  shares: readonly Share[];
  facets: readonly string[];
  metrics: readonly Metric[];
};

/** The unit's totals of a period. */
export async function readTotals(
  executor: QueryExecutor,
  given: Omit<ReadCounted, 'facets'>,
): Promise<CountedBy['totals']> {
  const [total] = await readCounted(executor, { ...given, facets: [''] });
  return total?.totals ?? {};
}

/** How many merchants had an application accepted, each once however many it had. */
export async function countApplicants(
  executor: QueryExecutor,
  { path, shares }: Pick<ReadCounted, 'path' | 'shares'>,
): Promise<number> {
  const rows = await readCounted(executor, {
    path,
    shares,
    facets: ['applicant'],
    metrics: ['restorations-accepted'],
  });
  return rows.filter(({ totals }) => (totals['restorations-accepted'] ?? 0) > 0).length;
}
