/**
 * The log by months. An event's id is a UUIDv7, which begins with its time: as the key of the partitions it lets ids stay unique
 * by an index, and a reader of a page name the months it needs. Ids of no month that is there go to `event_other`, so that
 * nothing is ever refused: those of clocks that are wrong, and of older makes.
 *
 * That a device's numbers are unique is no longer an index's to see (its key has to hold the partition's): a batch holds the lock
 * of its device and follows on from its head, and `verify` looks at every log.
 */

/** The least id of an instant. */
const FIRST_ID = `CREATE FUNCTION first_id_of(month date) RETURNS uuid LANGUAGE sql IMMUTABLE AS $$
  SELECT (lpad(to_hex((extract(epoch FROM month::timestamp) * 1000)::bigint), 12, '0') || repeat('0', 20))::uuid
$$`;

/** Makes a month's partition, with what lay elsewhere of that month; false when it was there. */
const ADD_MONTH = `CREATE FUNCTION add_event_month(month date) RETURNS boolean LANGUAGE plpgsql AS $$
  DECLARE
    name text := 'event_' || to_char(month, 'YYYY_MM');
    since uuid := first_id_of(date_trunc('month', month)::date);
    until uuid := first_id_of((date_trunc('month', month) + interval '1 month')::date);
  BEGIN
    IF to_regclass(name) IS NOT NULL THEN RETURN false; END IF;
    EXECUTE format('CREATE TABLE %I (LIKE event INCLUDING DEFAULTS INCLUDING CONSTRAINTS)', name);
    EXECUTE format('WITH moved AS (DELETE FROM event_other WHERE id >= %L AND id < %L RETURNING *)
      INSERT INTO %I SELECT * FROM moved', since, until, name);
    EXECUTE format('ALTER TABLE event ATTACH PARTITION %I FOR VALUES FROM (%L) TO (%L)', name, since, until);
    RETURN true;
  END
$$`;

export const up: readonly string[] = [
  `ALTER TABLE event RENAME TO event_before`,
  `ALTER INDEX event_pkey RENAME TO event_before_pkey`,
  `ALTER INDEX event_id RENAME TO event_before_id`,
  `ALTER INDEX event_stream RENAME TO event_before_stream`,
  `CREATE SEQUENCE event_order`,
  `CREATE TABLE event (LIKE event_before INCLUDING DEFAULTS INCLUDING CONSTRAINTS) PARTITION BY RANGE (id)`,
  `ALTER TABLE event ALTER COLUMN position SET DEFAULT nextval('event_order')`,
  `ALTER TABLE event ADD PRIMARY KEY (circle, device, device_sequence, id)`,
  `CREATE UNIQUE INDEX event_id ON event (id) WHERE status <> 'rejected'`,
  `CREATE INDEX event_stream ON event (stream_kind, stream_id, position)`,
  `CREATE TABLE event_other PARTITION OF event DEFAULT`,
  FIRST_ID,
  ADD_MONTH,
  // The months in which anything was received, this one and the next.
  `SELECT add_event_month(month::date) FROM (
    SELECT DISTINCT date_trunc('month', received_at) AS month FROM event_before
    UNION SELECT date_trunc('month', now()) + n * interval '1 month' FROM generate_series(0, 1) AS n) AS months`,
  `INSERT INTO event SELECT * FROM event_before ORDER BY position`,
  `SELECT setval('event_order', (SELECT max(position) FROM event_before)) WHERE EXISTS (SELECT 1 FROM event_before)`,
  `DROP TABLE event_before`,
];
