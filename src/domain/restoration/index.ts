export { listedIn } from './admission.ts';
export { readReplyKey } from './deltas.ts';
export {
  conclusionDue,
  isInTime,
  objectionDue,
  opinionDue,
  replyDue,
  replyMinutes,
  submissionDue,
} from './due.ts';
export { barOf, type RestorationBar } from './eligible.ts';
export {
  Answer,
  Attachment,
  type Commitment,
  type Matter,
  MOST_ATTACHMENTS,
  MOST_DEPARTMENTS,
  MOST_MATTERS,
  Outcome,
  RestorationChannel,
  type RestorationPayload,
  restorationSchemas,
} from './events.ts';
export { erasableFiles, standingFiles } from './files.ts';
export { RESTORATION_METRICS } from './metrics.ts';
export { expiryOf, type Expiry } from './expiry.ts';
export { isConcludable, isOver } from './outcomes.ts';
export { type InspectionRelief, inspectionRelief, relievedClass } from './relief.ts';
export { restorationSight } from './restoration.ts';
export { mustRestorationBeErased, overSince } from './retention.ts';
export {
  commitmentClauses,
  MatterType,
  ProofKind,
  type RestorationSettings,
  settingsOn,
} from './settings.ts';
export {
  agreedMatters,
  type Ask,
  isAnswered,
  isExpired,
  liveAsks,
  missesSomething,
  type Opinion,
  RESTORATION_STATUSES,
  type RestorationState,
  type RestorationStatus,
} from './state.ts';
export { restorationTasks } from './tasks.ts';
