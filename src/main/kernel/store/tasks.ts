import { sql, type RawBuilder } from 'kysely';
import { storedState, TASK_KINDS, tasksOf, type AnyState, type StateOf } from '../../../domain/streams.ts';
import type { Task } from '../../../domain/kernel/event/task.ts';
import type { Reader, Writer } from './access.ts';
import type { Directory } from './directory.ts';
import { NO_ROWS, writeFacts, type StreamTasks } from './fact-write.ts';
import { readMeta, writeMeta } from './meta.ts';
import type { Store } from './store.ts';
import type { UnitsAndRules } from './units-and-rules.ts';

/** Set once the table holds the tasks of what was recorded before there was one. */
const FILLED = 'tasks';

/** Records read at once: few enough to hold, enough to be quick. */
const PAGE = 500;

const KINDS: ReadonlySet<string> = new Set(TASK_KINDS);

/** An instant as lists compare it. */
const inUtc = (instant: string): string => new Date(instant).toISOString();

/** What is to be done in a record, as rows of `task`; null of a kind in which nothing ever is. */
export function taskRowsOf(current: AnyState, directory: UnitsAndRules): StreamTasks | null {
  if (!KINDS.has(current.kind)) return null;
  const { levelOf, partyOf } = directory;
  const tasks = tasksOf(current, { levelOf, partyOf, rules: directory.rules() });
  return {
    kind: current.kind,
    id: current.state.id,
    tasks: tasks.map((one: Task) => ({
      ...one,
      since: inUtc(one.since),
      dueAt: one.dueAt === null ? null : inUtc(one.dueAt),
      stands: one.stands ? 1 : 0,
      provisional: one.provisional ? 1 : 0,
    })),
  };
}

/** Works out anew what is to be done in the records that match, in the caller's transaction. */
async function workOut(writer: Writer, directory: Directory, from: RawBuilder<unknown>): Promise<void> {
  let last = { kind: '', id: '' };
  for (;;) {
    const { rows } = await sql<{ kind: string; id: string; state: string }>`
      SELECT stream.kind, stream.id, stream.state FROM ${from}
      AND (stream.kind, stream.id) > (${last.kind}, ${last.id})
      ORDER BY stream.kind, stream.id LIMIT ${PAGE}`.execute(writer);
    const tasks = rows.flatMap(({ kind, state }) => {
      const current = storedState(kind, state);
      const made = current === undefined ? null : taskRowsOf(current, directory);
      return made === null ? [] : [made];
    });
    if (tasks.length > 0) await writeFacts(writer, directory.projections.factWrite, { ...NO_ROWS, tasks });
    const next = rows.at(-1);
    if (!next || rows.length < PAGE) return;
    last = next;
  }
}

/** Works out all tasks anew: a release may see others, or bring the holidays of another year. */
export async function workOutAllTasks(writer: Writer, directory: Directory): Promise<void> {
  const kinds = JSON.stringify(TASK_KINDS);
  await workOut(writer, directory, sql`stream WHERE stream.kind IN (SELECT value FROM json_each(${kinds}))`);
  await writeMeta(writer, FILLED, '1');
}

/** The day from which on an end may be another by these calendars: a notice may also move the last days of the December before its year. */
export function firstDayConcerned(calendars: readonly StateOf['calendar'][]): string {
  const years = calendars.flatMap(({ imports }) => imports.map(({ file }) => file.year));
  return `${Math.min(...years) - 1}-12-01`;
}

/**
 * Works out anew what falls due otherwise by calendars that have just arrived, or by a procedure with other office hours: limits of another
 * kind stay with each record as they were when it began.
 */
export async function followRules(
  writer: Writer,
  directory: Directory,
  changed: readonly AnyState[],
): Promise<void> {
  const calendars = changed.flatMap((one) => (one.kind === 'calendar' ? [one.state] : []));
  const hours = changed.some(({ kind }) => kind === 'procedure');
  if (calendars.length === 0 && !hours) return;
  const moved = [
    ...(calendars.length === 0
      ? []
      : [sql`task.provisional = 1 OR task.due_at >= ${firstDayConcerned(calendars)}`]),
    ...(hours ? [sql`task.calendar = 'office-hours'`] : []),
  ];
  await workOut(
    writer,
    directory,
    sql`stream WHERE EXISTS (SELECT 1 FROM task WHERE task.stream_kind = stream.kind AND task.stream_id = stream.id
      AND (${sql.join(moved, sql` OR `)}))`,
  );
}

/** Fills the table once, in a store of before there was one. */
export async function fillTasks(store: Store, directory: Directory): Promise<void> {
  if ((await readMeta(store.read, FILLED)) !== null) return;
  await store.write((writer) => workOutAllTasks(writer, directory));
}

/** What is to be done in these records, as it is kept: by `kind:id`. */
export async function keptTasks(
  from: Reader | Writer,
  kind: string,
  ids: readonly string[],
): Promise<Map<string, Record<string, unknown>[]>> {
  const { rows } = await sql<Record<string, unknown> & { id: string }>`
    SELECT stream_id AS id, kind, part, owner_path AS "ownerPath", staff_id AS "staffId", since, due_at AS "dueAt", calendar,
      stands, provisional
    FROM task WHERE stream_kind = ${kind} AND stream_id IN (SELECT value FROM json_each(${JSON.stringify(ids)}))`.execute(
    from,
  );
  const kept = new Map<string, Record<string, unknown>[]>();
  for (const { id, ...one } of rows) kept.set(id, [...(kept.get(id) ?? []), one]);
  return kept;
}
