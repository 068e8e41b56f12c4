import { z } from 'zod';
import { FinanceFigures, OfficeFigures, Totals } from '../../domain/rollup/index.ts';
import { Completeness, RollupQuery } from './rollup.ts';
import { Count, Day, Time } from './values.ts';

/**
 * A unit of the hierarchy, whose applications are counted by all departments; or a department or window itself, of which is told what it
 * did for the whole district and nothing of others. Both days included.
 */
export const FiguresQuery = RollupQuery;
export type FiguresQuery = z.infer<typeof FiguresQuery>;

const Named = z.object({ path: z.string(), name: z.string() });

const DepartmentRow = z.object({
  ...Named.shape,
  figures: OfficeFigures,
  /** Of its own and its windows' workstations. */
  completeness: Completeness,
});
export type DepartmentRow = z.infer<typeof DepartmentRow>;

const FinanceByKey = z.array(z.object({ key: z.string(), figures: FinanceFigures }));

/** What only a unit of the hierarchy is told. */
const WholeFigures = z.object({
  /** Of the period, and of all days up to its end. */
  totals: Totals,
  toDate: Totals,
  /** Merchants of which an application was accepted in the period, each once. */
  enterprises: Count,
  finance: z.object({
    byProduct: FinanceByKey,
    byCategory: FinanceByKey,
    /** Units right below, and what happened at the unit itself under its own path. */
    byUnit: z.array(z.object({ ...Named.shape, figures: FinanceFigures })),
    total: FinanceFigures,
  }),
  /** Of the workstations below, on whose facts all of this rests. */
  completeness: Completeness,
});

export const FiguresView = z.object({
  unit: Named,
  from: Day,
  to: Day,
  /** All departments of the district, also those of which nothing was counted; or the asking one alone. */
  departments: z.array(DepartmentRow),
  /** Of all departments together, counted apart from them. */
  total: OfficeFigures,
  /** Null where a department asks about itself. */
  whole: WholeFigures.nullable(),
  generatedAt: Time,
});
export type FiguresView = z.infer<typeof FiguresView>;
