import { sql, type Expression, type RawBuilder, type SqlBool } from 'kysely';
import { z } from 'zod';
import { COUNT_LIMIT } from '../../contract/workstation/base.ts';
import type { StreamKind } from '../../domain/streams.ts';
import type { Database } from './store/schema.ts';
import { matchQuery } from './store/search-terms.ts';
import type { Reader } from './store/store.ts';
import { serviceError } from './errors.ts';

/** A search looks at the newest so many matches; a person refines it rather than paging further. */
const SEARCH_DEPTH = 1000;

/**
 * What a list is sorted by; `row`, which never changes, decides between equals and runs the same way. The column
 * holds text, never null, wherever the list's conditions hold.
 */
export type Order<Column extends string = string> = {
  column: Column;
  direction: 'ascending' | 'descending';
};

/** The columns of a row that a list of it can be sorted by. */
export type TextColumn<Row> = {
  [Column in keyof Row & string]: Row[Column] extends string | null ? Column : never;
}[keyof Row & string];

/** The kinds of record that have rows and search terms, as the schema says. */
type ListedKind = {
  [Kind in StreamKind]: `${Kind}_search` extends keyof Database ? Kind : never;
}[StreamKind];

export type ListQuery<Row> = {
  list: ListedKind;
  conditions: readonly Expression<SqlBool>[];
  search: string | undefined;
  order: Order<TextColumn<Row>>;
  limit: number;
  cursor: string | undefined;
};

/** A row that an order can place. */
type Placed = { row: number };

/** What a cursor says: behind which place of which order the next page begins. */
const Cursor = z.tuple([z.string(), z.string(), z.int()]);

const nameOf = ({ column, direction }: Order): string => `${column} ${direction}`;

/** What follows `ORDER BY`. */
export function inOrder({ column, direction }: Order): RawBuilder<unknown> {
  const way = direction === 'ascending' ? sql`ASC` : sql`DESC`;
  return sql`${sql.ref(column)} ${way}, row ${way}`;
}

/** The cursor behind a row of a list in this order. */
function cursorAfter<Row extends Placed>(order: Order<TextColumn<Row>>, row: Row): string {
  return Buffer.from(JSON.stringify([nameOf(order), row[order.column], row.row])).toString('base64url');
}

/**
 * The condition that a row lies behind the cursor; true where there is none. It names a place in the order and not a
 * count of rows, so whatever is inserted, removed or moved between two pages, a row that stands still is read once.
 * @throws INPUT_INVALID for `cursor` where it is not one of a list in this order
 */
export function behind(order: Order, cursor: string | undefined): Expression<SqlBool> {
  if (cursor === undefined) return sql<SqlBool>`true`;
  const [name, value, row] = readCursor(cursor);
  if (name !== nameOf(order)) throw cursorInvalid();
  const place = sql`(${sql.ref(order.column)}, row)`;
  return order.direction === 'ascending'
    ? sql<SqlBool>`${place} > (${value}, ${row})`
    : sql<SqlBool>`${place} < (${value}, ${row})`;
}

const cursorInvalid = (): Error =>
  serviceError('INPUT_INVALID', { issues: [{ field: 'cursor', rule: 'invalid_format' }] });

function readCursor(cursor: string): z.infer<typeof Cursor> {
  let value: unknown;
  try {
    value = JSON.parse(Buffer.from(cursor, 'base64url').toString());
  } catch {
    throw cursorInvalid();
  }
  const parsed = Cursor.safeParse(value);
  if (!parsed.success) throw cursorInvalid();
  return parsed.data;
}

/** The first `limit` of the rows read, of which one more was asked for, and the cursor behind them while there are more. */
export function pageOf<Row extends Placed>(
  order: Order<TextColumn<Row>>,
  rows: readonly Row[],
  limit: number,
): { rows: Row[]; cursor: string | null } {
  const shown = rows.slice(0, limit);
  const last = shown.at(-1);
  return {
    rows: shown,
    cursor: last === undefined || rows.length <= limit ? null : cursorAfter(order, last),
  };
}

/**
 * One page of a list in its order, how many there are in all (at most `COUNT_LIMIT` + 1, which means more), and
 * the cursor of the next page, null on the last.
 * @throws INPUT_INVALID for a cursor that is not of this list's order
 */
export async function readPage<Row extends Placed>(
  read: Reader,
  { list, conditions, search, order, limit, cursor }: ListQuery<Row>,
): Promise<{ rows: Row[]; total: number; cursor: string | null }> {
  const next = behind(order, cursor);
  const all = [sql<SqlBool>`true`, ...conditions];
  const text = search?.trim();
  if (text) {
    const match = matchQuery(text);
    if (match === null) return { rows: [], total: 0, cursor: null };
    const terms = sql.table(`${list}_search`);
    all.push(
      sql<SqlBool>`row IN (SELECT rowid FROM ${terms} WHERE ${terms} MATCH ${match} ORDER BY rowid DESC LIMIT ${SEARCH_DEPTH})`,
    );
  }
  const table = sql.table(`${list}_row`);
  const where = sql.join(all, sql` AND `);
  const { rows } = await sql<Row>`
    SELECT * FROM ${table} WHERE ${where} AND ${next} ORDER BY ${inOrder(order)} LIMIT ${limit + 1}`.execute(
    read,
  );
  // Counting stops early: what a list of a hundred thousand costs must not grow with it.
  const counted = await sql<{ total: number }>`
    SELECT count(*) AS total FROM (SELECT 1 FROM ${table} WHERE ${where} LIMIT ${COUNT_LIMIT + 1})`.execute(
    read,
  );
  return { ...pageOf(order, rows, limit), total: counted.rows[0]?.total ?? 0 };
}

/** The rows of these records, in the order of their ids; those that are not on the list are left out. */
export async function rowsOf<Row>(read: Reader, list: ListedKind, ids: readonly string[]): Promise<Row[]> {
  if (ids.length === 0) return [];
  const { rows } = await sql<Row>`
    SELECT listed.* FROM json_each(${JSON.stringify(ids)}) AS wanted
    CROSS JOIN ${sql.table(`${list}_row`)} AS listed ON listed.id = wanted.value
    ORDER BY wanted.key`.execute(read);
  return rows;
}
