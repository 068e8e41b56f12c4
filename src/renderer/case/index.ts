export { CaseFile } from './case-file.tsx';
export { CaseTable } from './case-table.tsx';
export { useEntryWords } from './entry-words.ts';
export { STEPS, type StepName } from './steps/index.ts';
export { EntryBody } from './entry-body.tsx';
