export { GoodsCategory, startRuleOf } from './commitment.ts';
export { RETURN_METRICS } from './metrics.ts';
export type { ReturnState, ReturnStatus } from './reducer.ts';
