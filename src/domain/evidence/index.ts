export { type EvidenceAdded, evidenceSchemas } from './events.ts';
export { type EvidenceItem, applyEvidence } from './reducer.ts';
