export { decisionEnds, filingEnds } from './admission.ts';
export { checkPolicy, type CheckedPolicy, type PolicyInForce } from './check-policy.ts';
export { derivedId, isSameDecision, sameText, sanctionIdOf } from './decision.ts';
export { DEFAULT_POLICY_VERSION, defaultPolicy } from './default-policy.ts';
export {
  type CreditEventType,
  type CreditPayload,
  creditSchemas,
  Month,
  PenaltyClass,
  PublishedGrade,
} from './events.ts';
export { type Dependence, fairnessCurve, type FairnessPoint, type Size } from './fairness.ts';
export {
  type GradeContext,
  gradeTally,
  type Line,
  type Listing,
  type Outcome,
  type Reason,
} from './grade.ts';
export { type Help, helpsMost } from './helps.ts';
export {
  INDICATORS,
  INDICATOR_NAMES,
  type Indicator,
  indicatorOf,
  isIndicator,
  NOTHING_OBSERVED,
  type Observation,
  type Observed,
} from './indicators.ts';
export { monthNumber, monthText } from './month.ts';
export { noticeContent, noticeNumber, readNoticeNumber } from './notice.ts';
export { observedOfCase } from './observe-case.ts';
export { observedOfCredit } from './observe-credit.ts';
export { observedOfReturn } from './observe-return.ts';
export { CreditPolicy, GradeCode, ListingKind, mostOf, rankOf } from './policy.ts';
export {
  type CreditPolicyState,
  inForceBefore,
  lastPolicy,
  type NumberedPolicy,
  policyOfMonth,
  policyOfVersion,
} from './published-policy.ts';
export {
  type CreditState,
  type GradeOnRecord,
  isDisputed,
  type Objection,
  overrideOn,
  type PendingCause,
  pendingBecause,
  standingListings,
} from './state.ts';
export {
  type Means,
  meansOf,
  type MonthCount,
  type RateTally,
  reachOf,
  type Tally,
  tallyOf,
  tallyOfMonths,
} from './tally.ts';
export {
  type Candidate,
  comparePolicies,
  createComparison,
  type Changed,
  inputsOfLines,
  type PolicyComparison,
  type Supposed,
  whatIf,
} from './what-if.ts';
