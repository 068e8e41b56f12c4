import type { RollupView } from '../../contract/centre/rollup.ts';
import { METRICS, zeroTotals, type Totals } from '../../domain/rollup/metrics.ts';

/** The sum of totals, metric by metric. */
export function sumOf(all: readonly Totals[]): Totals {
  const sum = zeroTotals();
  for (const totals of all) for (const metric of METRICS) sum[metric] += totals[metric];
  return sum;
}

/** True when the children and the unit's own add up to its total in every metric. */
export function reconciles(view: {
  all: Pick<RollupView['all'], 'totals'>;
  own: Totals;
  children: readonly Pick<RollupView['children'][number], 'totals'>[];
}): boolean {
  const sum = sumOf([view.own, ...view.children.map((child) => child.totals)]);
  return METRICS.every((metric) => sum[metric] === view.all.totals[metric]);
}
