export { handlersOf } from './assignees.ts';
export { followUpColumns } from './follow-ups.ts';
export type { CaseRow } from './projection.ts';
export { caseHistory } from './history.ts';
