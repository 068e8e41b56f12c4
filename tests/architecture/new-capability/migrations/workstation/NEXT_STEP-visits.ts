/** Visits to shops, for their list and its search. */
export const up: readonly string[] = [
  `CREATE TABLE visit_row (
    row INTEGER PRIMARY KEY,
    id TEXT NOT NULL UNIQUE,
    shop_name TEXT NOT NULL,
    note TEXT NOT NULL,
    visited_by TEXT NOT NULL,
    visited_at TEXT NOT NULL,
    unit_path TEXT NOT NULL
  )`,
  `CREATE INDEX visit_visited ON visit_row (visited_at, row)`,
  `CREATE VIRTUAL TABLE visit_search USING fts5(terms, content='', contentless_delete=1, tokenize='unicode61 remove_diacritics 0')`,
];
