export { creditEntryOf } from './admission.ts';
export {
  calendarOfEligibility,
  listingWarnings,
  type ListingWarning,
  remindersOf,
  type SanctionDate,
  type SanctionReminder,
} from './calendar.ts';
export { callDue } from './call-due.ts';
export { isCallOpen, MOST_TRIES, type ReminderCall } from './calls.ts';
export {
  type Blocking,
  type Eligibility,
  eligibilityOf,
  type LookedAt,
  type OtherRecord,
  outlookOf,
  type SanctionOutlook,
} from './eligibility.ts';
export {
  CallOutcome,
  MOST_DUTIES,
  SanctionArea,
  SanctionCause,
  SanctionChannel,
  SanctionClass,
  type SanctionContent,
  SanctionContentFields,
  SanctionKind,
  SanctionMeasure,
  type SanctionPayload,
  sanctionSchemas,
} from './events.ts';
export type { SanctionHand } from './hand.ts';
export { SANCTION_METRICS } from './metrics.ts';
export { listingOf, observedOfSanction } from './observe.ts';
export { SanctionDocument } from './events.ts';
export { type RepairOutlook, repairOutlook } from './notice.ts';
export { type Regime, type RegimeRule, Regimes, RegimeTag } from './regime.ts';
export { type NamedRule, type PublicationEnd, publicationEnds, regimeOf, rulesOf } from './rules.ts';
export {
  isStanding,
  LISTINGS,
  refusalOfContent,
  type SanctionDuty,
  sanctionSight,
  type SanctionState,
} from './sanction.ts';
export { shippedRegimes } from './shipped-regimes.ts';
export {
  entriesOver,
  gradeOn,
  type Lapsed,
  lapsedSince,
  type Standing,
  type StandingPenalty,
  standingOf,
  withoutLapsed,
} from './standing.ts';
