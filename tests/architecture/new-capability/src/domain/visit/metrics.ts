import type { MetricDeclaration } from '../kernel/event/deltas.ts';

/** What is counted of visits. To add a metric, add a line with the next id that no capability has given. */
export const VISIT_METRICS = [
  // Each visit, at the unit whose people went there.
  { id: NEXT_METRIC, name: 'visits' },
] as const satisfies readonly MetricDeclaration[];
export type VisitMetric = (typeof VISIT_METRICS)[number]['name'];
