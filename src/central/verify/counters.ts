import { sql, type RawBuilder } from 'kysely';
import { METRICS } from '../../domain/rollup/index.ts';
import type { Transaction } from '../kernel/db/database.ts';
import { columnOf } from '../kernel/db/metric-columns.ts';
import { KEPT_WHERE_IT_HAPPENED, type RollupTables } from '../rollup/index.ts';
import type { Invariant } from './check.ts';

type Verdict = { checked: number; broken: number; examples: string[] | null };

async function judge(
  transaction: Transaction,
  name: string,
  compared: RawBuilder<unknown>,
): Promise<Invariant> {
  const { rows } = await sql<Verdict>`
    SELECT count(*) AS checked, count(*) FILTER (WHERE wrong <> '') AS broken,
      (array_agg(place || ' ' || wrong) FILTER (WHERE wrong <> ''))[1:10] AS examples
    FROM (${compared}) AS compared`.execute(transaction);
  const { checked, broken, examples } = rows[0] ?? { checked: 0, broken: 0, examples: [] };
  return { name, checked, broken, examples: examples ?? [] };
}

/** The names of the metrics of which `differs` holds, as one text. */
function wrongMetrics(differs: (column: string) => RawBuilder<unknown>): RawBuilder<unknown> {
  // An array: PostgreSQL passes a function a hundred arguments at most.
  return sql`array_to_string(ARRAY[${sql.join(
    METRICS.map((metric) => sql`CASE WHEN ${differs(columnOf(metric))} THEN ${sql.lit(metric)} END`),
  )}], ', ')`;
}

const zero = (name: string): RawBuilder<unknown> => sql`coalesce(${sql.ref(name)}, 0)`;

/** A unit's total is its own and the sum of its children's, for every day, month, metric and thing counted. */
export async function parentsEqualChildren(transaction: Transaction): Promise<Invariant> {
  const columns = METRICS.map(columnOf);
  const sums = sql.join(columns.map((name) => sql`sum(${sql.ref(name)}) AS ${sql.ref(name)}`));
  const wrong = wrongMetrics(
    (name) => sql`${zero(`part.${name}`)} <> ${zero(`part.own_${name}`)} + ${zero(`below.${name}`)}`,
  );
  return judge(
    transaction,
    'parents equal the sum of children',
    sql`
      SELECT concat_ws(' ', coalesce(part.unit_path, below.parent), coalesce(part.day, below.day),
        coalesce(part.facet, below.facet), coalesce(part.key, below.key)) AS place, ${wrong} AS wrong
      FROM rollup_counter AS part
      FULL JOIN (
        SELECT regexp_replace(unit_path, '/[^/]+$', '') COLLATE "C" AS parent, grain, facet, day, key, ${sums}
        FROM rollup_counter WHERE unit_path ~ '^/.+/' AND facet <> ${KEPT_WHERE_IT_HAPPENED}
        GROUP BY 1, 2, 3, 4, 5) AS below
      ON below.parent = part.unit_path AND below.grain = part.grain AND below.facet = part.facet
        AND below.day = part.day AND below.key = part.key`,
  );
}

/** Makes empty copies of the roll-up's tables, gone with the transaction. */
export async function createCopies(transaction: Transaction): Promise<RollupTables> {
  for (const table of ['counter', 'handling']) {
    await sql`
      CREATE TEMPORARY TABLE ${sql.ref(`rebuilt_${table}`)}
        (LIKE ${sql.ref(`rollup_${table}`)} INCLUDING DEFAULTS INCLUDING INDEXES) ON COMMIT DROP`.execute(
      transaction,
    );
  }
  return { counters: 'rebuilt_counter', handling: 'rebuilt_handling' };
}

/** What was counted anew from the log equals what was added up event by event. */
export async function rebuildEquals(transaction: Transaction): Promise<Invariant[]> {
  const differs = (name: string): RawBuilder<unknown> =>
    sql`${zero(`kept.${name}`)} <> ${zero(`anew.${name}`)}`;
  const wrong = wrongMetrics((name) => sql`${differs(name)} OR ${differs(`own_${name}`)}`);
  const counters = await judge(
    transaction,
    'rebuild equals incremental',
    sql`
      SELECT concat_ws(' ', unit_path, day, facet, key) AS place, ${wrong} AS wrong
      FROM rollup_counter AS kept
      FULL JOIN rebuilt_counter AS anew USING (circle, unit_path, grain, facet, day, key)`,
  );
  const handling = await judge(
    transaction,
    'rebuilt handling times equal incremental',
    sql`
      SELECT concat_ws(' ', unit_path, kind, day, bucket) AS place,
        CASE WHEN kept.own IS DISTINCT FROM anew.own OR kept.total IS DISTINCT FROM anew.total
          THEN 'count' ELSE '' END AS wrong
      FROM rollup_handling AS kept
      FULL JOIN rebuilt_handling AS anew USING (circle, unit_path, grain, kind, day, bucket)`,
  );
  return [counters, handling];
}
