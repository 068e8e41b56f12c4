import { sql } from 'kysely';
import { canonicalJson } from '../../../domain/kernel/event/canonical.ts';
import type { AnyState, StreamState } from '../../../domain/streams.ts';
import type { Directory } from '../store/directory.ts';
import { dropEmptied, rebase } from '../store/incoming.ts';
import type { ListedTable } from '../store/projections.ts';
import { refold } from '../store/refold.ts';
import { keptTasks, taskRowsOf } from '../store/tasks.ts';
import type { Writer } from '../store/store.ts';
import { keyOf, loadStates, type StreamKey } from '../store/streams.ts';

/** What a row was made of: its record as its facts lead to it. */
type Made = { current: AnyState; updatedAt: string };

/** As SQLite keeps a value that came by JSON, whatever a column's type makes of it. */
const kept = (value: unknown): string | null => {
  if (value === null || value === undefined) return null;
  return typeof value === 'boolean'
    ? String(Number(value))
    : typeof value === 'string'
      ? value
      : JSON.stringify(value);
};

const memberOf = (column: string): string =>
  column.replaceAll(/_([a-z])/g, (_match, letter: string) => letter.toUpperCase());

type Row = Record<string, unknown>;

async function rowsOf(writer: Writer, kind: string, ids: readonly string[]): Promise<Map<string, Row>> {
  const { rows } = await sql<Row & { id: string }>`
    SELECT * FROM ${sql.table(`${kind}_row`)}
    WHERE id IN (SELECT value FROM json_each(${JSON.stringify(ids)}))`.execute(writer);
  return new Map(rows.map((row) => [row.id, row]));
}

const columnsOf = ({ columns }: ListedTable): [string, string][] =>
  columns
    .trim()
    .split(/\s+/)
    .map((text) => {
      const [column = text, field = column] = text.split('=');
      return [column, field];
    });

/** Which records of one kind stand otherwise in their lists than their facts have them. */
async function listedWrongly(
  writer: Writer,
  kind: AnyState['kind'],
  made: ReadonlyMap<string, Made>,
  directory: Directory,
): Promise<StreamKey[]> {
  const { listed, all } = directory.projections;
  const table = listed.find((one) => one.kind === kind);
  // Accounts and units have tables of their own, whose columns are the members of their states.
  if (table === undefined && !all.some((one) => one.kind === kind && one.save !== null)) return [];
  const rows = await rowsOf(writer, kind, [...made.keys()]);
  return [...made].flatMap(([id, { current, updatedAt }]) => {
    const row = rows.get(id);
    if (row === undefined) return [{ kind, id }];
    const state: StreamState = current.state;
    const isRight =
      table === undefined
        ? Object.entries(row).every(
            ([column, value]) => kept(value) === kept(Reflect.get(state, memberOf(column))),
          )
        : ((expected: Row) =>
            columnsOf(table).every(([column, field]) => kept(row[column]) === kept(expected[field])))(
            table.row(state, { directory, updatedAt }),
          );
    return isRight ? [] : [{ kind, id }];
  });
}

/** Which records of one kind have other tasks than follow from their facts. */
async function taskedWrongly(
  writer: Writer,
  kind: AnyState['kind'],
  made: ReadonlyMap<string, Made>,
  directory: Directory,
): Promise<StreamKey[]> {
  const held = await keptTasks(writer, kind, [...made.keys()]);
  const text = (tasks: readonly object[]): string =>
    tasks
      .map((one) => canonicalJson(one))
      .toSorted()
      .join('\n');
  return [...made].flatMap(([id, { current }]) => {
    const expected = taskRowsOf(current, directory)?.tasks ?? [];
    return text(expected) === text(held.get(id) ?? []) ? [] : [{ kind, id }];
  });
}

/**
 * Makes those of the streams anew whose state, row in a list, or tasks are not what their facts lead to, in the caller's
 * transaction; returns which.
 */
export async function mendRecords(
  writer: Writer,
  keys: readonly StreamKey[],
  directory: Directory,
): Promise<StreamKey[]> {
  const before = await loadStates(writer, keys);
  const { states } = await refold(writer, keys, directory.rules());
  const wrong = new Map<string, StreamKey>();
  const right = new Map<AnyState['kind'], Map<string, Made>>();
  for (const stream of keys) {
    const key = keyOf(stream);
    const [held, made] = [before.get(key), states.get(key)];
    if (held === undefined && made === undefined) continue;
    // Through JSON once, as the kept one went: members that are undefined are not kept.
    const isSame =
      held !== undefined &&
      made !== undefined &&
      canonicalJson(held.state) === canonicalJson(JSON.parse(JSON.stringify(made.current.state)));
    if (!isSame) wrong.set(key, stream);
    else {
      const of = right.get(made.current.kind) ?? new Map<string, Made>();
      right.set(made.current.kind, of.set(stream.id, made));
    }
  }
  for (const [kind, made] of right)
    for (const stream of [
      ...(await listedWrongly(writer, kind, made, directory)),
      ...(await taskedWrongly(writer, kind, made, directory)),
    ])
      wrong.set(keyOf(stream), stream);
  const all = [...wrong.values()];
  if (all.length === 0) return [];
  await dropEmptied(writer, all, directory);
  await rebase(writer, all, directory);
  return all;
}
