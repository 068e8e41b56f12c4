/** Issued documents: the files themselves, and ways to find their facts in the log by number and by hash. */
export const up: readonly string[] = [
  // The input is kept beside the file: the signed file is drawn from what the issued one said, not from the
  // case as it has become.
  `CREATE TABLE document_file (
    document_id TEXT NOT NULL,
    variant TEXT NOT NULL CHECK (variant IN ('issued', 'signed')),
    case_id TEXT NOT NULL,
    sha256 TEXT NOT NULL,
    bytes BLOB NOT NULL,
    input TEXT NOT NULL,
    PRIMARY KEY (document_id, variant)
  ) WITHOUT ROWID`,
  `CREATE INDEX event_document_number ON event (payload ->> '$.number') WHERE type = 'document-issued'`,
  `CREATE INDEX event_document_hash ON event (payload ->> '$.sha256')
    WHERE type IN ('document-issued', 'document-signed')`,
  `CREATE INDEX event_document_id ON event (payload ->> '$.documentId')
    WHERE type IN ('document-issued', 'document-signed')`,
  `CREATE INDEX event_document_drawn ON event (device, payload ->> '$.year', payload ->> '$.sequence')
    WHERE type = 'document-issued'`,
];
