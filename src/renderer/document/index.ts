export type { Strokes } from './ink-field.tsx';
export { type Signature, SignatureBox } from './signature-box.tsx';
export { DocumentsPanel } from './documents-panel.tsx';
export { documentsWords } from './locales/index.ts';
