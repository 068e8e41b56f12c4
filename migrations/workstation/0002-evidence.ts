/** Evidence: which cases name which content, and where that content lies. */
export const up: readonly string[] = [
  `CREATE TABLE evidence_content (
    sha256 TEXT PRIMARY KEY,
    size INTEGER NOT NULL,
    held_at TEXT,
    at_centre_at TEXT,
    upload_url TEXT
  ) WITHOUT ROWID`,
  `CREATE INDEX evidence_outstanding ON evidence_content (sha256)
    WHERE held_at IS NOT NULL AND at_centre_at IS NULL`,

  `CREATE TABLE evidence_link (
    sha256 TEXT NOT NULL,
    case_id TEXT NOT NULL,
    PRIMARY KEY (sha256, case_id)
  ) WITHOUT ROWID`,
  // Whatever writes the log, the link to the content follows; what the case's state says of it decides.
  `CREATE TRIGGER event_evidence AFTER INSERT ON event
    WHEN new.type = 'evidence-added' AND new.stream_kind = 'case' AND json_type(new.payload, '$.sha256') = 'text'
  BEGIN
    INSERT INTO evidence_link (sha256, case_id) VALUES (new.payload ->> '$.sha256', new.stream_id)
    ON CONFLICT DO NOTHING;
  END`,
];
