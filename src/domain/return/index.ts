export { GoodsCategory, startRuleOf } from './commitment.ts';
export { RETURN_METRICS } from './metrics.ts';
export type { ReturnStatus } from './reducer.ts';
