import type { Metric } from '../../src/domain/rollup/metrics.ts';

/** What the roll-up must show, counted on its own: one plain addition per acknowledged action. */
export type Truth = {
  /** Adds at the unit where it happened and at every unit above it. */
  add(path: string, metric: Metric, value?: number): void;
  of(path: string): Partial<Record<Metric, number>>;
  paths(): string[];
};

export function createTruth(): Truth {
  const counts = new Map<string, Partial<Record<Metric, number>>>();
  return {
    add: (path, metric, value = 1) => {
      const ids = path.split('/').slice(1);
      for (let depth = 1; depth <= ids.length; depth += 1) {
        const above = `/${ids.slice(0, depth).join('/')}`;
        const totals = counts.get(above) ?? {};
        totals[metric] = (totals[metric] ?? 0) + value;
        counts.set(above, totals);
      }
    },
    of: (path) => counts.get(path) ?? {},
    paths: () => [...counts.keys()].sort(),
  };
}
