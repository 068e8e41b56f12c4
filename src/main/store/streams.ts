import { sql } from 'kysely';
import type { StreamKind } from '../../domain/event/event.ts';
import type { AnyState, StateOf } from '../../domain/streams.ts';
import type { Reader, Writer } from './store.ts';

export type StreamKey = { kind: StreamKind; id: string };

export function keyOf(stream: StreamKey): string {
  return `${stream.kind}:${stream.id}`;
}

/** Current states of streams, by `kind:id`; a stream without events is absent. */
export async function loadStates(
  from: Reader | Writer,
  keys: readonly StreamKey[],
): Promise<Map<string, AnyState>> {
  const states = new Map<string, AnyState>();
  if (keys.length === 0) return states;
  const wanted = JSON.stringify(keys.map(({ kind, id }) => ({ kind, id })));
  const { rows } = await sql<{ kind: StreamKind; id: string; state: string }>`
    SELECT stream.kind, stream.id, stream.state
    FROM json_each(${wanted}) AS wanted
    JOIN stream ON stream.kind = wanted.value ->> 'kind' AND stream.id = wanted.value ->> 'id'`.execute(from);
  for (const row of rows) {
    // Written by `saveStates` from a value of exactly this type.
    states.set(keyOf(row), { kind: row.kind, state: JSON.parse(row.state) });
  }
  return states;
}

/** One stream's state by kind, or undefined when there is none in sight. */
export async function loadState<Kind extends StreamKind>(
  from: Reader | Writer,
  kind: Kind,
  id: string,
): Promise<StateOf[Kind] | undefined> {
  const state = (await loadStates(from, [{ kind, id }])).get(keyOf({ kind, id }));
  // Looked up under its own kind just above.
  return state?.state as StateOf[Kind] | undefined;
}
