import type { MetricDeclaration } from '../kernel/event/deltas.ts';

/** What is counted of consumers' requests. To add a metric, add a line with the next id that no capability has given. */
export const PRIVACY_METRICS = [
  // Each at the unit that received it; those that were answered on the day of the answer.
  { id: 40, name: 'privacy-received' },
  { id: 41, name: 'privacy-answered' },
  { id: 42, name: 'privacy-answered-in-time' },
] as const satisfies readonly MetricDeclaration[];
export type PrivacyMetric = (typeof PRIVACY_METRICS)[number]['name'];
