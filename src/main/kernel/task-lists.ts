import { sql, type RawBuilder } from 'kysely';
import { COUNT_LIMIT } from '../../contract/workstation/base.ts';
import type { StreamKind, TaskKind } from '../../domain/streams.ts';
import type { Reader } from './store/index.ts';

/** Which tasks: of one kind, in records of one kind; of one unit, or of all that this workstation sees. */
export type WhichTasks = { of: StreamKind; kind: TaskKind; ownerPath: string | null };

/** A task as lists find it: the record it stands in, and its end in UTC. */
export type DueTask = {
  id: string;
  part: string;
  ownerPath: string;
  dueAt: string | null;
  provisional: boolean;
};

/** A condition on `task`, and whether at most some hundreds match it wherever they are: then they are found by that. */
type Narrowed = { matching?: RawBuilder<unknown>; provisional?: boolean };

function from(
  { of, kind, ownerPath }: WhichTasks,
  { matching, provisional = false }: Narrowed,
): RawBuilder<unknown> {
  const index = provisional ? 'task_provisional' : ownerPath === null ? 'task_of_kind' : 'task_of_unit';
  const owner = ownerPath === null ? sql`` : sql`task.owner_path = ${ownerPath} AND`;
  return sql`FROM task INDEXED BY ${sql.ref(index)}
    WHERE ${owner} task.stream_kind = ${of} AND task.kind = ${kind} ${provisional ? sql`AND task.provisional = 1` : sql``}
      AND ${matching ?? sql`true`}`;
}

/** The first tasks of each of these kinds, in one statement; kinds of which there are none cost next to nothing. */
export async function tasksOfKinds(
  read: Reader,
  all: readonly WhichTasks[],
  shown: number,
  narrowed: Narrowed = {},
): Promise<(DueTask & Pick<WhichTasks, 'of' | 'kind'>)[]> {
  if (all.length === 0) return [];
  type Row = Omit<DueTask, 'provisional'> & Pick<WhichTasks, 'of' | 'kind'> & { provisional: number };
  const each = all.map(
    (which) => sql`SELECT * FROM (
      SELECT stream_kind AS "of", kind, stream_id AS id, part, owner_path AS "ownerPath", due_at AS "dueAt", provisional
      ${from(which, narrowed)} ORDER BY due_order, since LIMIT ${shown})`,
  );
  const { rows } = await sql<Row>`${sql.join(each, sql` UNION ALL `)}`.execute(read);
  return rows.map((row) => ({ ...row, provisional: row.provisional === 1 }));
}

/** The first of these tasks, the nearest end first: the records they stand in, each once for each task. */
export async function tasksDue(
  read: Reader,
  which: WhichTasks,
  shown: number,
  narrowed: Narrowed = {},
): Promise<DueTask[]> {
  const { rows } = await sql<Omit<DueTask, 'provisional'> & { provisional: number }>`
    SELECT stream_id AS id, part, owner_path AS "ownerPath", due_at AS "dueAt", provisional ${from(which, narrowed)}
    ORDER BY due_order, since LIMIT ${shown}`.execute(read);
  return rows.map((row) => ({ ...row, provisional: row.provisional === 1 }));
}

/** How many there are, at most one more than lists count to. */
export async function countTasks(read: Reader, which: WhichTasks, narrowed: Narrowed = {}): Promise<number> {
  const { rows } = await sql<{ total: number }>`
    SELECT count(*) AS total FROM (SELECT 1 ${from(which, narrowed)} LIMIT ${COUNT_LIMIT + 1})`.execute(read);
  return rows[0]?.total ?? 0;
}
