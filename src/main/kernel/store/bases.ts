import { sql } from 'kysely';
import type { AnyState } from '../../../domain/streams.ts';
import type { Reader, Writer } from './store.ts';
import { keyOf, statesOf, wantedStreams, type StreamKey, type StreamRow } from './streams.ts';

/** A state that rests on the centre's word: as of a position of the feed whose history has not arrived here yet. */
export type Base = { position: number; updatedAt: string; current: AnyState };

type BaseRow = StreamRow & { position: number; updatedAt: string };

/** Which of these streams rest on a base, by `kind:id`. */
export async function loadBases(
  from: Reader | Writer,
  keys: readonly StreamKey[],
): Promise<Map<string, Base>> {
  const { rows } = await sql<BaseRow>`
    SELECT base.kind, base.id, base.state, base.position, base.updated_at AS "updatedAt"
    FROM json_each(${wantedStreams(keys)}) AS wanted
    JOIN stream_base AS base ON base.kind = wanted.value ->> 'kind' AND base.id = wanted.value ->> 'id'`.execute(
    from,
  );
  const states = statesOf(rows);
  const bases = new Map<string, Base>();
  for (const row of rows) {
    const current = states.get(keyOf(row));
    if (current) bases.set(keyOf(row), { position: row.position, updatedAt: row.updatedAt, current });
  }
  return bases;
}
