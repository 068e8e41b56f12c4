import type { MetricDeclaration } from '../kernel/event/deltas.ts';

/** What is counted of leniency, at the merchant's unit. To add one, give the next id that no capability has. */
export const LENIENCY_METRICS = [
  // On the day of the decision; one that is taken back is taken off that day again.
  { id: 91, name: 'leniency-decided' },
  // On the day on which the party was educated.
  { id: 92, name: 'leniency-educated' },
  // On the day of the decision; also by each condition that was not met.
  { id: 93, name: 'leniency-refused' },
] as const satisfies readonly MetricDeclaration[];
export type LeniencyMetric = (typeof LENIENCY_METRICS)[number]['name'];
