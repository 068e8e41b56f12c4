export { durationBucket } from '../kernel/event/deltas.ts';
export type { Deltas, RollupContext } from './deltas.ts';
export { FINANCE_COUNTED, FinanceFigures, financeFigures } from './finance-figures.ts';
export {
  type Histogram,
  METRICS,
  type Metric,
  type Rates,
  Totals,
  quantileDays,
  ratesOf,
  zeroTotals,
} from './metrics.ts';
export {
  addsToFigure,
  type CountedBy,
  drilledFigure,
  departmentsReconcile,
  figuresByDepartment,
  figuresOfAll,
  noOfficeFigures,
  OFFICE_COUNTS,
  OFFICE_DRILLS,
  OFFICE_FACETS,
  type OfficeCount,
  type OfficeDrill,
  OfficeFigures,
  officeRates,
  type WaitingFor,
} from './office-figures.ts';
