import type { MetricDeclaration } from '../kernel/event/deltas.ts';

/** What is counted of records about merchants, at the merchant's unit. To add one, give the next id that no capability has. */
export const SANCTION_METRICS = [
  // On the day it was recorded.
  { id: 53, name: 'sanctions-recorded' },
  // On the day on which it ended: by repair or removal, or otherwise (annulled, at the maximum).
  { id: 54, name: 'sanctions-repaired' },
  { id: 55, name: 'sanctions-ended-otherwise' },
  // On the day of the call: every try, and those by which the merchant was told.
  { id: 96, name: 'reminder-calls' },
  { id: 97, name: 'reminder-calls-reached' },
] as const satisfies readonly MetricDeclaration[];
export type SanctionMetric = (typeof SANCTION_METRICS)[number]['name'];
