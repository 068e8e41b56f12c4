import { monthOf } from '../../domain/kernel/calendar/index.ts';
import { ancestorsAndSelf } from '../../domain/organisation/index.ts';
import type { Deltas } from '../../domain/rollup/deltas.ts';
import type { HandlingKind, Metric } from '../../domain/rollup/metrics.ts';

/** Counters are kept by day, and by month so that long periods need few rows. A month bears its first day. */
export type Grain = 'day' | 'month';

/** What one row of the counters gets: `total` of the unit and all below it, `own` of the unit itself. */
export type CounterRow = {
  path: string;
  grain: Grain;
  /** `''` for everything, or what the key is: `object`, `problem`, `goods`, `merchant`. */
  facet: string;
  day: string;
  key: string;
  total: Partial<Record<Metric, number>>;
  own: Partial<Record<Metric, number>>;
};

export type HandlingRow = {
  path: string;
  grain: Grain;
  kind: HandlingKind;
  day: string;
  bucket: number;
  own: number;
  total: number;
};

/** Additions of one batch, summed in memory before they go up to all units above. */
export type DeltaSum = {
  add(deltas: Deltas): void;
  /** Rows in one order for every batch, so that batches lock them without waiting in a circle. */
  counters(): CounterRow[];
  handling(): HandlingRow[];
};

type OwnCounters = { path: string; day: string; dimension: string; values: Partial<Record<Metric, number>> };
type OwnHandling = { path: string; day: string; kind: HandlingKind; bucket: number; count: number };

/** `merchant:m1` → facet `merchant`, key `m1`; `''` → both empty. */
function splitDimension(dimension: string): { facet: string; key: string } {
  const colon = dimension.indexOf(':');
  if (colon < 0) return { facet: dimension, key: '' };
  // Ids come from payloads, which may hold what no text column can.
  return { facet: dimension.slice(0, colon), key: dimension.slice(colon + 1).replaceAll('\0', '\ufffd') };
}

export function createDeltaSum(): DeltaSum {
  // Maps within maps: joining three texts for every addition would cost more than the additions.
  const counters = new Map<string, Map<string, Map<string, OwnCounters>>>();
  const handling = new Map<string, OwnHandling>();
  return {
    add: (deltas) => {
      for (const { path, day, metric, dimension, value } of deltas.counters) {
        let days = counters.get(path);
        if (!days) counters.set(path, (days = new Map()));
        let dimensions = days.get(day);
        if (!dimensions) days.set(day, (dimensions = new Map()));
        let cell = dimensions.get(dimension);
        if (!cell) dimensions.set(dimension, (cell = { path, day, dimension, values: {} }));
        cell.values[metric] = (cell.values[metric] ?? 0) + value;
      }
      for (const { path, day, kind, dimension, bucket } of deltas.handling) {
        // Handling times are kept for the whole only; nobody asks for them by merchant or category yet, and
        // the log can give them when somebody does.
        if (dimension !== '') continue;
        const key = `${path} ${day} ${kind} ${bucket}`;
        const cell = handling.get(key);
        if (cell) cell.count += 1;
        else handling.set(key, { path, day, kind, bucket, count: 1 });
      }
    },
    counters: () =>
      spreadCounters(
        [...counters.values()].flatMap((days) =>
          [...days.values()].flatMap((dimensions) => [...dimensions.values()]),
        ),
      ),
    handling: () => spreadHandling(handling.values()),
  };
}

function grainsOf(day: string): { grain: Grain; day: string }[] {
  return [
    { grain: 'day', day },
    { grain: 'month', day: monthOf(day) },
  ];
}

function addTo(values: Partial<Record<Metric, number>>, more: Partial<Record<Metric, number>>): void {
  for (const metric of Object.keys(more) as Metric[]) {
    values[metric] = (values[metric] ?? 0) + (more[metric] ?? 0);
  }
}

/**
 * Merchants are counted where it happened only: most trade in one unit, so that the units above would repeat
 * their rows level by level. A unit's list gathers those of all units below it.
 */
export const KEPT_WHERE_IT_HAPPENED = 'merchant';

function spreadCounters(cells: Iterable<OwnCounters>): CounterRow[] {
  const rows = new Map<string, CounterRow>();
  for (const cell of cells) {
    const { facet, key } = splitDimension(cell.dimension);
    const paths = facet === KEPT_WHERE_IT_HAPPENED ? [cell.path] : ancestorsAndSelf(cell.path);
    for (const path of paths) {
      for (const { grain, day } of grainsOf(cell.day)) {
        const name = `${path} ${grain} ${facet} ${day} ${key}`;
        let row = rows.get(name);
        if (!row) rows.set(name, (row = { path, grain, facet, day, key, total: {}, own: {} }));
        addTo(row.total, cell.values);
        if (path === cell.path) addTo(row.own, cell.values);
      }
    }
  }
  return inOrder(rows);
}

function spreadHandling(cells: Iterable<OwnHandling>): HandlingRow[] {
  const rows = new Map<string, HandlingRow>();
  for (const { kind, bucket, count, ...cell } of cells) {
    for (const path of ancestorsAndSelf(cell.path)) {
      for (const { grain, day } of grainsOf(cell.day)) {
        const name = `${path} ${grain} ${kind} ${day} ${bucket}`;
        let row = rows.get(name);
        if (!row) rows.set(name, (row = { path, grain, kind, day, bucket, own: 0, total: 0 }));
        row.total += count;
        if (path === cell.path) row.own += count;
      }
    }
  }
  return inOrder(rows);
}

function inOrder<Row>(rows: Map<string, Row>): Row[] {
  return [...rows].toSorted(([a], [b]) => (a < b ? -1 : 1)).map(([, row]) => row);
}
