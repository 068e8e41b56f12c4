import { sql, type RawBuilder } from 'kysely';
import type { HandlingTime } from '../../contract/rollup.ts';
import {
  METRICS,
  quantileDays,
  zeroTotals,
  type HandlingKind,
  type Histogram,
  type Totals,
} from '../../domain/rollup/metrics.ts';
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

function probeTable(probes: readonly Probe[]): RawBuilder<unknown> {
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
  /** Only these counted things. */
  keys?: readonly string[];
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
  { facets, by, keys }: SumOptions,
): Promise<Sums[]> {
  const key = {
    name: sql`''`,
    key: sql`counter.facet || ':' || counter.key`,
    month: sql`to_char(counter.day, 'YYYY-MM')`,
    day: sql`to_char(counter.day, 'YYYY-MM-DD')`,
  }[by];
  const { rows } = await sql<SumRow>`
    SELECT probe.name, ${key} AS key, ${SUMS}
    FROM ${countersOf(probes, facets)} ${
      keys === undefined ? sql`` : sql`WHERE counter.key = ANY(${[...keys]}::text[])`
    }
    GROUP BY 1, 2 ORDER BY 1, 2`.execute(work);
  return rows.map((row) => ({
    name: row.name,
    key: row.key,
    total: totalsOf(row, ''),
    own: totalsOf(row, 'own_'),
  }));
}

/** The keys of a facet with most registrations, then with most returns. */
export async function mostKeys(
  work: Work,
  probes: readonly Probe[],
  facet: string,
  count: number,
): Promise<string[]> {
  const { rows } = await sql<{ key: string }>`
    SELECT counter.key FROM ${countersOf(probes, [facet])} GROUP BY 1
    ORDER BY coalesce(sum(counter.registered), 0) DESC, coalesce(sum(counter.returns_requested), 0) DESC, 1
    LIMIT ${count}`.execute(work);
  return rows.map((row) => row.key);
}

/** Handling times of all probes, by name and kind. */
export async function sumHandling(
  work: Work,
  probes: readonly Probe[],
): Promise<(name: string, kind: HandlingKind) => HandlingTime> {
  const { rows } = await sql<{ name: string; kind: HandlingKind; bucket: number; count: number }>`
    SELECT probe.name, handling.kind, handling.bucket, sum(handling.total)::bigint AS count
    FROM ${probeTable(probes)}
    CROSS JOIN LATERAL (
      SELECT * FROM rollup_handling AS kept
      WHERE kept.circle = probe.circle AND kept.unit_path = probe.path AND kept.grain = probe.grain
        AND kept.kind = ANY(ARRAY['case', 'return']) AND kept.day BETWEEN probe.since AND probe.until
      OFFSET 0) AS handling
    GROUP BY 1, 2, 3`.execute(work);
  const histograms = new Map<string, Histogram>();
  for (const { name, kind, bucket, count } of rows) {
    const list = histograms.get(`${kind} ${name}`);
    if (list) list.push({ bucket, count });
    else histograms.set(`${kind} ${name}`, [{ bucket, count }]);
  }
  return (name, kind) => {
    const histogram = histograms.get(`${kind} ${name}`) ?? [];
    return {
      count: histogram.reduce((sum, one) => sum + one.count, 0),
      medianDays: quantileDays(histogram, 0.5),
      p90Days: quantileDays(histogram, 0.9),
    };
  };
}
