import { sql } from 'kysely';
import { uuidv7 } from 'uuidv7';
import { z } from 'zod';
import type { Database } from '../kernel/db/database.ts';

/** What may be run; a rehearsal says what a rebuild would change. */
export const RunKind = z.enum(['verify', 'rebuild', 'rehearsal']);
export type RunKind = z.infer<typeof RunKind>;

const Place = z.object({ kind: z.string(), id: z.string() });
/** What a run has done: the steps that are over, where the next one goes on, and what was found so far. */
export const Progress = z.object({
  steps: z.array(z.string()),
  from: Place.nullable(),
  invariants: z.array(
    z.object({ name: z.string(), checked: z.int(), broken: z.int(), examples: z.array(z.string()) }),
  ),
  rebuilt: z.array(
    z.object({
      what: z.enum(['states', 'counters', 'handling times', 'credit', 'public codes', 'tasks']),
      checked: z.int(),
      mended: z.int(),
    }),
  ),
});
export type Progress = z.infer<typeof Progress>;

export type Run = {
  id: string;
  kind: RunKind;
  startedAt: string;
  finished: boolean;
  failed: boolean;
  progress: Progress;
};

type Row = {
  id: string;
  kind: string;
  started_at: Date;
  finished: boolean;
  failed: boolean;
  progress: string;
};

const NOTHING: Progress = { steps: [], from: null, invariants: [], rebuilt: [] };
/** Runs that are over and kept. */
const KEPT = 50;

const runOf = ({ id, kind, started_at: started, finished, failed, progress }: Row): Run => ({
  id,
  kind: RunKind.parse(kind),
  startedAt: started.toISOString(),
  finished,
  failed,
  progress: Progress.parse(JSON.parse(progress)),
});

const COLUMNS = sql`id, kind, started_at, finished_at IS NOT NULL AS finished, failed, progress`;

/** The run of that kind that is under way, whoever began it and whatever became of them; a new one where none is. */
export async function beginRun(database: Database, kind: RunKind, now: Date): Promise<Run> {
  await sql`
    DELETE FROM maintenance_run WHERE finished_at IS NOT NULL AND id NOT IN
      (SELECT id FROM maintenance_run ORDER BY id DESC LIMIT ${KEPT})`.execute(database);
  await sql`
    INSERT INTO maintenance_run (id, kind, started_at, progress)
    VALUES (${uuidv7()}, ${kind}, ${now}, ${JSON.stringify(NOTHING)}) ON CONFLICT DO NOTHING`.execute(
    database,
  );
  const { rows } = await sql<Row>`
    SELECT ${COLUMNS} FROM maintenance_run WHERE kind = ${kind} AND finished_at IS NULL`.execute(database);
  // Another process may have brought it to its end in between.
  return rows[0] ? runOf(rows[0]) : beginRun(database, kind, now);
}

/** A run as it stands. @throws Error where there is none */
export async function readRun(database: Database, id: string): Promise<Run> {
  const { rows } = await sql<Row>`SELECT ${COLUMNS} FROM maintenance_run WHERE id = ${id}`.execute(database);
  const [row] = rows;
  if (!row) throw new Error('No such run');
  return runOf(row);
}

/** Runs that are not over, the oldest first. */
export async function unfinishedRuns(database: Database): Promise<Run[]> {
  const { rows } = await sql<Row>`
    SELECT ${COLUMNS} FROM maintenance_run WHERE finished_at IS NULL ORDER BY id`.execute(database);
  return rows.map(runOf);
}

/** Keeps what a run has done so far. */
export async function saveProgress(database: Database, id: string, progress: Progress): Promise<void> {
  await sql`UPDATE maintenance_run SET progress = ${JSON.stringify(progress)} WHERE id = ${id}`.execute(
    database,
  );
}

/** Ends a run; a failed one is begun anew by whoever asks next. */
export async function endRun(database: Database, id: string, failed: boolean, now: Date): Promise<void> {
  await sql`UPDATE maintenance_run SET finished_at = ${now}, failed = ${failed} WHERE id = ${id}`.execute(
    database,
  );
}
