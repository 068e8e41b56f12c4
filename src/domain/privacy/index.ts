export { ANSWER_DAYS, answerDue } from './due.ts';
export { barOfCase, barOfReturn, type DeletionBar } from './deletion.ts';
export {
  MOST_RECORDS,
  PrivacyGround,
  PrivacyIdentity,
  PrivacyManner,
  PrivacyOutcome,
  type PrivacyPayload,
  PrivacyRecordKind,
  PrivacyRequester,
  privacySchemas,
  PrivacyWhat,
} from './events.ts';
export { PRIVACY_METRICS } from './metrics.ts';
export { grantedErasures, mustRequestBeErased } from './retention.ts';
export {
  groundsOf,
  PRIVACY_STATUSES,
  privacySight,
  type PrivacyRecord,
  type PrivacyState,
  type PrivacyStatus,
} from './privacy.ts';
