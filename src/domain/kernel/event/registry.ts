import { refusalOfSource, type AdmissionContext } from './admission.ts';
import { type Deltas, NO_DELTAS, type RollupContext } from './deltas.ts';
import { isInKnownRole, type RecordedFact } from './event.ts';
import { emojiIn } from '../text/characters.ts';
import { faultOfValue, keptValue } from '../text/plain.ts';
import { illegal, type Refusal, type Ruling } from './ruling.ts';
import type { CountedIn, StateIn, StreamDefinition, TaggedState, TaskKindIn } from './stream.ts';
import type { Task, TaskContext } from './task.ts';

/** All stream kinds of a release, and the operations that work on a stream of any kind. */
export type StreamRegistry<Definition extends StreamDefinition, Rules> = {
  /** In the order of the list. */
  definitions: readonly Definition[];
  isKind(kind: string): kind is Definition['kind'];
  definitionOf(kind: Definition['kind']): RegisteredAs<Definition, Rules>;
  apply(
    current: TaggedState<Definition> | undefined,
    fact: RecordedFact,
    rules: Rules,
  ): Ruling<TaggedState<Definition>>;
  /**
   * Rules on a new fact: by the reducer, and by admission for what the record alone cannot tell. `inSight` says whether the
   * submitting unit can have seen the record, if it exists.
   */
  admit(
    record: { current: TaggedState<Definition> | undefined; inSight: boolean },
    fact: RecordedFact,
    context: AdmissionContext<Rules>,
  ): Ruling<TaggedState<Definition>>;
  /** Ids of the accounts that `admit` looks up besides the actor's. */
  peopleIn(fact: Pick<RecordedFact, 'stream' | 'type' | 'payload'>): readonly string[];
  /** Other records that `admit` looks up. */
  recordsIn(fact: Pick<RecordedFact, 'stream' | 'type' | 'payload'>): readonly RecordedFact['stream'][];
  /** A stored state with its kind; undefined when this release does not know the kind. */
  stateOf(kind: string, json: string): TaggedState<Definition> | undefined;
  sight(current: TaggedState<Definition>, levelOf: (path: string) => number): string[];
  learn(rules: Rules, current: TaggedState<Definition>): Rules;
  /** The shipped rules with the changes that these streams make. */
  rulesOf(streams: readonly TaggedState<Definition>[]): Rules;
  deltas(
    before: TaggedState<Definition> | undefined,
    fact: RecordedFact,
    after: TaggedState<Definition>,
    context: RollupContext<Rules>,
  ): CountedIn<Definition> | Deltas<never, never>;
  /** The open tasks of a record. */
  tasks(
    current: TaggedState<Definition>,
    context: TaskContext<Rules>,
  ): readonly Task<TaskKindIn<Definition>>[];
  /** Whether anyone but the centre may record such an event, judging by its kind. True for unknown kinds. */
  isOpenTo(kind: string, type: string): boolean;
};

/** A definition as looked up by kind. */
type RegisteredAs<Definition extends StreamDefinition, Rules> = StreamDefinition<
  Definition['kind'],
  StateIn<Definition>,
  string | null,
  Deltas,
  Rules
>;

/**
 * Makes a registry of these definitions, which share one type of rules; `shipped` are the rules that hold by default.
 * @throws when two definitions have the same kind
 */
export function createRegistry<
  Rules,
  const Definition extends StreamDefinition<string, { id: string }, string | null, Deltas, Rules>,
>(definitions: readonly Definition[], shipped: Rules): StreamRegistry<Definition, Rules> {
  type Kind = Definition['kind'];
  type State = StateIn<Definition>;
  type Tagged = TaggedState<Definition>;
  type Registered = RegisteredAs<Definition, Rules>;
  const byKind = new Map<string, Registered>();
  for (const definition of definitions) {
    if (byKind.has(definition.kind)) throw new Error(`Two kinds of stream are called ${definition.kind}`);
    byKind.set(definition.kind, definition);
  }
  const definitionOf = (kind: Kind): Registered => {
    const found = byKind.get(kind);
    if (!found) throw new Error(`No kind of stream is called ${kind}`);
    return found;
  };
  // Kind and state belong together, which TypeScript cannot follow through a lookup.
  const tagged = (kind: Kind, state: State): Tagged => ({ kind, state }) as Tagged;
  const learn = (rules: Rules, { kind, state }: Tagged): Rules =>
    definitionOf(kind).learn?.(rules, state) ?? rules;
  const judge = (current: Tagged | undefined, fact: RecordedFact, rules: Rules): Ruling<Tagged> => {
    const { kind } = fact.stream;
    if (current !== undefined && current.kind !== kind) return illegal('stream-kind-mismatch');
    const known = byKind.get(kind);
    // From a newer release: kept, passed on and shown like an event of an unknown type, and granted nothing.
    if (known === undefined || !isInKnownRole(fact))
      return { kind: 'unknown', type: fact.type, version: fact.version };
    const judged = known.apply(current?.state, fact, rules);
    return judged.kind === 'legal' ? { kind: 'legal', state: tagged(known.kind, judged.state) } : judged;
  };
  const isOpenTo = (kind: string, type: string): boolean => {
    const writtenBy = byKind.get(kind)?.writtenBy ?? 'anyone';
    return writtenBy === 'anyone' || writtenBy.centreBut.includes(type);
  };
  return {
    definitions,
    isKind: (kind): kind is Kind => byKind.has(kind),
    definitionOf,
    stateOf: (kind, json) => {
      const known = byKind.get(kind);
      // Stored from a value of exactly this type.
      return known && tagged(known.kind, JSON.parse(json) as State);
    },
    // Facts recorded before such texts were refused are read without the characters that databases cannot store.
    apply: (current, fact, rules) => judge(current, keptValue(fact), rules),
    admit: ({ current, inSight }, fact, context) => {
      const fault = faultOfValue({ payload: fact.payload, actor: fact.actor });
      if (fault !== null) return illegal(fault.rule, fault.field.replace(/^payload\./, ''));
      const bySource = refusalOfSource(fact, isOpenTo(fact.stream.kind, fact.type), context);
      if (bySource !== null) return { kind: 'illegal', refusal: bySource };
      const ruling = judge(current, fact, context.rules);
      if (ruling.kind === 'illegal') return ruling;
      const misnamed = refusalOfNames(byKind.get(fact.stream.kind)?.names?.[fact.type] ?? [], fact, context);
      if (misnamed !== null) return { kind: 'illegal', refusal: misnamed };
      if (ruling.kind === 'legal' && isInKnownRole(fact)) {
        const { admission } = definitionOf(ruling.state.kind);
        const refusal = admission?.refusal(current?.state, fact, ruling.state.state, context) ?? null;
        if (refusal !== null) return { kind: 'illegal', refusal };
      }
      // Legal, but nobody at that unit can have seen the record.
      return inSight || context.source.centre ? ruling : illegal('outside-scope', 'stream');
    },
    peopleIn: (fact) => byKind.get(fact.stream.kind)?.admission?.people(fact) ?? [],
    recordsIn: (fact) => byKind.get(fact.stream.kind)?.admission?.records(fact) ?? [],
    sight: ({ kind, state }, levelOf) => definitionOf(kind).sight(state, levelOf),
    learn,
    rulesOf: (streams) => streams.reduce(learn, shipped),
    deltas: (before, fact, after, context) => {
      const from = before?.kind === after.kind ? before.state : undefined;
      const counted = definitionOf(after.kind).deltas?.(from, fact, after.state, context);
      // A definition's own deltas, which TypeScript cannot follow through a lookup either.
      return counted === undefined ? NO_DELTAS : (counted as CountedIn<Definition>);
    },
    tasks: ({ kind, state }, context) => definitionOf(kind).tasks?.of(state, context) ?? [],
    isOpenTo,
  };
}

/** Why a recorded name is not acceptable; null when all are. Asked when recording only: what another workstation has recorded is a fact. */
function refusalOfNames(
  paths: readonly string[],
  { payload }: Pick<RecordedFact, 'payload'>,
  { side, source }: Pick<AdmissionContext<never>, 'side' | 'source'>,
): Refusal | null {
  if (side === 'receiving' && !source.centre) return null;
  for (const field of paths) {
    const [emoji] = emojiIn(textAt(payload, field));
    if (emoji !== undefined) return { rule: 'name-emoji', field, parameters: { character: emoji } };
  }
  return null;
}

/** The text at a dotted path; empty when there is none. */
function textAt(value: unknown, path: string): string {
  let at = value;
  for (const part of path.split('.')) {
    if (typeof at !== 'object' || at === null || !Object.hasOwn(at, part)) return '';
    at = (at as Record<string, unknown>)[part];
  }
  return typeof at === 'string' ? at : '';
}
