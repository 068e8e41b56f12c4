import { z } from 'zod';
import { DayText, UnitPath } from '../domain/event/event.ts';
import type { Rates, Totals } from '../domain/rollup/metrics.ts';

/** One unit over one period, both days included. */
export const RollupQuery = z
  .object({ path: UnitPath, from: DayText, to: DayText })
  .refine((query) => query.from <= query.to, { path: ['to'], message: 'period-reversed' })
  .refine((query) => query.from >= '1900-01-01' && query.to <= '2999-12-31', {
    path: ['from'],
    message: 'period-out-of-range',
  });
export type RollupQuery = z.infer<typeof RollupQuery>;

/** Durations in days. */
export type HandlingTime = { count: number; medianDays: number | null; p90Days: number | null };

export type RollupFigures = {
  totals: Totals;
  rates: Rates;
  caseHandling: HandlingTime;
  returnHandling: HandlingTime;
};

export type RollupUnit = {
  path: string;
  name: string;
  level: number;
  party: 'merchant' | 'operator' | 'regulator';
};

/** Up to when the workstations below have reported. */
export type Completeness = {
  workstations: number;
  /** Seen by the centre within the last 24 hours of its clock. */
  reported: number;
  missing: { name: string; unitPath: string; lastSeenAt: string | null }[];
};

export type RollupView = {
  unit: RollupUnit;
  from: string;
  to: string;
  /** The unit and all below it. */
  all: RollupFigures;
  /** What happened at the unit itself; `all` = `own` + the sum of the children. */
  own: Totals;
  /** The period of the same length right before. */
  before: { from: string; to: string; totals: Totals; rates: Rates };
  children: (RollupUnit & RollupFigures & { completeness: Completeness })[];
  /** By month when the period is longer than 62 days, by day otherwise. */
  trend: { period: string; totals: Totals; rates: Rates }[];
  byObject: { key: string; totals: Totals }[];
  byProblem: { key: string; totals: Totals }[];
  /** The twenty merchants with most cases; `name` null when the merchant is not in sight. */
  byMerchant: { merchantId: string; name: string | null; totals: Totals; rates: Rates }[];
  completeness: Completeness;
  generatedAt: string;
};
