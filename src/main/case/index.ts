export { handlersOf } from './assignees.ts';
export { recomputeDeadlines } from './deadline-column.ts';
export { FOLLOWED, recomputeFollowUps } from './follow-up-columns.ts';
export { followUpColumns } from './follow-ups.ts';
