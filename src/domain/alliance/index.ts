export {
  type AllianceState,
  discountsFrom,
  isInForce,
  MOST_DISCOUNTS,
  type OfferedDiscount,
} from './alliance.ts';
export { type AllianceCheckState, checkIdOf, checkIdsOf } from './check.ts';
export {
  type AllianceCheckPayload,
  type AlliancePayload,
  allianceSchemas,
  Discount,
  DiscountOff,
  StandingSource,
} from './events.ts';
export { ALLIANCE_METRICS } from './metrics.ts';
export {
  type AllianceLevel,
  type AllianceRules,
  allianceRulesOn,
  EVERYBODY,
  Level,
  levelIn,
} from './rules.ts';
