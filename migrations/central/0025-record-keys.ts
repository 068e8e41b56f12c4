/**
 * The keys under which what is personal in a record's facts is sealed: apart from the log, which is never rewritten for it, so that a record is
 * erased by destroying its keys. Of each fact the key that it needs; `erased` where what was personal was taken out of the
 * fact itself, which had come before facts were sealed.
 */
const UNIT = `(SELECT request_unit())`;
const IN_SIGHT = `EXISTS (SELECT FROM stream_in_sight AS seen WHERE seen.kind = record_key.stream_kind AND seen.id = record_key.stream_id)`;

export const up: readonly string[] = [
  `ALTER TABLE event ADD COLUMN sealed_with text`,
  `CREATE TABLE record_key (
    id text COLLATE "C" PRIMARY KEY,
    stream_kind text COLLATE "C" NOT NULL,
    stream_id text COLLATE "C" NOT NULL,
    unit_path text COLLATE "C" NOT NULL,
    key text NOT NULL
  )`,
  `CREATE INDEX record_key_stream ON record_key (stream_kind, stream_id)`,
  `ALTER TABLE record_key ENABLE ROW LEVEL SECURITY`,
  `GRANT SELECT ON record_key TO heshi_request`,
  // As with events: what its own unit made needs no look at the record.
  `CREATE POLICY request_read ON record_key FOR SELECT TO heshi_request USING (unit_path = ${UNIT} OR ${IN_SIGHT})`,
  // Where nothing was recorded by an older release, nobody is there who cannot open what is sealed.
  `INSERT INTO setting (key, value) SELECT 'seals-facts', 'yes' WHERE NOT EXISTS (SELECT FROM event)
    ON CONFLICT DO NOTHING`,
];
