import { METRICS, ratesOf, type Metric, type Totals } from '../../src/domain/rollup/metrics.ts';
import type { CentralClient } from '../../src/protocol/central-client.ts';
import type { Plan } from '../world/plan.ts';
import type { Truth } from '../world/truth.ts';

/** Metrics that the story counts on its own; deadline breaches depend on the calendar and are left to their tests. */
const COMPARED = METRICS.filter((metric) => metric !== 'deadline-breached' && metric !== 'transferred');

export type LevelFigures = {
  level: number;
  units: number;
  totals: Partial<Totals>;
  settlementRate: number | null;
};

export type Comparison = {
  rollup: LevelFigures[];
  truth: LevelFigures[];
  /** Sum over all units and metrics of the absolute differences. */
  difference: number;
  differences: { path: string; metric: Metric; rollup: number; truth: number }[];
  compared: { units: number; figures: number };
};

/** Reads every unit's roll-up from the centre and sets it against the independent count. */
export async function compareWithTruth(
  plan: Plan,
  admin: CentralClient,
  truth: Truth,
  period: { from: string; to: string },
): Promise<Comparison> {
  const differences: Comparison['differences'] = [];
  const rollupLevels = new Map<number, LevelFigures>();
  const truthLevels = new Map<number, LevelFigures>();
  let figures = 0;
  for (const unit of plan.units) {
    const view = await admin.admin.rollup({ path: unit.path, ...period });
    const expected = truth.of(unit.path);
    for (const metric of COMPARED) {
      figures += 1;
      const shown = view.all.totals[metric];
      const counted = expected[metric] ?? 0;
      if (shown !== counted) differences.push({ path: unit.path, metric, rollup: shown, truth: counted });
      addTo(rollupLevels, unit.level, metric, shown);
      addTo(truthLevels, unit.level, metric, counted);
    }
    for (const levels of [rollupLevels, truthLevels]) {
      const level = levels.get(unit.level);
      if (level) level.units += 1;
    }
  }
  return {
    rollup: finished(rollupLevels),
    truth: finished(truthLevels),
    difference: differences.reduce((sum, one) => sum + Math.abs(one.rollup - one.truth), 0),
    differences,
    compared: { units: plan.units.length, figures },
  };
}

function addTo(levels: Map<number, LevelFigures>, level: number, metric: Metric, value: number): void {
  const known = levels.get(level) ?? { level, units: 0, totals: {}, settlementRate: null };
  known.totals[metric] = (known.totals[metric] ?? 0) + value;
  levels.set(level, known);
}

function finished(levels: Map<number, LevelFigures>): LevelFigures[] {
  const zero = Object.fromEntries(METRICS.map((metric) => [metric, 0])) as Totals;
  return [...levels.values()]
    .map((one) => ({ ...one, settlementRate: ratesOf({ ...zero, ...one.totals }).settlementRate }))
    .toSorted((a, b) => a.level - b.level);
}
