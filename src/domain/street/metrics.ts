import type { MetricDeclaration } from '../kernel/event/deltas.ts';

/** What is counted of priced-clearly streets. To add a metric, add a line with the next id that no capability has given. */
export const STREET_METRICS = [
  // At the street's unit.
  { id: 73, name: 'street-patrols' },
  // Each at the merchant's unit, on the day of the visit; checked and missed also by item.
  { id: 74, name: 'street-shops-patrolled' },
  { id: 75, name: 'street-items-checked' },
  { id: 76, name: 'street-items-missed' },
  { id: 77, name: 'plaques-granted' },
  { id: 78, name: 'plaques-withdrawn' },
  // One more with each that is granted and one less with each that is withdrawn: up to a day, how many hang then.
  { id: 79, name: 'plaques-in-force' },
] as const satisfies readonly MetricDeclaration[];
export type StreetMetric = (typeof STREET_METRICS)[number]['name'];
