/** Applications for credit repair, for their list and its search. */
export const up: readonly string[] = [
  `CREATE TABLE restoration_row (
    row INTEGER PRIMARY KEY,
    id TEXT NOT NULL UNIQUE,
    number TEXT NOT NULL,
    status TEXT NOT NULL,
    merchant_id TEXT NOT NULL,
    merchant_name TEXT NOT NULL,
    matters INTEGER NOT NULL,
    asked INTEGER NOT NULL,
    answered INTEGER NOT NULL,
    filed_at TEXT NOT NULL,
    unit_path TEXT NOT NULL,
    window_path TEXT NOT NULL
  )`,
  `CREATE INDEX restoration_filed ON restoration_row (filed_at, row)`,
  `CREATE INDEX restoration_of_merchant ON restoration_row (merchant_id)`,
  `CREATE VIRTUAL TABLE restoration_search USING fts5(terms, content='', contentless_delete=1, tokenize='unicode61 remove_diacritics 0')`,
];
