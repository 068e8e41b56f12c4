/** Facts that were carried over from an identity that was given up, until a person has looked at them. */
export const up: readonly string[] = [
  `CREATE TABLE salvaged_event (
    event_id TEXT PRIMARY KEY,
    device TEXT NOT NULL,
    device_sequence INTEGER NOT NULL,
    salvaged_at TEXT NOT NULL,
    dismissed_at TEXT
  ) WITHOUT ROWID`,
  `CREATE INDEX salvaged_open ON salvaged_event (event_id) WHERE dismissed_at IS NULL`,
];
