import { sql, type RawBuilder } from 'kysely';

/** Data-modifying statements as parts of another one, for its `WITH`. */
export function partsOf(statements: readonly RawBuilder<unknown>[]): RawBuilder<unknown>[] {
  return statements.map((one, place) => sql`${sql.ref(`part_${place}`)} AS (${one})`);
}

/**
 * Data-modifying statements as one, to save the way of all but the first; null where there are none. In which order PostgreSQL does
 * them is not promised, and none sees what another writes: they must not concern the same rows.
 */
export function inOneStatement(statements: readonly RawBuilder<unknown>[]): RawBuilder<unknown> | null {
  const [first, ...others] = statements;
  if (first === undefined || others.length === 0) return first ?? null;
  return sql`WITH ${sql.join(partsOf(others))} ${first}`;
}
