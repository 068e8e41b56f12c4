import { sql } from 'kysely';
import type { StateOf, StreamKind } from '../../domain/streams.ts';
import type { QueryExecutor } from './db/pipeline.ts';

/**
 * The states of some records of different kinds, by kind; absent where there is none. What the executor may not see is not there
 * either.
 */
export async function statesOf(
  from: QueryExecutor,
  streams: readonly { kind: StreamKind; id: string }[],
): Promise<Partial<StateOf>> {
  const wanted = sql.join(streams.map(({ kind, id }) => sql`(${kind}, ${id})`));
  const { rows } = await sql<{ kind: string; state: string }>`
    SELECT kind, state FROM stream WHERE (kind, id) IN (${wanted}) AND state IS NOT NULL`.execute(from);
  // Each kind's own reducer has made what stands under it.
  return Object.fromEntries(rows.map(({ kind, state }) => [kind, JSON.parse(state) as unknown]));
}

/** The state of one record; undefined where there is none. */
export async function stateOf<Kind extends StreamKind>(
  from: QueryExecutor,
  kind: Kind,
  id: string,
): Promise<StateOf[Kind] | undefined> {
  return (await statesOf(from, [{ kind, id }]))[kind];
}
