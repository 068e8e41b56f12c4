/** Merchants' grades for their list: `standing` puts the fewest points first and those without a grade last. */
export const up: readonly string[] = [
  `CREATE TABLE credit_row (
    row INTEGER PRIMARY KEY,
    id TEXT NOT NULL UNIQUE,
    unit_path TEXT NOT NULL,
    month TEXT,
    outcome TEXT,
    grade TEXT,
    points INTEGER,
    disputed INTEGER NOT NULL,
    standing TEXT NOT NULL
  )`,
  `CREATE INDEX credit_standing ON credit_row (standing, row)`,
  `CREATE INDEX credit_unit ON credit_row (unit_path, standing, row)`,
];
