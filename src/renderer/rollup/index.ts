export { CompletenessNotice } from './completeness-notice.tsx';
export { PeriodBar } from './period-bar.tsx';
export { periodBefore, periodOf, readChoice } from './period.ts';
export { type Words, useWords } from './words.ts';
