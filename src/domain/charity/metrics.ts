import type { MetricDeclaration } from '../kernel/event/deltas.ts';

/** What is counted of Love Funds. To add a metric, add a line with the next id that no capability has given. */
export const CHARITY_METRICS = [
  // Each at the fund's unit. The balance goes up and down: the sum of all days up to one is what was in the fund on that day.
  { id: 86, name: 'charity-donated-fen' },
  { id: 87, name: 'charity-paid-fen' },
  { id: 88, name: 'charity-balance-fen' },
  { id: 89, name: 'charity-applications' },
  { id: 90, name: 'charity-refused' },
] as const satisfies readonly MetricDeclaration[];
export type CharityMetric = (typeof CHARITY_METRICS)[number]['name'];
