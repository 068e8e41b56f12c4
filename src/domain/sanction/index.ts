export { creditEntryOf } from './admission.ts';
export {
  calendarOfEligibility,
  listingWarnings,
  type ListingWarning,
  remindersOf,
  type SanctionDate,
  type SanctionReminder,
} from './calendar.ts';
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
  type SanctionHand,
  sanctionSight,
  type SanctionState,
} from './sanction.ts';
export { shippedRegimes } from './shipped-regimes.ts';
