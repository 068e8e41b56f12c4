import type { MetricDeclaration } from '../kernel/event/deltas.ts';

/** What is counted of returns. To add a metric, add a line with the next id that no capability has given. */
export const RETURN_METRICS = [
  { id: 23, name: 'returns-requested' },
  { id: 24, name: 'returns-granted' },
  { id: 25, name: 'returns-refused' },
  { id: 26, name: 'returns-disputed' },
  { id: 27, name: 'refunded-fen' },
  /** A return that had become a case, whose end came back to it. */
  { id: 28, name: 'returns-resolved' },
  /** Granted at another shop of the group than the one of purchase. */
  { id: 29, name: 'returns-cross-shop' },
] as const satisfies readonly MetricDeclaration[];
export type ReturnMetric = (typeof RETURN_METRICS)[number]['name'];
