export { DocumentsPanel } from './documents-panel.tsx';
export { documentsWords } from './locales/index.ts';
