import { z } from 'zod';
import { DayText, UnitPath } from '../../domain/kernel/event/event.ts';
import { Party } from '../../domain/organisation/index.ts';
import { Rates, Totals } from '../../domain/rollup/metrics.ts';
import { Count, Day, Time } from './values.ts';

/** One unit over one period, both days included. */
export const RollupQuery = z
  .object({ path: UnitPath, from: DayText, to: DayText })
  .refine((query) => query.from <= query.to, { path: ['to'], message: 'period-reversed' })
  .refine((query) => query.from >= '1900-01-01' && query.to <= '2999-12-31', {
    path: ['from'],
    message: 'period-out-of-range',
  });
export type RollupQuery = z.infer<typeof RollupQuery>;

const Share = z.number().nullable();

/** Durations in days. */
export const HandlingTime = z.object({ count: Count, medianDays: Share, p90Days: Share });
export type HandlingTime = z.infer<typeof HandlingTime>;

export const RollupFigures = z.object({
  totals: Totals,
  rates: Rates,
  caseHandling: HandlingTime,
  returnHandling: HandlingTime,
});
export type RollupFigures = z.infer<typeof RollupFigures>;

export const RollupUnit = z.object({ path: z.string(), name: z.string(), level: z.int(), party: Party });
export type RollupUnit = z.infer<typeof RollupUnit>;

/** Up to when the workstations below have reported. */
export const Completeness = z.object({
  workstations: Count,
  /** Seen by the centre within the last 24 hours of its clock. */
  reported: Count,
  missing: z.array(z.object({ name: z.string(), unitPath: z.string(), lastSeenAt: Time.nullable() })),
});
export type Completeness = z.infer<typeof Completeness>;

const ByKey = z.array(z.object({ key: z.string(), totals: Totals }));

export const RollupView = z.object({
  unit: RollupUnit,
  from: Day,
  to: Day,
  /** The unit and all below it. */
  all: RollupFigures,
  /** What happened at the unit itself; `all` = `own` + the sum of the children. */
  own: Totals,
  /** The period of the same length right before. */
  before: z.object({ from: Day, to: Day, totals: Totals, rates: Rates }),
  children: z.array(z.object({ ...RollupUnit.shape, ...RollupFigures.shape, completeness: Completeness })),
  /** By month when the period is longer than 62 days, by day otherwise. */
  trend: z.array(z.object({ period: z.string(), totals: Totals, rates: Rates })),
  byObject: ByKey,
  byProblem: ByKey,
  /** The twenty merchants with most cases; `name` null when the merchant is not in sight. */
  byMerchant: z.array(
    z.object({ merchantId: z.string(), name: z.string().nullable(), totals: Totals, rates: Rates }),
  ),
  completeness: Completeness,
  generatedAt: Time,
});
export type RollupView = z.infer<typeof RollupView>;
