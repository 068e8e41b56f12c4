import { sql } from 'kysely';
import { connect, type ConnectOptions } from './connection.ts';
import type { Reader } from './access.ts';

/** A database of which only some can be read. */
export type Damaged = {
  /** The tables that it still names, with their columns. */
  tables: ReadonlyMap<string, readonly string[]>;
  read: Reader;
  /** The rows of a table that can be read, in its order; `unreadable` counts the places where one may have been. */
  rows(table: string): AsyncGenerator<{ rows: Row[]; unreadable: number }>;
  close(): Promise<void>;
};

export type Row = Record<string, unknown>;
type Named = { type: string; name: string; sql: string };

const AT_ONCE = 512;
/** Where a table cannot even say how far it goes. */
const FAR = 1 << 20;
/** So many places one after the other that cannot be read, and nothing more is looked for. */
const NOTHING_LEFT = 500;

/** Opens a database for what can be read of it; nothing of the file changes. @throws where not even its list of tables can be read */
export async function openDamaged(file: string, options: ConnectOptions): Promise<Damaged> {
  const { kysely, close } = await connect(file, { ...options, readonly: true, damaged: true });
  try {
    const tables = new Map<string, readonly string[]>();
    // The list itself may reach over pages that are gone.
    for await (const { rows } of readableRows(kysely, 'sqlite_schema'))
      for (const { type, name, sql: made } of rows as Named[]) {
        if (type !== 'table' || made.startsWith('CREATE VIRTUAL')) continue;
        const columns = await sql<{ name: string }>`SELECT name FROM pragma_table_info(${name})`
          .execute(kysely)
          .catch(() => ({ rows: [] }));
        if (columns.rows.length > 0)
          tables.set(
            name,
            columns.rows.map((column) => column.name),
          );
      }
    if (tables.size === 0) throw new Error('It names no table');
    return {
      tables,
      read: kysely,
      rows: (table) => readableRows(kysely, table),
      close,
    };
  } catch (error) {
    await close().catch(() => undefined);
    throw error;
  }
}

/** Where a table begins and ends; `isGuess` where it cannot say where it ends, and is followed for as long as it leads anywhere. */
async function boundsOf(
  read: Reader,
  table: string,
): Promise<{ first: number; last: number; isGuess: boolean } | null> {
  const ask = async (what: 'min' | 'max'): Promise<number | null> => {
    const { rows } = await sql<{ at: number | null }>`
      SELECT ${sql.raw(what)}(rowid) AS at FROM ${sql.table(table)}`.execute(read);
    return rows[0]?.at ?? null;
  };
  const first = await ask('min').catch(() => 1);
  if (first === null) return null;
  const last = (await ask('max').catch(() => null)) ?? (await lastGiven(read, table));
  return { first, last: last ?? FAR, isGuess: last === null };
}

/** Of a table that counts its rows apart, the last number that it gave. */
async function lastGiven(read: Reader, table: string): Promise<number | null> {
  const { rows } = await sql<{ seq: number }>`
    SELECT seq FROM sqlite_sequence WHERE name = ${table}`
    .execute(read)
    .catch(() => ({ rows: [] }));
  return rows[0]?.seq ?? null;
}

/**
 * Range by range; one that cannot be read is halved until the places that cannot are found. A table that is kept by a key of its
 * own has no numbered places: it is read as a whole, or not.
 */
async function* readableRows(
  read: Reader,
  table: string,
): AsyncGenerator<{ rows: Row[]; unreadable: number }> {
  const isNumbered = await sql`SELECT rowid FROM ${sql.table(table)} LIMIT 0`.execute(read).then(
    () => true,
    () => false,
  );
  if (!isNumbered) {
    const whole = await sql<Row>`SELECT * FROM ${sql.table(table)}`.execute(read).catch(() => null);
    yield { rows: whole?.rows ?? [], unreadable: whole === null ? 1 : 0 };
    return;
  }
  const bounds = await boundsOf(read, table);
  if (bounds === null) return;
  const ranges: [number, number][] = [];
  for (let from = bounds.first; from <= bounds.last; from += AT_ONCE)
    ranges.push([from, Math.min(from + AT_ONCE - 1, bounds.last)]);
  ranges.reverse();
  let inARow = 0;
  for (let range = ranges.pop(); range !== undefined; range = ranges.pop()) {
    const [from, to] = range;
    const found = await sql<Row>`
      SELECT * FROM ${sql.table(table)} WHERE rowid BETWEEN ${from} AND ${to} ORDER BY rowid`
      .execute(read)
      .catch(() => null);
    if (found !== null) {
      inARow = 0;
      yield { rows: found.rows, unreadable: 0 };
    } else if (from === to) {
      inARow += 1;
      yield { rows: [], unreadable: 1 };
      if (bounds.isGuess && inARow >= NOTHING_LEFT) return;
    } else {
      const middle = Math.floor((from + to) / 2);
      ranges.push([middle + 1, to], [from, middle]);
    }
  }
}
