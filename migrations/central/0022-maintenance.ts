/**
 * Verifications and rebuilds, each with what it has done so far: one that was stopped in the middle goes on there, in whatever process.
 * One of a kind at a time is under way.
 */
export const up: readonly string[] = [
  `CREATE TABLE maintenance_run (
    id text COLLATE "C" PRIMARY KEY,
    kind text COLLATE "C" NOT NULL,
    started_at timestamptz NOT NULL,
    finished_at timestamptz,
    progress text NOT NULL,
    failed boolean NOT NULL DEFAULT false
  )`,
  `CREATE UNIQUE INDEX maintenance_under_way ON maintenance_run (kind) WHERE finished_at IS NULL`,
];
