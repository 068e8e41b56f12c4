import { sql } from 'kysely';
import { METRICS } from '../../../domain/rollup/index.ts';
import type { Transaction } from './database.ts';

/** The column of a metric in `rollup_counter`: `settled-at-source` → `settled_at_source`. */
export function columnOf(metric: string): string {
  return metric.replaceAll('-', '_');
}

/** Both columns of each metric: of a unit with all below it, and of the unit alone. */
const columnsOf = (metrics: readonly string[]): string[] =>
  metrics.flatMap((metric) => [columnOf(metric), `own_${columnOf(metric)}`]);

/**
 * Gives `rollup_counter` the columns of metrics that were declared since, so that a new metric needs no migration. They are like the
 * first ones: null where nothing was counted, which takes no space in a row and writes no row anew. A process of an older
 * release names only the columns that it knows, and leaves these null. The table is locked only where a column is missing.
 */
export async function addMetricColumns(
  transaction: Transaction,
  metrics: readonly string[] = METRICS,
): Promise<void> {
  const { rows } = await sql<{ name: string }>`
    SELECT attname AS name FROM pg_attribute
    WHERE attrelid = 'rollup_counter'::regclass AND attnum > 0 AND NOT attisdropped`.execute(transaction);
  const known = new Set(rows.map((row) => row.name));
  const missing = columnsOf(metrics).filter((name) => !known.has(name));
  if (missing.length === 0) return;
  const additions = missing.map((name) => sql`ADD COLUMN IF NOT EXISTS ${sql.ref(name)} bigint`);
  await sql`ALTER TABLE rollup_counter ${sql.join(additions)}`.execute(transaction);
}
