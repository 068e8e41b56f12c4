import { CompiledQuery } from 'kysely';
import { ERASURE } from '../../../domain/kernel/event/erasure.ts';
import type { Writer } from './access.ts';

/** Rows for each table that facts are written to, under the names that the triggers below read. */
export type FactRows = {
  events: readonly object[];
  streams: readonly object[];
  /** All that is to be done in each of these records, in place of what was. */
  tasks: readonly StreamTasks[];
  /** At most one entry a kind. */
  listed: readonly ListedRows[];
};

/** What is to be done in one record, as rows of `task`. */
export type StreamTasks = { kind: string; id: string; tasks: object[] };

/** The rows of one kind and what they are found by; terms may also be written alone. */
export type ListedRows = { kind: string; rows: object[]; terms: Terms[] };

/** A record's search terms; `known` when older ones may be there. */
export type Terms = { id: string; terms: string; known: boolean };

/** Nothing to write, to begin from. */
export const NO_ROWS: FactRows = { events: [], streams: [], tasks: [], listed: [] };

type Column = { name: string; field: string };

/** `fields` as `column` or `column=field of the JSON`. */
function columnsOf(fields: string): Column[] {
  return fields
    .trim()
    .split(/\s+/)
    .map((text) => {
      const [name = text, field = name] = text.split('=');
      return { name, field };
    });
}

function insertFrom(source: string, table: string, columns: readonly Column[]): string {
  const names = columns.map(({ name }) => name).join(', ');
  const values = columns.map(({ field }) => `value ->> '${field}'`).join(', ');
  return `INSERT INTO ${table} (${names}) SELECT ${values} FROM json_each(new.${source}) WHERE true`;
}

function upsertFrom(
  source: string,
  table: string,
  columns: readonly Column[],
  { key, kept = '' }: { key: string; kept?: string },
): string {
  const fixed = new Set([...key.split(' '), ...kept.split(/\s+/)]);
  const changed = columns.filter(({ name }) => !fixed.has(name));
  const set = changed.map(({ name }) => `${name} = excluded.${name}`).join(', ');
  // Of rows that never change, all columns are kept.
  const then = changed.length === 0 ? 'NOTHING' : `UPDATE SET ${set}`;
  return `${insertFrom(source, table, columns)} ON CONFLICT (${key.replaceAll(' ', ', ')}) DO ${then}`;
}

/** Search tables keep no text of their own: older terms go by row, new ones come. */
function searchFrom(kind: string): string[] {
  const [source, search, rows] = [`${kind}_terms`, `${kind}_search`, `${kind}_row`];
  const joined = `FROM json_each(new.${source}) AS t JOIN ${rows} AS r ON r.id = t.value ->> 'id'`;
  return [
    `DELETE FROM ${search} WHERE rowid IN (SELECT r.row ${joined} WHERE t.value ->> 'known')`,
    `INSERT INTO ${search} (rowid, terms) SELECT r.row, t.value ->> 'terms' ${joined}`,
  ];
}

const EVENT = columnsOf(
  `id stream_kind=kind stream_id=streamId type version payload actor device device_sequence=deviceSequence at
   unit_path=unitPath previous_hash=previousHash hash origin status feed_position=feedPosition
   received_at=receivedAt refusal sealed_with=sealedWith`,
);
const STREAM = columnsOf('kind id state');

/** The keys that came with facts: many facts of a record bring the same one, and none comes back to a record that was erased. */
const KEYS_OF_EVENTS = `INSERT OR IGNORE INTO record_key (id, stream_kind, stream_id, key)
  SELECT value ->> 'sealedWith', value ->> 'kind', value ->> 'streamId', value ->> 'key' FROM json_each(new.events)
  WHERE value ->> 'key' IS NOT NULL AND NOT EXISTS (SELECT 1 FROM event
    WHERE event.stream_kind = value ->> 'kind' AND event.stream_id = value ->> 'streamId'
      AND event.type = '${ERASURE}' AND event.status = 'accepted')`;

const TASK = columnsOf(
  `kind part owner_path=ownerPath staff_id=staffId since due_at=dueAt calendar stands provisional`,
);

/** What is to be done takes the place of what was; a record without anything has an empty list. */
const TASKS = [
  `DELETE FROM task WHERE (stream_kind, stream_id) IN (
    SELECT value ->> 'kind', value ->> 'id' FROM json_each(new.tasks))`,
  `INSERT INTO task (stream_kind, stream_id, ${TASK.map(({ name }) => name).join(', ')})
    SELECT of.value ->> 'kind', of.value ->> 'id', ${TASK.map(({ field }) => `one.value ->> '${field}'`).join(', ')}
    FROM json_each(new.tasks) AS of, json_each(of.value, '$.tasks') AS one`,
];

/** What the statement has to know of a kind with rows; see `RowTable`. */
type Table = { kind: string; plural: string; columns: string; kept: string; searched: boolean };

/** A column of the statement, those beside it, and what a write of any of them does. */
type Trigger = { column: string; also: readonly string[]; statements: readonly string[] };

/** What a write of each kind of record does; a kind without rows costs nothing. */
const triggersOf = (tables: readonly Table[]): readonly Trigger[] => [
  { column: 'events', also: [], statements: [insertFrom('events', 'event', EVENT), KEYS_OF_EVENTS] },
  {
    column: 'streams',
    also: [],
    statements: [upsertFrom('streams', 'stream', STREAM, { key: 'kind id' })],
  },
  { column: 'tasks', also: [], statements: TASKS },
  ...tables.map(({ kind, plural, columns, kept, searched }) => ({
    column: plural,
    // Terms may also be written alone, when a release finds records by more words than before.
    also: searched ? [`${kind}_terms`] : [],
    statements: [
      upsertFrom(plural, `${kind}_row`, columnsOf(columns), { key: 'id', kept }),
      ...(searched ? searchFrom(kind) : []),
    ],
  })),
];

/** The one statement that writes events, states and the rows of all kinds that have some. */
export type FactWrite = {
  tables: readonly { kind: string; searched: boolean }[];
  /** What a writing connection needs before facts can be written on it. */
  schema: string;
  insert: string;
};

/**
 * The statement for these tables: a view whose one insert writes every table.
 * Each statement through `sqlite3` is a trip to a thread and back, which for one command costs more than the
 * statement itself; so all tables share one: an INSTEAD OF trigger for each takes its rows out of a JSON column.
 * Temporary, so that the tables' columns are named in one place only: in the projections.
 */
export function factWriteOf(tables: readonly Table[]): FactWrite {
  const triggers = triggersOf(tables);
  const columns = triggers.flatMap(({ column, also }) => [column, ...also]);
  const schema = `
  CREATE TEMP VIEW fact_write AS SELECT ${columns.map((column) => `NULL AS ${column}`).join(', ')};
  ${triggers
    .map(
      ({
        column,
        also,
        statements,
      }) => `CREATE TEMP TRIGGER fact_write_${column} INSTEAD OF INSERT ON fact_write
        WHEN ${[column, ...also].map((one) => `new.${one} IS NOT NULL`).join(' OR ')} BEGIN ${statements.join('; ')}; END;`,
    )
    .join('\n')}`;
  const insert = `INSERT INTO fact_write (${columns.join(', ')}) VALUES (${columns.map(() => '?').join(', ')})`;
  return { tables, schema, insert };
}

const asJson = (list: readonly object[]): string | null => (list.length === 0 ? null : JSON.stringify(list));

/** Writes all rows in one statement; tables without rows cost next to nothing. */
export async function writeFacts(
  writer: Writer,
  { tables, insert }: FactWrite,
  { events, streams, tasks, listed }: FactRows,
): Promise<void> {
  const records = tables.flatMap(({ kind, searched }) => {
    const { rows = [], terms = [] } = listed.find((one) => one.kind === kind) ?? {};
    return searched ? [asJson(rows), asJson(terms)] : [asJson(rows)];
  });
  await writer.executeQuery(
    CompiledQuery.raw(insert, [asJson(events), asJson(streams), asJson(tasks), ...records]),
  );
}

/** Writes rows of the log and nothing that follows from them. */
export async function writeEvents(writer: Writer, events: readonly object[]): Promise<void> {
  await writer.executeQuery(
    CompiledQuery.raw('INSERT INTO fact_write (events) VALUES (?)', [asJson(events)]),
  );
}
