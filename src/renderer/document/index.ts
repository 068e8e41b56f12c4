export { InkField, type Strokes } from './ink-field.tsx';
export { DocumentsPanel } from './documents-panel.tsx';
export { documentsWords } from './locales/index.ts';
