import { sql } from 'kysely';
import type { Store, Writer } from '../kernel/store/index.ts';
import type { Damaged, Row } from '../kernel/store/salvage.ts';

/** What is made of facts, or is nobody's loss: it is worked out anew. */
const DERIVED =
  /^(sqlite_.*|stream|outbox|unit_row|staff_row|.*_row|.*_search.*|search_rebuild|.*_load|rollup_cache)$/;
/** Written by a trigger with the facts, and known better by what is copied. */
const KNOWN_BETTER = new Set(['evidence_content', 'evidence_link', 'draft']);
/** SQLite takes so many values in one statement. */
const MOST_VALUES = 30_000;

/** Told how far something long has got. */
export type Tell = (done: number, total: number) => void;

async function columnsOf(writer: Writer, table: string): Promise<Set<string>> {
  const { rows } = await sql<{ name: string }>`SELECT name FROM pragma_table_info(${table})`.execute(writer);
  return new Set(rows.map(({ name }) => name));
}

async function insertRows(
  writer: Writer,
  table: string,
  columns: readonly string[],
  rows: readonly Row[],
): Promise<void> {
  const how = KNOWN_BETTER.has(table) ? 'REPLACE' : 'IGNORE';
  const names = sql.join(columns.map((column) => sql.ref(column)));
  const atOnce = Math.max(1, Math.floor(MOST_VALUES / columns.length));
  for (let start = 0; start < rows.length; start += atOnce) {
    const values = rows
      .slice(start, start + atOnce)
      .map((row) => sql`(${sql.join(columns.map((column) => row[column] ?? null))})`);
    await sql`INSERT OR ${sql.raw(how)} INTO ${sql.table(table)} (${names}) VALUES ${sql.join(values)}`.execute(
      writer,
    );
  }
}

/** The rows of one table that can be read, in the columns that both have; those that are there already stay. */
async function copyTable(
  source: Damaged,
  store: Store,
  table: string,
  tell?: Tell,
): Promise<{ rows: number; unreadable: number }> {
  const copied = { rows: 0, unreadable: 0 };
  let columns: string[] | undefined;
  for await (const { rows, unreadable } of source.rows(table)) {
    copied.unreadable += unreadable;
    if (rows.length === 0) continue;
    await store.write(async (writer) => {
      if (columns === undefined) {
        const known = await columnsOf(writer, table);
        columns = (source.tables.get(table) ?? []).filter((column) => known.has(column));
      }
      if (columns.length > 0) await insertRows(writer, table, columns, rows);
    });
    copied.rows += rows.length;
    tell?.(copied.rows, copied.rows);
  }
  return copied;
}

/** All facts that can be read, in their order, and which of them wait. */
export async function copyFacts(source: Damaged, store: Store, tell: Tell): Promise<{ unreadable: number }> {
  const { unreadable } = await copyTable(source, store, 'event', tell);
  await store.write(async (writer) => {
    // The table says of each local fact that it waits.
    await sql`DELETE FROM outbox WHERE event_id IN (SELECT id FROM event WHERE status <> 'pending')`.execute(
      writer,
    );
  });
  // One that was sent under another identity keeps its place although the centre has it.
  await copyTable(source, store, 'outbox');
  await store.write(async (writer) => {
    await sql`DELETE FROM outbox WHERE event_id NOT IN (SELECT id FROM event)`.execute(writer);
  });
  return { unreadable };
}

/** Everything else that is nowhere else: drafts, papers, what was looked at, and whatever a later release keeps. */
export async function copyRest(source: Damaged, store: Store, but: readonly string[] = []): Promise<void> {
  for (const table of source.tables.keys()) {
    if (table === 'event' || DERIVED.test(table) || but.includes(table)) continue;
    await copyTable(source, store, table);
  }
}
