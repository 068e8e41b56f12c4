/** The deadline board counts cases whose clock stands and whose deadline is provisional; reminders are given once. */
export const up: readonly string[] = [
  `ALTER TABLE case_row ADD COLUMN clock_stands INTEGER NOT NULL DEFAULT 0`,
  `ALTER TABLE case_row ADD COLUMN provisional INTEGER GENERATED ALWAYS AS (coalesce(deadline ->> 'provisional', 0)) VIRTUAL`,
  `CREATE INDEX case_standing ON case_row (handling_path) WHERE clock_stands = 1 AND open = 1`,
  `CREATE INDEX case_provisional ON case_row (handling_path) WHERE provisional = 1 AND open = 1`,
  `CREATE TABLE reminder (
    case_id TEXT NOT NULL,
    kind TEXT NOT NULL,
    due_at TEXT NOT NULL,
    given_at TEXT NOT NULL,
    PRIMARY KEY (case_id, kind, due_at)
  ) WITHOUT ROWID`,
];
