import { sql, type RawBuilder } from 'kysely';
import { METRICS } from '../../domain/rollup/metrics.ts';
import { textArray } from '../kernel/db/arrays.ts';
import { bigintColumn, intColumn, textColumn } from '../kernel/db/binary-arrays.ts';
import { columnOf } from '../kernel/db/metric-columns.ts';
import { inOneStatement } from '../kernel/db/one-statement.ts';
import type { QueryExecutor } from '../kernel/db/pipeline.ts';
import { circleOf } from '../kernel/db/circle.ts';
import type { CounterRow, DeltaSum, HandlingRow } from './sum.ts';

/** Where sums go: the tables everybody reads, or a verification's own copy of them. */
export type RollupTables = { counters: string; handling: string };
export const ROLLUP_TABLES: RollupTables = { counters: 'rollup_counter', handling: 'rollup_handling' };

function joined(parts: readonly RawBuilder<unknown>[]): RawBuilder<unknown> {
  return sql.join(parts);
}

function counterAdditions(rows: readonly CounterRow[], table: string): RawBuilder<unknown> | null {
  if (rows.length === 0) return null;
  // Only the counters this batch moves are named: a statement with all of them costs twice as much.
  const columns: { name: string; values: (number | undefined)[] }[] = [];
  for (const metric of METRICS) {
    const total = rows.map((row) => row.total[metric]);
    if (total.every((value) => value === undefined)) continue;
    columns.push({ name: columnOf(metric), values: total });
    const own = rows.map((row) => row.own[metric]);
    if (own.some((value) => value !== undefined)) {
      columns.push({ name: `own_${columnOf(metric)}`, values: own });
    }
  }
  const to = sql.ref(table);
  const names = columns.map((column) => sql.ref(column.name));
  const additions = columns.map(({ name }) => {
    const [column, known, fresh] = [sql.ref(name), sql.ref(`${table}.${name}`), sql.ref(`excluded.${name}`)];
    return sql`${column} = coalesce(${known} + ${fresh}, ${known}, ${fresh})`;
  });
  return sql`
    INSERT INTO ${to} (circle, unit_path, grain, facet, day, key, ${joined(names)})
    SELECT * FROM unnest(
      ${textColumn(rows.map((row) => circleOf(row.path)))}::text[],
      ${textColumn(rows.map((row) => row.path))}::text[],
      ${textColumn(rows.map((row) => row.grain))}::text[],
      ${textColumn(rows.map((row) => row.facet))}::text[],
      ${textArray(rows.map((row) => row.day))}::date[],
      ${textColumn(rows.map((row) => row.key))}::text[],
      ${joined(columns.map((column) => sql`${bigintColumn(column.values)}::bigint[]`))})
    ON CONFLICT (circle, unit_path, grain, facet, day, key) DO UPDATE SET ${joined(additions)}`;
}

function handlingAdditions(rows: readonly HandlingRow[], table: string): RawBuilder<unknown> | null {
  if (rows.length === 0) return null;
  const to = sql.ref(table);
  return sql`
    INSERT INTO ${to} (circle, unit_path, grain, kind, day, bucket, own, total)
    SELECT * FROM unnest(
      ${textColumn(rows.map((row) => circleOf(row.path)))}::text[],
      ${textColumn(rows.map((row) => row.path))}::text[],
      ${textColumn(rows.map((row) => row.grain))}::text[],
      ${textColumn(rows.map((row) => row.kind))}::text[],
      ${textArray(rows.map((row) => row.day))}::date[],
      ${intColumn(rows.map((row) => row.bucket))}::int[],
      ${bigintColumn(rows.map((row) => row.own))}::bigint[],
      ${bigintColumn(rows.map((row) => row.total))}::bigint[])
    ON CONFLICT (circle, unit_path, grain, kind, day, bucket) DO UPDATE
    SET own = ${to}.own + excluded.own, total = ${to}.total + excluded.total`;
}

/** A batch's sums as rows, ready to be written. */
export type PreparedDeltas = { counters: CounterRow[]; handling: HandlingRow[] };

export function prepareDeltas(sum: DeltaSum): PreparedDeltas {
  return { counters: sum.counters(), handling: sum.handling() };
}

/** The statements that add sums to the roll-up, or to a verification's copy of it; none where nothing was counted. */
export function deltaStatements(
  { counters, handling }: PreparedDeltas,
  tables: RollupTables = ROLLUP_TABLES,
): RawBuilder<unknown>[] {
  return [counterAdditions(counters, tables.counters), handlingAdditions(handling, tables.handling)].filter(
    (one) => one !== null,
  );
}

/** Adds sums to these tables, in one statement. */
export async function writeDeltas(
  executor: QueryExecutor,
  deltas: PreparedDeltas,
  tables: RollupTables,
): Promise<void> {
  await inOneStatement(deltaStatements(deltas, tables))?.execute(executor);
}
