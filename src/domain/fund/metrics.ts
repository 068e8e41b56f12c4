import type { MetricDeclaration } from '../kernel/event/deltas.ts';

/** What is counted of funds. To add a metric, add a line with the next id that no capability has given. */
export const FUND_METRICS = [
  { id: 30, name: 'advances-paid' },
  { id: 31, name: 'advances-paid-fen' },
  { id: 32, name: 'advances-recovered-fen' },
  { id: 33, name: 'advances-given-up-fen' },
] as const satisfies readonly MetricDeclaration[];
export type FundMetric = (typeof FUND_METRICS)[number]['name'];
