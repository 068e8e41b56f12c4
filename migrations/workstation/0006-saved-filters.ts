/** Filters that people keep under a name, each their own. */
export const up: readonly string[] = [
  `CREATE TABLE saved_filter (
    id TEXT PRIMARY KEY,
    staff_id TEXT NOT NULL,
    name TEXT NOT NULL,
    query TEXT NOT NULL,
    saved_at TEXT NOT NULL,
    UNIQUE (staff_id, name)
  ) WITHOUT ROWID`,
];
