/**
 * Cases that have left the workstations and stay here alone, by the order in which they left; and who looked at them. Nothing
 * of the log, the feeds or the states is touched by it. `returned_at` is set by the fact that brought a case back.
 */
export const up: readonly string[] = [
  // The words by which people find a case are kept beside it: a state is text that no index reads.
  `CREATE TABLE archived_stream (
    kind text COLLATE "C" NOT NULL,
    id text COLLATE "C" NOT NULL,
    circle text COLLATE "C" NOT NULL,
    sequence bigint NOT NULL,
    archived_at timestamptz NOT NULL,
    returned_at timestamptz,
    number text COLLATE "C" NOT NULL,
    consumer_name text NOT NULL,
    merchant_name text NOT NULL,
    phone_tail text COLLATE "C" NOT NULL,
    closed_day date NOT NULL,
    PRIMARY KEY (kind, id)
  )`,
  `CREATE UNIQUE INDEX archived_stream_order ON archived_stream (sequence)`,
  `CREATE INDEX archived_stream_number ON archived_stream (number)`,
  `CREATE INDEX archived_stream_phone ON archived_stream (phone_tail)`,
  `CREATE SEQUENCE archive_order`,

  // Every question that was answered: who asked, by what, how many were found; and every case that was opened.
  `CREATE TABLE archive_access (
    position bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    circle text COLLATE "C" NOT NULL,
    device text COLLATE "C" NOT NULL,
    unit_path text COLLATE "C" NOT NULL,
    staff_id text COLLATE "C" NOT NULL,
    action text COLLATE "C" NOT NULL CHECK (action IN ('search', 'open')),
    what text NOT NULL,
    found int NOT NULL,
    asked_at timestamptz NOT NULL
  )`,
  `CREATE INDEX archive_access_device ON archive_access (device, asked_at)`,
];
