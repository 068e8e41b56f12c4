export { documentsAt, instrumentsOf, runningDeadline } from './admission.ts';
export { HistoricalOutcome, Instrument, ObjectCategory, ProblemCategory, Satisfaction } from './codes.ts';
export { type Change, changesOf, type CorrectableField } from './correction.ts';
export { type Deadline, limitOf } from './deadline.ts';
export { Fen, Registration, Settlement } from './events.ts';
export { CONFIRMATION_NOTICE_DAYS, type FollowUp, type Handler } from './follow-up.ts';
export { CASE_METRICS } from './metrics.ts';
export {
  confirmationDeadline,
  instalmentsOf,
  type InstalmentView,
  mayAnswerSatisfaction,
} from './performance.ts';
export { mayLeave, mustBeErased, staysUntil } from './retention.ts';
export { reviewRule } from './review.ts';
export { drawSample, lotOf } from './sample.ts';
export { caseSight } from './sight.ts';
export type { CaseOutcome, CaseState, CaseStatus, Review } from './state.ts';
