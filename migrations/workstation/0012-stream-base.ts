/**
 * Streams whose state was taken from the centre's snapshot, as of a position of the feed, until their history has arrived
 * and the state was made of it here.
 */
export const up: readonly string[] = [
  `CREATE TABLE stream_base (
    kind TEXT NOT NULL,
    id TEXT NOT NULL,
    position INTEGER NOT NULL,
    updated_at TEXT NOT NULL,
    state TEXT NOT NULL,
    PRIMARY KEY (kind, id)
  ) WITHOUT ROWID`,
];
