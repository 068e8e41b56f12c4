/** Until when the handling unit owes the parties a notice; set for older cases when the store is opened. */
export const up: readonly string[] = [
  `ALTER TABLE case_row ADD COLUMN notice_due_at TEXT`,
  `CREATE INDEX case_notice ON case_row (notice_due_at, row) WHERE notice_due_at IS NOT NULL`,
];
