/** Applications for credit repair, for their list and its search; their files go the way of evidence. */
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
  // As of evidence: whatever writes the log, the link follows.
  `CREATE TRIGGER event_restoration_files AFTER INSERT ON event
    WHEN new.type IN ('restoration-filed', 'restoration-completed') AND new.stream_kind = 'restoration'
      AND json_type(new.payload, '$.attachments') = 'array'
  BEGIN
    INSERT INTO evidence_link (sha256, case_id, waiting)
    SELECT item.value ->> '$.sha256', new.stream_id,
      EXISTS (SELECT 1 FROM evidence_content WHERE sha256 = item.value ->> '$.sha256' AND held_at IS NOT NULL)
    FROM json_each(new.payload, '$.attachments') AS item
    WHERE json_type(item.value, '$.sha256') = 'text'
    ON CONFLICT DO NOTHING;
  END`,
];
