import { sql, type Expression, type RawBuilder, type SqlBool } from 'kysely';
import { COUNT_LIMIT } from '../../contract/workstation/base.ts';
import type { ListedKind } from '../store/projections/index.ts';
import { matchQuery } from '../store/search-terms.ts';
import type { Reader } from '../store/store.ts';

/** A search looks at the newest so many matches; a person refines it rather than paging further. */
const SEARCH_DEPTH = 1000;

export type ListQuery = {
  list: ListedKind;
  conditions: readonly Expression<SqlBool>[];
  search: string | undefined;
  order: RawBuilder<unknown>;
  limit: number;
  cursor: string | undefined;
};

/**
 * One page of a list in its order, how many there are in all (at most `COUNT_LIMIT` + 1, which means more), and
 * the cursor of the next page.
 */
export async function readPage<Row>(
  read: Reader,
  { list, conditions, search, order, limit, cursor }: ListQuery,
): Promise<{ rows: Row[]; total: number; cursor: string | null }> {
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
  const offset = Math.max(0, Number(cursor ?? 0) || 0);
  const { rows } = await sql<Row>`
    SELECT * FROM ${table} WHERE ${where} ORDER BY ${order} LIMIT ${limit + 1} OFFSET ${offset}`.execute(
    read,
  );
  // Counting stops early: what a list of a hundred thousand costs must not grow with it.
  const counted = await sql<{ total: number }>`
    SELECT count(*) AS total FROM (SELECT 1 FROM ${table} WHERE ${where} LIMIT ${COUNT_LIMIT + 1})`.execute(
    read,
  );
  return {
    rows: rows.slice(0, limit),
    total: counted.rows[0]?.total ?? 0,
    cursor: rows.length > limit ? String(offset + limit) : null,
  };
}
