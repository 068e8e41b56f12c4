/**
 * Consumers' requests about their own data, for their list and its search; which answer was printed last here, until it is recorded as
 * given; and who looked at a record, which an answer tells.
 */
export const up: readonly string[] = [
  `CREATE TABLE privacy_row (
    row INTEGER PRIMARY KEY,
    id TEXT NOT NULL UNIQUE,
    number TEXT NOT NULL,
    what TEXT NOT NULL,
    status TEXT NOT NULL,
    requester_name TEXT NOT NULL,
    records INTEGER NOT NULL,
    received_at TEXT NOT NULL,
    received_day TEXT NOT NULL,
    unit_path TEXT NOT NULL
  )`,
  `CREATE INDEX privacy_received ON privacy_row (received_at, row)`,
  `CREATE INDEX privacy_open ON privacy_row (received_at, row) WHERE status IN ('received', 'decided')`,
  `CREATE VIRTUAL TABLE privacy_search USING fts5(terms, content='', contentless_delete=1, tokenize='unicode61 remove_diacritics 0')`,
  `CREATE TABLE privacy_print (
    privacy_id TEXT PRIMARY KEY,
    sha256 TEXT NOT NULL,
    printed_at TEXT NOT NULL
  )`,
  `CREATE INDEX access_record ON access_row (record_kind, record_id, at)`,
];
