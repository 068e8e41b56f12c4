import type { MetricDeclaration } from '../kernel/event/deltas.ts';

/** What is counted of the alliance. To add a metric, add a line with the next id that no capability has given. */
export const ALLIANCE_METRICS = [
  // Each at the shop's unit, also by merchant. Of the first two, up and down: the sum of all days up to one is what there is on that day.
  { id: 81, name: 'alliance-shops' },
  { id: 82, name: 'alliance-discounts' },
  { id: 83, name: 'alliance-checks' },
  { id: 84, name: 'alliance-qualifying' },
  { id: 85, name: 'alliance-used' },
] as const satisfies readonly MetricDeclaration[];
export type AllianceMetric = (typeof ALLIANCE_METRICS)[number]['name'];
