import * as fc from 'fast-check';
import { expect, it } from 'vitest';
import type { RollupView } from '../../src/contract/centre/rollup.ts';
import { METRICS, ratesOf, zeroTotals, type Totals } from '../../src/domain/rollup/metrics.ts';
import { withAllMetrics } from '../../src/main/rollup/rollup.ts';
import { reconciles } from '../../src/renderer/rollup/reconcile.ts';

const totals: Totals = { ...zeroTotals(), registered: 3, settled: 2 };
const time = { count: 0, medianDays: null, p90Days: null };
const figures = { totals, rates: ratesOf(totals), caseHandling: time, returnHandling: time };
const unit = { path: '/HS', name: '某区', level: 4, party: 'regulator' as const };
const completeness = { workstations: 0, reported: 0, missing: [] };
const counted = { totals, rates: ratesOf(totals) };

const view: RollupView = {
  unit,
  from: '2026-03-01',
  to: '2026-03-31',
  all: figures,
  own: zeroTotals(),
  before: { from: '2026-01-29', to: '2026-02-28', ...counted },
  children: [{ ...unit, path: '/HS/C1', level: 3, ...figures, completeness }],
  trend: [{ period: '2026-03-01', ...counted }],
  byObject: [{ key: 'goods', totals }],
  byProblem: [{ key: 'quality', totals }],
  byMerchant: [{ merchantId: 'm-1', name: null, ...counted }],
  completeness,
  generatedAt: '2026-04-01T00:00:00.000Z',
};

it('a view of a release with fewer metrics says zero of the others, and still reconciles', () => {
  const uncounted = METRICS.filter((metric) => totals[metric] === 0);
  fc.assert(
    fc.property(fc.subarray(uncounted), (unknown) => {
      const names = new Set<string>(unknown);
      const text = JSON.stringify(view, (key, value: unknown) => (names.has(key) ? undefined : value));
      const whole = withAllMetrics(JSON.parse(text) as RollupView);
      expect(whole).toEqual(view);
      expect(reconciles(whole)).toBe(true);
    }),
  );
});
