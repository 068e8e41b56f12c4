export { penaltiesToLookAt, type ToLookAt } from './admission.ts';
export {
  Answers,
  Harm,
  type LeniencyPayload,
  leniencySchemas,
  type LeniencySource,
  LookedAt,
  type Verdict,
} from './events.ts';
export { type LeniencyDecision, leniencyIdOf, type LeniencyState, othersOf } from './leniency.ts';
export { LENIENCY_METRICS } from './metrics.ts';
export { type Condition, type Conditions, conditionsOf, type Earlier, refusalOfVerdict } from './rule.ts';
export { type LeniencyItem, LeniencyItemCode, leniencyOn, LeniencySettings } from './settings.ts';
