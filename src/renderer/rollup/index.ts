export { CompletenessNotice } from './completeness-notice.tsx';
export { PeriodBar } from './period-bar.tsx';
export { type Period, periodBefore, type PeriodChoice, periodOf, readChoice, readPeriod } from './period.ts';
export { type Words, useWords } from './words.ts';
