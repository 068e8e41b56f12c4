import { sql, type RawBuilder } from 'kysely';
import { METRICS, zeroTotals, type Totals } from '../../domain/rollup/metrics.ts';
import type { Work } from '../db/database.ts';
import { circleOf } from '../db/schema.ts';
import type { Range } from './periods.ts';
import type { Grain } from './sum.ts';
import { columnOf } from './write.ts';

/** One unit over one range, under a name that the answer's rows bear. */
export type Probe = { name: string; path: string; range: Range };

export function probesOf(name: string, path: string, ranges: readonly Range[]): Probe[] {
  return ranges.map((range) => ({ name, path, range }));
}

/** Sums of one name, or of one key within it. */
export type Sums = { name: string; key: string; total: Totals; own: Totals };

const SUMS = sql.join(
  METRICS.flatMap((metric) => {
    const column = columnOf(metric);
    return [column, `own_${column}`].map(
      (name) => sql`sum(${sql.ref(`counter.${name}`)})::bigint AS ${sql.ref(name)}`,
    );
  }),
);

type SumRow = { name: string; key: string } & Record<string, unknown>;

function totalsOf(row: SumRow, prefix: '' | 'own_'): Totals {
  const totals = zeroTotals();
  for (const metric of METRICS) totals[metric] = Number(row[`${prefix}${columnOf(metric)}`] ?? 0);
  return totals;
}

export function probeTable(probes: readonly Probe[]): RawBuilder<unknown> {
  return sql`unnest(
    ${probes.map((probe) => probe.name)}::text[],
    ${probes.map((probe) => circleOf(probe.path))}::text[],
    ${probes.map((probe) => probe.path)}::text[],
    ${probes.map((probe) => probe.range.grain)}::text[],
    ${probes.map((probe) => probe.range.from)}::date[],
    ${probes.map((probe) => probe.range.to)}::date[]) AS probe (name, circle, path, grain, since, until)`;
}

type SumOptions = {
  facets: readonly string[];
  /** What to add up by beside the probe's name: nothing, the counted thing, the month or the day. */
  by: 'name' | 'key' | Grain;
};

function countersOf(probes: readonly Probe[], facets: readonly string[]): RawBuilder<unknown> {
  // Lateral and fenced: each probe is an index range; left to itself the planner reads the whole table.
  return sql`${probeTable(probes)}
    CROSS JOIN LATERAL (
      SELECT * FROM rollup_counter AS kept
      WHERE kept.circle = probe.circle AND kept.unit_path = probe.path AND kept.grain = probe.grain
        AND kept.facet = ANY(${[...facets]}::text[]) AND kept.day BETWEEN probe.since AND probe.until
      OFFSET 0) AS counter`;
}

/** Counters of all probes in one statement: an index range each. */
export async function sumCounters(
  work: Work,
  probes: readonly Probe[],
  { facets, by }: SumOptions,
): Promise<Sums[]> {
  const key = {
    name: sql`''`,
    key: sql`counter.facet || ':' || counter.key`,
    month: sql`to_char(counter.day, 'YYYY-MM')`,
    day: sql`to_char(counter.day, 'YYYY-MM-DD')`,
  }[by];
  const { rows } = await sql<SumRow>`
    SELECT probe.name, ${key} AS key, ${SUMS}
    FROM ${countersOf(probes, facets)}
    GROUP BY 1, 2 ORDER BY 1, 2`.execute(work);
  return rows.map((row) => ({
    name: row.name,
    key: row.key,
    total: totalsOf(row, ''),
    own: totalsOf(row, 'own_'),
  }));
}
