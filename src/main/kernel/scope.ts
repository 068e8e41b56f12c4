import { sql, type RawBuilder, type SqlBool } from 'kysely';

/** Rows whose unit is `path` or lies below it, as a range that an index can answer. */
export function underPath(path: string, column = 'handling_path'): RawBuilder<SqlBool> {
  const at = sql.ref(column);
  // `0` is the character after `/`.
  return sql<SqlBool>`(${at} = ${path} OR (${at} > ${`${path}/`} AND ${at} < ${`${path}0`}))`;
}
