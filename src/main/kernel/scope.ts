import { sql, type RawBuilder, type SqlBool } from 'kysely';
import type { StaffSession } from './desk.ts';
import { requireScope } from './desk.ts';

/** Rows whose unit is `path` or lies below it, as a range that an index can answer. */
export function underPath(path: string, column = 'handling_path'): RawBuilder<SqlBool> {
  const at = sql.ref(column);
  // `0` is the character after `/`.
  return sql<SqlBool>`(${at} = ${path} OR (${at} > ${`${path}/`} AND ${at} < ${`${path}0`}))`;
}

/** The unit that was asked for, or the person's own. @throws NOT_FOUND outside their scope. */
export function scopeOf(staff: StaffSession, path: string | undefined): string {
  const scope = path ?? staff.unitPath;
  requireScope(staff, scope);
  return scope;
}
