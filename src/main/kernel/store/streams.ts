import { sql } from 'kysely';
import { storedState, type AnyState, type StateOf, type StreamKind } from '../../../domain/streams.ts';
import type { Reader, Writer } from './access.ts';

/** A stream by its kind, known to this release or not, and its id. */
export type StreamKey = { kind: string; id: string };

export function keyOf(stream: StreamKey): string {
  return `${stream.kind}:${stream.id}`;
}

export type StreamRow = { kind: string; id: string; state: string };

/** Streams as the JSON array that `json_each` reads. */
export function wantedStreams(keys: readonly StreamKey[]): string {
  return JSON.stringify(keys.map(({ kind, id }) => ({ kind, id })));
}

/** Rows of `stream` as states by `kind:id`; without those of kinds that only a newer release knows. */
export function statesOf(rows: readonly StreamRow[]): Map<string, AnyState> {
  const states = new Map<string, AnyState>();
  for (const row of rows) {
    const current = storedState(row.kind, row.state);
    if (current) states.set(keyOf(row), current);
  }
  return states;
}

/** Current states of streams, by `kind:id`; a stream without events is absent. */
export async function loadStates(
  from: Reader | Writer,
  keys: readonly StreamKey[],
): Promise<Map<string, AnyState>> {
  if (keys.length === 0) return new Map();
  const { rows } = await sql<StreamRow>`
    SELECT stream.kind, stream.id, stream.state
    FROM json_each(${wantedStreams(keys)}) AS wanted
    JOIN stream ON stream.kind = wanted.value ->> 'kind' AND stream.id = wanted.value ->> 'id'`.execute(from);
  return statesOf(rows);
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

/** All streams of some kinds; for kinds of which there are few. */
export async function loadKinds<Kind extends StreamKind>(
  from: Reader | Writer,
  kinds: readonly Kind[],
): Promise<Extract<AnyState, { kind: Kind }>[]> {
  const { rows } = await sql<StreamRow>`
    SELECT kind, id, state FROM stream WHERE kind IN (${sql.join(kinds)})`.execute(from);
  // Asked for by these kinds just above.
  return [...statesOf(rows).values()] as Extract<AnyState, { kind: Kind }>[];
}
