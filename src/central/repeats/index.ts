export { markPage, marksAreFilled } from './backfill.ts';
export { type ConsumerMarks, createConsumerMarks } from './keys.ts';
