import type { Rulebook } from '../../procedure/rulebook.ts';
import { NO_DELTAS, type Deltas, type RollupContext } from '../../rollup/deltas.ts';
import { isInKnownRole, type RecordedFact } from './event.ts';
import { illegal, type Ruling } from './ruling.ts';
import type { StateIn, StreamDefinition, TaggedState } from './stream.ts';

/** All kinds of stream that a release knows, and what is asked of a stream whatever its kind. */
export type StreamRegistry<Definition extends StreamDefinition> = {
  /** In the order of the list. */
  definitions: readonly Definition[];
  isKind(kind: string): kind is Definition['kind'];
  definitionOf(kind: Definition['kind']): StreamDefinition<Definition['kind'], StateIn<Definition>>;
  apply(
    current: TaggedState<Definition> | undefined,
    fact: RecordedFact,
    rules: Rulebook,
  ): Ruling<TaggedState<Definition>>;
  /** A stored state with its kind; undefined of a kind that this release does not know. */
  stateOf(kind: string, json: string): TaggedState<Definition> | undefined;
  sight(current: TaggedState<Definition>, levelOf: (path: string) => number): string[];
  learn(rules: Rulebook, current: TaggedState<Definition>): Rulebook;
  deltas(
    before: TaggedState<Definition> | undefined,
    fact: RecordedFact,
    after: TaggedState<Definition>,
    context: RollupContext,
  ): Deltas;
  /** Whether anybody but the centre may write such an event, as far as its kind goes. Yes where the kind is not known. */
  isOpenTo(kind: string, type: string): boolean;
};

/** A registry of these definitions. @throws where two of them have one kind. */
export function createRegistry<const Definition extends StreamDefinition>(
  definitions: readonly Definition[],
): StreamRegistry<Definition> {
  type Kind = Definition['kind'];
  type State = StateIn<Definition>;
  type Tagged = TaggedState<Definition>;
  const byKind = new Map<string, StreamDefinition<Kind, State>>();
  for (const definition of definitions) {
    if (byKind.has(definition.kind)) throw new Error(`Two kinds of stream are called ${definition.kind}`);
    byKind.set(definition.kind, definition);
  }
  const definitionOf = (kind: Kind): StreamDefinition<Kind, State> => {
    const found = byKind.get(kind);
    if (!found) throw new Error(`No kind of stream is called ${kind}`);
    return found;
  };
  // A kind and a state that belong together, which TypeScript cannot follow through a lookup.
  const tagged = (kind: Kind, state: State): Tagged => ({ kind, state }) as Tagged;
  return {
    definitions,
    isKind: (kind): kind is Kind => byKind.has(kind),
    definitionOf,
    stateOf: (kind, json) => {
      const known = byKind.get(kind);
      // Stored from a value of exactly this type.
      return known && tagged(known.kind, JSON.parse(json) as State);
    },
    apply: (current, fact, rules) => {
      const { kind } = fact.stream;
      if (current !== undefined && current.kind !== kind) return illegal('stream-kind-mismatch');
      const known = byKind.get(kind);
      // Of a newer release: kept, passed on and shown, like an event of an unknown type, and granted nothing.
      if (known === undefined || !isInKnownRole(fact))
        return { kind: 'unknown', type: fact.type, version: fact.version };
      const judged = known.apply(current?.state, fact, rules);
      return judged.kind === 'legal' ? { kind: 'legal', state: tagged(known.kind, judged.state) } : judged;
    },
    sight: ({ kind, state }, levelOf) => definitionOf(kind).sight(state, levelOf),
    learn: (rules, { kind, state }) => definitionOf(kind).learn?.(rules, state) ?? rules,
    deltas: (before, fact, after, context) =>
      definitionOf(after.kind).deltas?.(
        before?.kind === after.kind ? before.state : undefined,
        fact,
        after.state,
        context,
      ) ?? NO_DELTAS,
    isOpenTo: (kind, type) => {
      const writtenBy = byKind.get(kind)?.writtenBy ?? 'anyone';
      return writtenBy === 'anyone' || writtenBy.centreBut.includes(type);
    },
  };
}
