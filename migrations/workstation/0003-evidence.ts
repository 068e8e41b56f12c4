/** Evidence: which cases name which content, what lies here, and what the centre still lacks. */
export const up: readonly string[] = [
  `CREATE TABLE evidence_content (
    sha256 TEXT PRIMARY KEY,
    size INTEGER NOT NULL,
    held_at TEXT
  ) WITHOUT ROWID`,

  `CREATE TABLE evidence_link (
    sha256 TEXT NOT NULL,
    case_id TEXT NOT NULL,
    waiting INTEGER NOT NULL,
    upload_path TEXT,
    PRIMARY KEY (sha256, case_id)
  ) WITHOUT ROWID`,
  `CREATE INDEX evidence_waiting ON evidence_link (waiting) WHERE waiting = 1`,
  // Whatever writes the log, the link follows; content that lies here is this workstation's to bring to the centre.
  // Whether the evidence still stands is for the case's state to say.
  `CREATE TRIGGER event_evidence AFTER INSERT ON event
    WHEN new.type = 'evidence-added' AND new.stream_kind = 'case' AND json_type(new.payload, '$.sha256') = 'text'
  BEGIN
    INSERT INTO evidence_link (sha256, case_id, waiting)
    VALUES (
      new.payload ->> '$.sha256',
      new.stream_id,
      EXISTS (SELECT 1 FROM evidence_content WHERE sha256 = new.payload ->> '$.sha256' AND held_at IS NOT NULL)
    )
    ON CONFLICT DO NOTHING;
  END`,
];
