export { CaseFile } from './case-file.tsx';
export { CaseTable } from './case-table.tsx';
export { useEntryWords } from './entry-words.ts';
export { STEPS, type StepName } from './steps/index.ts';
export { RevealDialog } from './reveal-dialog.tsx';
export { EntryBody } from './entry-body.tsx';
