import { sql, type RawBuilder } from 'kysely';
import type { Task, TaskContext } from '../../domain/kernel/event/task.ts';
import type { Rulebook } from '../../domain/procedure/index.ts';
import { TASK_KINDS, tasksOf, type AnyState } from '../../domain/streams.ts';
import { textArray } from '../kernel/db/arrays.ts';
import { textColumn } from '../kernel/db/binary-arrays.ts';

/** What is to be done in one record, in one order; instants in UTC, so that they compare as texts. */
export type RecordTasks = { kind: string; id: string; tasks: Task[] };

const KINDS: ReadonlySet<string> = new Set(TASK_KINDS);

/** Whether anything may ever be to be done in a record of the kind. */
export const mayHaveTasks = (kind: string): boolean => KINDS.has(kind);

const inUtc = (instant: string): string => new Date(instant).toISOString();
const placeOf = ({ kind, part }: Task): string => `${kind} ${part}`;

/** What is to be done in a record by these rules. */
export function tasksIn(current: AnyState, context: TaskContext<Rulebook>): Task[] {
  return tasksOf(current, context)
    .map((one) => ({
      ...one,
      since: inUtc(one.since),
      dueAt: one.dueAt === null ? null : inUtc(one.dueAt),
    }))
    .toSorted((a, b) => (placeOf(a) < placeOf(b) ? -1 : 1));
}

/** Whether two lists in order say the same. */
export function areSame(one: readonly Task[], other: readonly Task[]): boolean {
  return (
    one.length === other.length &&
    one.every((task, index) => {
      const same = other[index];
      return (
        same !== undefined &&
        task.kind === same.kind &&
        task.part === same.part &&
        task.ownerPath === same.ownerPath &&
        task.staffId === same.staffId &&
        task.since === same.since &&
        task.dueAt === same.dueAt &&
        task.calendar === same.calendar &&
        task.stands === same.stands &&
        task.provisional === same.provisional
      );
    })
  );
}

type Row = Task & { of: string; id: string };
const rowsOf = (records: readonly RecordTasks[]): Row[] =>
  records.flatMap(({ kind: of, id, tasks }) => tasks.map((one) => ({ ...one, of, id })));

const flag = (value: boolean): string => (value ? 't' : 'f');

const places = (rows: readonly Row[]): RawBuilder<unknown> => sql`unnest(
  ${textColumn(rows.map((row) => row.of))}::text[],
  ${textColumn(rows.map((row) => row.id))}::text[],
  ${textColumn(rows.map((row) => row.kind))}::text[],
  ${textColumn(rows.map((row) => row.part))}::text[])`;

/**
 * The statements that make the table say this of records, worked out by that revision of the rules; none concerns a row of another, so
 * that they may be one. `fresh` records have no rows yet.
 */
export function taskStatements(
  records: readonly RecordTasks[],
  rules: number,
  { fresh }: { fresh: boolean },
): RawBuilder<unknown>[] {
  const rows = rowsOf(records);
  const statements: RawBuilder<unknown>[] = [];
  if (!fresh && records.length > 0)
    statements.push(sql`
      DELETE FROM task USING unnest(
        ${textColumn(records.map(({ kind }) => kind))}::text[],
        ${textColumn(records.map(({ id }) => id))}::text[]) AS touched (kind, id)
      WHERE task.stream_kind = touched.kind AND task.stream_id = touched.id
        AND (task.stream_kind, task.stream_id, task.kind, task.part) NOT IN (SELECT * FROM ${places(rows)})`);
  if (rows.length > 0)
    statements.push(sql`
      INSERT INTO task (stream_kind, stream_id, kind, part, owner_path, staff_id, since, due_at, calendar, stands,
        provisional, rules)
      SELECT *, ${rules}::bigint FROM unnest(
        ${textColumn(rows.map((row) => row.of))}::text[],
        ${textColumn(rows.map((row) => row.id))}::text[],
        ${textColumn(rows.map((row) => row.kind))}::text[],
        ${textColumn(rows.map((row) => row.part))}::text[],
        ${textColumn(rows.map((row) => row.ownerPath))}::text[],
        ${textColumn(rows.map((row) => row.staffId))}::text[],
        ${textColumn(rows.map((row) => row.since))}::text[],
        ${textColumn(rows.map((row) => row.dueAt))}::text[],
        ${textColumn(rows.map((row) => row.calendar))}::text[],
        ${textArray(rows.map((row) => flag(row.stands)))}::boolean[],
        ${textArray(rows.map((row) => flag(row.provisional)))}::boolean[])
      ${
        fresh
          ? sql``
          : sql`ON CONFLICT (stream_kind, stream_id, kind, part) DO UPDATE SET owner_path = excluded.owner_path,
              staff_id = excluded.staff_id, since = excluded.since, due_at = excluded.due_at,
              calendar = excluded.calendar, stands = excluded.stands, provisional = excluded.provisional,
              rules = excluded.rules`
      }`);
  return statements;
}
