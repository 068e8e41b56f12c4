export { durationBucket } from '../kernel/event/deltas.ts';
export type { Deltas, RollupContext } from './deltas.ts';
export { FINANCE_COUNTED, FinanceFigures, financeFigures } from './finance-figures.ts';
export {
  type Histogram,
  METRICS,
  type Metric,
  type Rates,
  type Totals,
  quantileDays,
  ratesOf,
} from './metrics.ts';
export {
  type CountedBy,
  departmentsReconcile,
  figuresByDepartment,
  figuresOfAll,
  noOfficeFigures,
  OFFICE_COUNTS,
  OFFICE_FACETS,
  type OfficeCount,
  OfficeFigures,
  officeRates,
  type WaitingFor,
} from './office-figures.ts';
