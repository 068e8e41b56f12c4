export { type AttentionState, type AttentionStatus, attentionSchemas, withoutAction } from './attention.ts';
export { gradeOfMonth, monthBefore, MOST_MONTHS, notCommended, type NotCommended } from './commend.ts';
export { type CommendationState, commendationSchemas } from './commendation.ts';
export { defaultPlan } from './default-plan.ts';
export {
  type CandidateClass,
  candidatesText,
  countDrawn,
  drawFrom,
  type DrawnClass,
  seedOf,
} from './draw.ts';
export {
  type GuidanceFirst,
  type GuidancePayload,
  guidanceSchemas,
  type InspectionPayload,
  inspectionSchemas,
  MOST_CANDIDATES,
  SeedHalf,
} from './events.ts';
export {
  guidanceBetween,
  type GuidanceException,
  guidanceExceptionsOn,
  isGuidanceFirst,
} from './guidance-first.ts';
export type { GuidanceState, GuidanceStatus } from './guidance.ts';
export { type InspectionResult, type InspectionState, markOf, resultsOf } from './inspection.ts';
export { INSPECTION_METRICS } from './metrics.ts';
export {
  faultOfPlan,
  InspectionPlan,
  isGrade,
  type Manner,
  NOT_RATED,
  PENDING,
  type PlanClass,
} from './plan.ts';
export {
  type InspectionPlanState,
  lastPlan,
  type NumberedPlan,
  planOfVersion,
  planOn,
  planSchemas,
} from './published-plan.ts';
