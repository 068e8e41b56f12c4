/** Until when the next instalment of an agreement is to be paid, by which the board finds it; null where there is none. */
export const up: readonly string[] = [
  `ALTER TABLE case_row ADD COLUMN instalment_due_at TEXT`,
  // Of a settled case the deadline is that of its next instalment already.
  `UPDATE case_row SET instalment_due_at = due_at WHERE status = 'settled' AND EXISTS (
    SELECT 1 FROM stream WHERE stream.kind = 'case' AND stream.id = case_row.id
      AND json_type(state, '$.settlement.performance.instalments') = 'array')`,
  `CREATE INDEX case_instalment ON case_row (instalment_due_at, row) WHERE instalment_due_at IS NOT NULL`,
];
