/**
 * What is to be done, in records of all kinds, as at the workstations: it follows from states and rules. `rules` is the revision of the
 * rules by which a row was worked out. A database that has records already is filled by a job; a new one has nothing to fill.
 */
export const up: readonly string[] = [
  `CREATE TABLE task (
    stream_kind text COLLATE "C" NOT NULL,
    stream_id text COLLATE "C" NOT NULL,
    kind text COLLATE "C" NOT NULL,
    part text COLLATE "C" NOT NULL,
    owner_path text COLLATE "C" NOT NULL,
    staff_id text COLLATE "C",
    since text COLLATE "C" NOT NULL,
    due_at text COLLATE "C",
    calendar text COLLATE "C" NOT NULL,
    stands boolean NOT NULL,
    provisional boolean NOT NULL,
    rules bigint NOT NULL,
    PRIMARY KEY (stream_kind, stream_id, kind, part)
  )`,
  `CREATE INDEX task_of_unit ON task (owner_path, stream_kind, kind, due_at)`,
  `INSERT INTO setting (key, value) SELECT 'tasks-filled', 'true' WHERE NOT EXISTS (SELECT FROM stream)`,
];
