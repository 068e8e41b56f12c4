/** Lists by deadline read their page from an index, cases without a deadline last. */
export const up: readonly string[] = [
  `ALTER TABLE case_row ADD COLUMN due_order TEXT GENERATED ALWAYS AS (coalesce(due_at, '9999')) VIRTUAL`,
  `DROP INDEX case_open_due`,
  `DROP INDEX case_handling`,
  `DROP INDEX case_status`,
  `DROP INDEX case_due`,
  `CREATE INDEX case_due ON case_row (due_order, row)`,
  `CREATE INDEX case_open_due ON case_row (open, due_order, row)`,
  `CREATE INDEX case_handling ON case_row (handling_path, open, due_order, row)`,
  `CREATE INDEX case_status ON case_row (status, due_order, row)`,
  `CREATE INDEX case_object ON case_row (object, open, due_order, row)`,
  `CREATE INDEX case_problem ON case_row (problem, open, due_order, row)`,
];
