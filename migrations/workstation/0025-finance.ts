/** The papers of consents that were signed on this workstation's screen, with the signature in them; the log has their hash. */
export const up: readonly string[] = [
  `CREATE TABLE consent_file (
    consent_id TEXT PRIMARY KEY,
    sha256 TEXT NOT NULL,
    bytes BLOB NOT NULL
  )`,
];
