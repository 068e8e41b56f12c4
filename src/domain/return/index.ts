export { GoodsCategory } from './commitment.ts';
export { RETURN_METRICS } from './metrics.ts';
export type { ReturnState } from './reducer.ts';
