export { GoodsCategory, startRuleOf } from './commitment.ts';
export { decisionDue } from './decision-due.ts';
export type { ReturnRefusalGround as ReturnGround } from './events.ts';
export { RETURN_METRICS } from './metrics.ts';
export type { ReturnState, ReturnStatus } from './reducer.ts';
