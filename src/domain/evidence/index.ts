export { type EvidenceAdded, evidenceSchemas } from './events.ts';
export { type EvidenceItem, applyEvidence, erasableEvidence, WITHDRAWN_KEPT_DAYS } from './reducer.ts';
export { EvidenceMediaType, LARGEST_EVIDENCE } from './media.ts';
