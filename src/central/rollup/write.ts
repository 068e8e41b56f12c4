import { sql } from 'kysely';
import { ancestorsAndSelf } from '../../domain/org/unit.ts';
import type { Deltas } from '../../domain/rollup/deltas.ts';
import type { Work } from '../db/database.ts';

type Counter = { path: string; dimension: string; day: string; metric: string; own: number; total: number };
type Handling = {
  path: string;
  dimension: string;
  kind: string;
  day: string;
  bucket: number;
  own: number;
  total: number;
};

/** Additions of one batch, summed in memory: to `own` where it happened, to `total` there and at all units above. */
export type DeltaSum = {
  add(deltas: Deltas): void;
  counters(): Counter[];
  handling(): Handling[];
};

export function createDeltaSum(): DeltaSum {
  const counters = new Map<string, Counter>();
  const handling = new Map<string, Handling>();
  return {
    add: (deltas) => {
      for (const { path, day, metric, dimension, value } of deltas.counters) {
        for (const above of ancestorsAndSelf(path)) {
          const key = `${above}|${dimension}|${day}|${metric}`;
          const sum = counters.get(key) ?? { path: above, dimension, day, metric, own: 0, total: 0 };
          sum.total += value;
          if (above === path) sum.own += value;
          counters.set(key, sum);
        }
      }
      for (const { path, day, kind, dimension, bucket } of deltas.handling) {
        for (const above of ancestorsAndSelf(path)) {
          const key = `${above}|${dimension}|${kind}|${day}|${bucket}`;
          const sum = handling.get(key) ?? { path: above, dimension, kind, day, bucket, own: 0, total: 0 };
          sum.total += 1;
          if (above === path) sum.own += 1;
          handling.set(key, sum);
        }
      }
    },
    // One order for every batch, so that batches lock counters without waiting in a circle.
    counters: () => [...counters].toSorted(byKey).map(([, sum]) => sum),
    handling: () => [...handling].toSorted(byKey).map(([, sum]) => sum),
  };
}

function byKey(a: [string, unknown], b: [string, unknown]): number {
  return a[0] < b[0] ? -1 : 1;
}

/** Adds a batch's sums to the roll-up tables, in the transaction of its events. */
export async function writeDeltas(work: Work, sum: DeltaSum): Promise<void> {
  const counters = sum.counters();
  if (counters.length > 0) {
    await sql`
      INSERT INTO rollup_counter (unit_path, dimension, day, metric, own, total)
      SELECT * FROM unnest(
        ${counters.map((one) => one.path)}::text[],
        ${counters.map((one) => one.dimension)}::text[],
        ${counters.map((one) => one.day)}::date[],
        ${counters.map((one) => one.metric)}::text[],
        ${counters.map((one) => one.own)}::bigint[],
        ${counters.map((one) => one.total)}::bigint[])
      ON CONFLICT (unit_path, dimension, day, metric) DO UPDATE
      SET own = rollup_counter.own + excluded.own, total = rollup_counter.total + excluded.total`.execute(
      work,
    );
  }
  const handling = sum.handling();
  if (handling.length > 0) {
    await sql`
      INSERT INTO rollup_handling (unit_path, dimension, kind, day, bucket, own, total)
      SELECT * FROM unnest(
        ${handling.map((one) => one.path)}::text[],
        ${handling.map((one) => one.dimension)}::text[],
        ${handling.map((one) => one.kind)}::text[],
        ${handling.map((one) => one.day)}::date[],
        ${handling.map((one) => one.bucket)}::int[],
        ${handling.map((one) => one.own)}::bigint[],
        ${handling.map((one) => one.total)}::bigint[])
      ON CONFLICT (unit_path, dimension, kind, day, bucket) DO UPDATE
      SET own = rollup_handling.own + excluded.own, total = rollup_handling.total + excluded.total`.execute(
      work,
    );
  }
}
