export { fileOf } from './document-facts.ts';
export {
  type ConsentPaper,
  consentTextHash,
  drawConsent,
  drawWhitelistNotice,
} from './papers/consent-paper.ts';
export { drawPromiseCard } from './papers/draw-card.ts';
export { drawGradeNotice } from './papers/grade-notice.ts';
export { drawNoPenalty } from './papers/no-penalty.ts';
export {
  type AnsweredRecord,
  drawPrivacyAnswer,
  type HeldData,
  type PrivacyAnswer,
} from './papers/privacy-answer.ts';
export { drawMonthlyReport, type MonthlyReport } from './papers/monthly-report.ts';
export { drawReminderLetter, type ReminderLetter } from './papers/reminder-letter.ts';
export { drawRepairNotice, type RepairNotice } from './papers/repair-notice.ts';
export {
  type ApplicationPaper,
  type CommitmentLetter,
  drawApplication,
  drawCommitment,
} from './papers/restoration-paper.ts';
export { type DocumentFonts, loadFonts, printable } from './papers/fonts.ts';
export { bytesOf, keepTogether, openSheet } from './papers/frame.ts';
export { INK, QUIET, type Sheet } from './papers/sheet.ts';
export * as tags from './papers/tags.ts';
