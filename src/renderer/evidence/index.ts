export { EvidencePanel } from './evidence-panel.tsx';
export { evidenceWords } from './locales/index.ts';
