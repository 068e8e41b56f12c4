/** Records about merchants, for their list, what becomes of them by day, and their search. */
export const up: readonly string[] = [
  `CREATE TABLE sanction_row (
    row INTEGER PRIMARY KEY,
    id TEXT NOT NULL UNIQUE,
    merchant_id TEXT NOT NULL,
    merchant_name TEXT NOT NULL,
    kind TEXT NOT NULL,
    class TEXT,
    organ TEXT NOT NULL,
    number TEXT NOT NULL,
    determined_on TEXT NOT NULL,
    unit_path TEXT NOT NULL,
    state TEXT NOT NULL,
    opens_on TEXT,
    ends_on TEXT,
    open_duties INTEGER NOT NULL,
    blocked_by TEXT NOT NULL
  )`,
  `CREATE INDEX sanction_determined ON sanction_row (determined_on, row)`,
  `CREATE INDEX sanction_merchant ON sanction_row (merchant_id)`,
  `CREATE INDEX sanction_opens ON sanction_row (opens_on, row) WHERE opens_on IS NOT NULL`,
  `CREATE INDEX sanction_ends ON sanction_row (ends_on, row) WHERE ends_on IS NOT NULL`,
  `CREATE VIRTUAL TABLE sanction_search USING fts5(terms, content='', contentless_delete=1, tokenize='unicode61 remove_diacritics 0')`,
];
