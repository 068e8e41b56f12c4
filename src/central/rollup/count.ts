import { sql, type RawBuilder } from 'kysely';
import { HANDLING_KINDS, METRICS, type HandlingKind } from '../../domain/rollup/metrics.ts';
import { textArray } from '../kernel/db/arrays.ts';
import { columnOf } from '../kernel/db/metric-columns.ts';
import type { QueryExecutor } from '../kernel/db/pipeline.ts';
import { circleOf } from '../kernel/db/circle.ts';
import { noDurations, noFamilyDurations, type FamilyDurations } from './durations.ts';
import { noFigures, type Figures, type Key } from './figures.ts';
import { nameOf, type CellKey, type Content } from './packs.ts';
import { KEPT_WHERE_IT_HAPPENED, type Grain } from './sum.ts';

/** A unit, those right below it, and everything from itself down. */
export type Family = { path: string; children: readonly string[]; below: readonly string[] };

/** What is shown of a unit beside its sum: figures by the thing a case is about. */
const BREAKDOWNS = ['object', 'problem'];

/** As an array, and not by a function of one argument a metric: PostgreSQL passes a function a hundred at most. */
const arrayOf = (value: (column: string) => RawBuilder<unknown>): RawBuilder<unknown> =>
  sql`array_to_json(ARRAY[${sql.join(METRICS.map((metric) => value(columnOf(metric))))}]::bigint[])`;
const SUMS = arrayOf((column) => sql`coalesce(sum(${sql.ref(`kept.${column}`)}), 0)::bigint`);
const TOTALS = arrayOf((column) => sql`coalesce(${sql.ref(`kept.${column}`)}, 0)`);
const OWN = arrayOf((column) => sql`coalesce(${sql.ref(`kept.own_${column}`)}, 0)`);

function cellTable(cells: readonly CellKey[]): RawBuilder<unknown> {
  return sql`unnest(${textArray(cells.map((cell) => cell.grain))}::text[],
    ${textArray(cells.map((cell) => cell.day))}::date[]) AS cell (grain, day)`;
}

export type CellTotals = { total: Figures; own: Figures };
const NOTHING: CellTotals = { total: noFigures(), own: noFigures() };

/** Named one by one: a newer release may have written kinds that this one does not read. */
const KINDS_READ = sql`ARRAY[${sql.join(HANDLING_KINDS.map((kind) => sql.lit(kind)))}]`;

/** A unit's figures in days and months straight from its counters, with all below it and of itself. */
export async function countTotals(
  executor: QueryExecutor,
  path: string,
  cells: readonly CellKey[],
): Promise<(cell: CellKey) => CellTotals> {
  const found = new Map<string, CellTotals>();
  if (cells.length > 0) {
    const { rows } = await sql<{ grain: Grain; day: string; total: number[]; own: number[] }>`
      SELECT kept.grain, kept.day, ${TOTALS} AS total, ${OWN} AS own
      FROM ${cellTable(cells)}
      JOIN rollup_counter AS kept ON kept.circle = ${circleOf(path)} AND kept.unit_path = ${path}
        AND kept.grain = cell.grain AND kept.facet = '' AND kept.day = cell.day`.execute(executor);
    for (const row of rows)
      found.set(nameOf(row), { total: Float64Array.from(row.total), own: Float64Array.from(row.own) });
  }
  return (cell) => found.get(nameOf(cell)) ?? NOTHING;
}

type Keyed = { parts: Map<Key, Figures>; merchants: Map<Key, Figures> };

async function countKeyed(
  executor: QueryExecutor,
  { path, children, below }: Family,
  cells: readonly CellKey[],
): Promise<Map<string, Keyed>> {
  const counted = [
    ...children.map((child) => ({ path: child, facet: '' })),
    ...BREAKDOWNS.map((facet) => ({ path, facet })),
    ...below.map((one) => ({ path: one, facet: KEPT_WHERE_IT_HAPPENED })),
  ];
  const { rows } = await sql<
    CellKey & { merchant: boolean; key: string; id: number | null; figures: number[] }
  >`
    SELECT counted.*, rollup_key.id FROM (
      SELECT cell.grain, cell.day, probe.facet = ${KEPT_WHERE_IT_HAPPENED} AS merchant,
        CASE probe.facet WHEN '' THEN probe.path WHEN ${KEPT_WHERE_IT_HAPPENED} THEN kept.key
          ELSE probe.facet || ':' || kept.key END AS key,
        ${SUMS} AS figures
      FROM unnest(${textArray(counted.map((one) => circleOf(one.path)))}::text[],
        ${textArray(counted.map((one) => one.path))}::text[],
        ${textArray(counted.map((one) => one.facet))}::text[]) AS probe (circle, path, facet)
      CROSS JOIN ${cellTable(cells)}
      -- Fenced: each is an index range; left to itself the planner reads the whole table.
      CROSS JOIN LATERAL (
        SELECT * FROM rollup_counter AS one WHERE one.circle = probe.circle AND one.unit_path = probe.path
          AND one.grain = cell.grain AND one.facet = probe.facet AND one.day = cell.day OFFSET 0) AS kept
      GROUP BY 1, 2, 3, 4) AS counted
    LEFT JOIN rollup_key ON rollup_key.key = counted.key`.execute(executor);
  const found = new Map<string, Keyed>();
  for (const row of rows) {
    let keyed = found.get(nameOf(row));
    if (!keyed) found.set(nameOf(row), (keyed = { parts: new Map(), merchants: new Map() }));
    keyed[row.merchant ? 'merchants' : 'parts'].set(row.id ?? row.key, Float64Array.from(row.figures));
  }
  return found;
}

async function countDurations(
  executor: QueryExecutor,
  { path, children }: Family,
  cells: readonly CellKey[],
): Promise<Map<string, FamilyDurations>> {
  const paths = [path, ...children];
  type Row = CellKey & { path: string; id: number | null; kind: HandlingKind; bucket: number; total: number };
  const { rows } = await sql<Row>`
    SELECT kept.unit_path AS path, rollup_key.id, kept.grain, kept.day, kept.kind, kept.bucket, kept.total
    FROM unnest(${textArray(paths.map(circleOf))}::text[], ${textArray(paths)}::text[]) AS unit (circle, path)
    CROSS JOIN ${cellTable(cells)}
    CROSS JOIN LATERAL (
      SELECT * FROM rollup_handling AS one WHERE one.circle = unit.circle AND one.unit_path = unit.path
        AND one.grain = cell.grain AND one.kind = ANY(${KINDS_READ}) AND one.day = cell.day OFFSET 0) AS kept
    LEFT JOIN rollup_key ON rollup_key.key = unit.path`.execute(executor);
  const found = new Map<string, FamilyDurations>();
  for (const row of rows) {
    let family = found.get(nameOf(row));
    if (!family) found.set(nameOf(row), (family = noFamilyDurations()));
    const key = row.id ?? row.path;
    let durations = row.path === path ? family.all : family.children.get(key);
    if (!durations) family.children.set(key, (durations = noDurations()));
    durations[row.kind].set(row.bucket, row.total);
  }
  return found;
}

/** All that is shown of a unit's days and months, straight from the counters. Merchants are those of `below`. */
export async function countContent(
  executor: QueryExecutor,
  family: Family,
  cells: readonly CellKey[],
): Promise<(cell: CellKey) => Content> {
  const totals = await countTotals(executor, family.path, cells);
  const keyed = cells.length > 0 ? await countKeyed(executor, family, cells) : new Map<string, Keyed>();
  const durations =
    cells.length > 0 ? await countDurations(executor, family, cells) : new Map<string, FamilyDurations>();
  return (cell) => ({
    ...totals(cell),
    ...(keyed.get(nameOf(cell)) ?? { parts: new Map(), merchants: new Map() }),
    durations: durations.get(nameOf(cell)) ?? noFamilyDurations(),
  });
}
