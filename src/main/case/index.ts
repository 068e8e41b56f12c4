export { handlersOf } from './assignees.ts';
export { followUpColumns } from './follow-ups.ts';
