import type { Admission, AdmissionContext } from './admission.ts';
import type { Deltas, RollupContext } from './deltas.ts';
import type { Fact, RecordedFact } from './event.ts';
import type { Refusal, Ruling } from './ruling.ts';
import type { PayloadSchemas } from './schema.ts';
import type { Task, TaskContext } from './task.ts';

/** The searchable texts of a record; the index turns each field into search terms. */
export type SearchFields = {
  /** Names and words people remember, in any script. */
  texts: readonly string[];
  /** Telephone numbers, in any notation. */
  phones: readonly string[];
  /** Case numbers, receipt numbers, credit codes. */
  numbers: readonly string[];
};

/** The consumer a record is about: unit and time of registration, and the telephone number they gave. */
export type RecordedConsumer = { unitPath: string; at: string; phone: string | null };

/**
 * A function of a state. Written as a method, because its parameters are then compared both ways: definitions of all
 * kinds stand in one list, and each is called with states of its own kind only.
 */
export type Method<Parameters extends unknown[], Result> = {
  method(...parameters: Parameters): Result;
}['method'];

/**
 * Everything the rest of the program needs to know about one kind of stream. Every list and switch over kinds derives from these
 * definitions, which `streams.ts` collects. No member is optional: a kind says `null` for what it does not have, so that nothing is
 * forgotten. `Rules` is the type of the configurable rules, `Counted` the metrics it adds to, and `TaskKind` the tasks it may have;
 * all are inferred from the functions given.
 */
export type StreamDefinition<
  Kind extends string = string,
  State extends { id: string } = { id: string },
  Letter extends string | null = string | null,
  Counted extends Deltas = Deltas,
  Rules = unknown,
  TaskKind extends string = string,
> = {
  kind: Kind;
  /** Payload schemas of all its events, keyed by `type@version`. */
  schemas: PayloadSchemas;
  /**
   * Dotted paths of payload members that are names of people, businesses or units, by event type. Emoji are refused in them when
   * recording; facts already on record are applied as they are. Null when there are none.
   */
  names: Readonly<Record<string, readonly string[]>> | null;
  /** The reducer: the next state, a refusal, or that it does not know the event. `State` is inferred from it. */
  apply(state: State | undefined, fact: Fact, rules: Rules): Ruling<State>;
  /** Conditions on a new fact beyond the record itself, such as that a unit exists or a person belongs there; null for none. */
  admission: Admission<
    Method<[fact: Pick<RecordedFact, 'type' | 'payload'>], readonly string[]>,
    Method<[fact: Pick<RecordedFact, 'stream' | 'type' | 'payload'>], readonly RecordedFact['stream'][]>,
    Method<
      [
        before: NoInfer<State> | undefined,
        fact: Fact,
        after: NoInfer<State>,
        context: AdmissionContext<Rules>,
      ],
      Refusal | null
    >
  > | null;
  /** Paths of the units whose feeds carry the record. `levelOf` gives the level of a unit path; 1 is the lowest. */
  sight(state: NoInfer<State>, levelOf: (path: string) => number): string[];
  /** The unit below which it is known everywhere, besides its sight; for what holds for all units there. */
  holdsBelow: Method<[state: NoInfer<State>], string> | null;
  /** How the record changes the rulebook, for kinds that are configurable rules. */
  learn: Method<[rules: Rules, state: NoInfer<State>], Rules> | null;
  /** `anyone`: any workstation, within the permissions of its people. `centreBut`: the centre only, except these event types. */
  writtenBy: 'anyone' | { centreBut: readonly string[] };
  /** `first`: units, people and rules, which other records are judged and shown by. */
  arrives: 'first' | 'as-record';
  /** The additions of one accepted event to the roll-up. */
  deltas: Method<
    [
      before: NoInfer<State> | undefined,
      fact: RecordedFact,
      after: NoInfer<State>,
      context: RollupContext<Rules>,
    ],
    Counted
  > | null;
  /** The kinds of task it may have, and its open tasks, at most one per kind and part; null for a kind that never has any. */
  tasks: {
    kinds: readonly TaskKind[];
    of: Method<[state: NoInfer<State>, context: TaskContext<Rules>], readonly Task<NoInfer<TaskKind>>[]>;
  } | null;
  /** The title by which people recognise it. */
  title(state: NoInfer<State>): string;
  /** Its searchable texts, and the event types that may change them; null when it is not searchable. */
  search: {
    fields: Method<[state: NoInfer<State>], SearchFields>;
    changedBy: readonly string[] | 'every-event';
  } | null;
  /** The letter in the numbers that workstations assign offline, such as `R` for returns; null when it has no number. */
  numberLetter: Letter;
  /**
   * The consumer, whose mark the centre uses to find repeated complaints, and the event types that may set or change their
   * telephone number.
   */
  consumer: { of: Method<[state: NoInfer<State>], RecordedConsumer>; changedBy: readonly string[] } | null;
};

/** Defines a kind of stream. Returns its argument, with inferred types. */
export function defineStream<
  const Kind extends string,
  State extends { id: string },
  const Letter extends string | null,
  // Defaults for kinds that count nothing or use no rules, where nothing can be inferred.
  Counted extends Deltas = never,
  Rules = never,
  const TaskKind extends string = never,
>(
  definition: StreamDefinition<Kind, State, Letter, Counted, Rules, TaskKind>,
): StreamDefinition<Kind, State, Letter, Counted, Rules, TaskKind> {
  return definition;
}

/** Unlike `ReturnType` it also reads functions with a parameter of type `never`, as definitions without rules have. */
type Returned<Function> = Function extends (...all: never[]) => infer Result ? Result : never;

/** The state that a definition's reducer makes. */
export type StateIn<Definition extends StreamDefinition> = Extract<
  Returned<Definition['apply']>,
  { kind: 'legal' }
>['state'];

/** The metrics that these definitions add to. */
export type CountedIn<Definition extends StreamDefinition> = Returned<Definition['deltas']>;

/** The kinds of task that records of these definitions may have. */
export type TaskKindIn<Definition extends StreamDefinition> = NonNullable<
  Definition['tasks']
>['kinds'][number];

/** A state with its kind, so that a switch narrows it. */
export type TaggedState<Definition extends StreamDefinition> = Definition extends StreamDefinition
  ? { kind: Definition['kind']; state: StateIn<Definition> }
  : never;
