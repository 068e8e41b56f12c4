/**
 * Records that the centre has put in its archive. `left_at` is null while something here keeps one from leaving. Own facts about
 * what has left stay in the log, which is signed and without gaps, and are read by nothing but verification and sending.
 */
export const up: readonly string[] = [
  `CREATE TABLE left_stream (
    kind TEXT NOT NULL,
    id TEXT NOT NULL,
    left_at TEXT,
    PRIMARY KEY (kind, id)
  ) WITHOUT ROWID`,
  `CREATE INDEX left_stream_leaving ON left_stream (kind, id) WHERE left_at IS NULL`,
];
