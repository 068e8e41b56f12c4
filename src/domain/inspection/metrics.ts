import type { MetricDeclaration } from '../kernel/event/deltas.ts';

/** What is counted of inspection and what goes with it. To add a metric, add a line with the next id that no capability has given. */
export const INSPECTION_METRICS = [
  // At the unit that is drawn from.
  { id: 34, name: 'inspections-drawn' },
  { id: 35, name: 'inspections-done' },
  { id: 36, name: 'inspections-with-finding' },
  // At the merchant's unit.
  { id: 37, name: 'guidances-held' },
  // At the unit whose people act.
  { id: 38, name: 'attention-pushed' },
  { id: 39, name: 'attention-evaluated' },
  // At the unit that is drawn from: visits that guidance came before as a repair asks for, and those that came without, for a reason.
  { id: 94, name: 'guidance-first-kept' },
  { id: 95, name: 'guidance-first-excepted' },
] as const satisfies readonly MetricDeclaration[];
export type InspectionMetric = (typeof INSPECTION_METRICS)[number]['name'];
