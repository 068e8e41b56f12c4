/**
 * The keys under which what is personal in a record's facts is sealed, and of each fact the key that it needs: `erased` where what was personal
 * was taken out of the fact itself, which had been recorded before facts were sealed.
 */
export const up: readonly string[] = [
  `ALTER TABLE event ADD COLUMN sealed_with TEXT`,
  `CREATE TABLE record_key (
    id TEXT NOT NULL,
    stream_kind TEXT NOT NULL,
    stream_id TEXT NOT NULL,
    key TEXT NOT NULL
  )`,
  // One index: each more is a page to write with every record that is begun.
  `CREATE UNIQUE INDEX record_key_stream ON record_key (stream_id, id)`,
];
