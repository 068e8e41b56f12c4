import type { RollupView } from '../../contract/centre/rollup.ts';
import type { Totals } from '../../domain/rollup/metrics.ts';
import { ratesOf } from '../../domain/rollup/metrics.ts';

export const WATCHED = [
  'registered',
  'settlement-rate',
  'escalated-out',
  'deadline-breached',
  'returns-refused',
] as const;
export type Watched = (typeof WATCHED)[number];

/** Fewer concluded cases than this say nothing about a rate: one case would move it by over 20 points. */
export const SMALLEST_BASE = 5;

/** The figure watched: a count, or a share from 0 to 1; null where a rate has no base. */
export function valueOf(watched: Watched, totals: Totals): number | null {
  return watched === 'settlement-rate' ? ratesOf(totals).settlementRate : totals[watched];
}

/** How much worse `now` is than `before`: positive is worse, whatever the direction of the figure. */
export function worseBy(watched: Watched, now: number, before: number): number {
  return watched === 'settlement-rate' ? before - now : now - before;
}

export type Change = {
  path: string;
  name: string;
  now: number;
  before: number;
  /** Positive is worse. */
  worse: number;
};

/**
 * How each child changed between two views of the same unit, the worst first. Children without a
 * figure in either period, or with too small a base for a rate, are left out and counted.
 */
export function changesOf(
  watched: Watched,
  now: Pick<RollupView, 'children'>,
  before: Pick<RollupView, 'children'>,
): { changes: Change[]; leftOut: number } {
  const earlier = new Map(before.children.map((child) => [child.path, child.totals]));
  const changes = now.children.flatMap((child): Change[] => {
    const past = earlier.get(child.path);
    if (!past) return [];
    if (
      watched === 'settlement-rate' &&
      (child.totals.concluded < SMALLEST_BASE || past.concluded < SMALLEST_BASE)
    ) {
      return [];
    }
    const value = valueOf(watched, child.totals);
    const pastValue = valueOf(watched, past);
    if (value === null || pastValue === null) return [];
    return [
      {
        path: child.path,
        name: child.name,
        now: value,
        before: pastValue,
        worse: worseBy(watched, value, pastValue),
      },
    ];
  });
  return {
    changes: changes.toSorted((a, b) => b.worse - a.worse || a.name.localeCompare(b.name)),
    leftOut: now.children.length - changes.length,
  };
}
