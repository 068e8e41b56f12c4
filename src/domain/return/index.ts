export { GoodsCategory, startRuleOf } from './commitment.ts';
export { decisionDue } from './decision-due.ts';
export { refundDue } from './eligibility.ts';
export { judgeReturn, type JudgedReturn } from './judged.ts';
export type { ReturnRefusalGround as ReturnGround } from './events.ts';
export { RETURN_METRICS } from './metrics.ts';
export type { ReturnRequest } from './request.ts';
export { mustReturnBeErased } from './retention.ts';
export { isSettled, returnSight, type ReturnState, type ReturnStatus } from './reducer.ts';
