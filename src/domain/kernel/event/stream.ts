import type { Admission, AdmissionContext } from './admission.ts';
import type { Deltas, RollupContext } from './deltas.ts';
import type { Fact, RecordedFact } from './event.ts';
import type { Refusal, Ruling } from './ruling.ts';
import type { PayloadSchemas } from './schema.ts';
import type { Task, TaskContext } from './task.ts';

/** What a record is found by; each field is turned into search terms where the index is kept. */
export type SearchFields = {
  /** Names and words people remember, in any script. */
  texts: readonly string[];
  /** Telephone numbers, in any writing. */
  phones: readonly string[];
  /** Case numbers, receipt numbers, credit codes. */
  numbers: readonly string[];
};

/** The consumer a record is about: the unit and instant it was taken down, and the number they left. */
export type RecordedConsumer = { unitPath: string; at: string; phone: string | null };

/**
 * A function of a state. Written as a method, because its parameters are then compared both ways: definitions of all
 * kinds stand in one list, and each is called with states of its own kind only.
 */
export type Method<Parameters extends unknown[], Result> = {
  method(...parameters: Parameters): Result;
}['method'];

/**
 * Everything that the rest of the program has to know of one kind of stream. Whatever lists or switches on kinds
 * derives from these definitions, which `streams.ts` collects. Nothing is optional: what a kind does not have it says
 * by `null`, so that nothing can be forgotten. `Rules` are the rules as data by which records are judged, whatever they are,
 * `Counted` is what it adds to the roll-up, and `TaskKind` what may be to be done in it: all follow from the functions given.
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
   * Which members of a payload are the name of a person, a business or a unit, by type of event: dotted paths. None takes
   * an emoji when it is recorded; what is on record already is applied as it is. Null where nothing bears a name.
   */
  names: Readonly<Record<string, readonly string[]>> | null;
  /** The reducer: the next state, a refusal, or that it does not know the event. It says what `State` is. */
  apply(state: State | undefined, fact: Fact, rules: Rules): Ruling<State>;
  /** What a new fact needs besides the record: that a unit exists, that a person belongs there; null for nothing. */
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
  /** Paths of the units whose feeds carry it. `levelOf` gives the level of a unit path; 1 is the lowest. */
  sight(state: NoInfer<State>, levelOf: (path: string) => number): string[];
  /** The unit below which it is known everywhere, besides its sight; for what holds for all units there. */
  holdsBelow: Method<[state: NoInfer<State>], string> | null;
  /** What the rulebook becomes by it, for the kinds that are rules as data. */
  learn: Method<[rules: Rules, state: NoInfer<State>], Rules> | null;
  /** `anyone`: any workstation, as far as its people may. `centreBut`: the centre only, but for these types of event. */
  writtenBy: 'anyone' | { centreBut: readonly string[] };
  /** `first`: units, people and rules, which records are judged and shown by. */
  arrives: 'first' | 'as-record';
  /** What one accepted event adds to the roll-up. */
  deltas: Method<
    [
      before: NoInfer<State> | undefined,
      fact: RecordedFact,
      after: NoInfer<State>,
      context: RollupContext<Rules>,
    ],
    Counted
  > | null;
  /** What may be to be done in it, and what is, at most one of a kind and part; null for a kind in which nothing ever is. */
  tasks: {
    kinds: readonly TaskKind[];
    of: Method<[state: NoInfer<State>, context: TaskContext<Rules>], readonly Task<NoInfer<TaskKind>>[]>;
  } | null;
  /** What a person recognises it by. */
  title(state: NoInfer<State>): string;
  /** What it is found by, and which types of event may change that; null for what nobody searches. */
  search: {
    fields: Method<[state: NoInfer<State>], SearchFields>;
    changedBy: readonly string[] | 'every-event';
  } | null;
  /** The letter in the numbers that workstations give it offline, such as `R` of a return; null for no numbers. */
  numberLetter: Letter;
  /**
   * The consumer, by whose mark repeated complaints are found at the centre, and which types of event may bring their
   * number or another one.
   */
  consumer: { of: Method<[state: NoInfer<State>], RecordedConsumer>; changedBy: readonly string[] } | null;
};

/** Says what a kind of stream is. Returns what it is given, with its types. */
export function defineStream<
  const Kind extends string,
  State extends { id: string },
  const Letter extends string | null,
  // Of what counts nothing, or asks no rules, there is nothing to infer them from.
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

/** What the definitions that count add to the roll-up. */
export type CountedIn<Definition extends StreamDefinition> = Returned<Definition['deltas']>;

/** What may be to be done in records of these definitions. */
export type TaskKindIn<Definition extends StreamDefinition> = NonNullable<
  Definition['tasks']
>['kinds'][number];

/** A state with its kind, so that a switch narrows it. */
export type TaggedState<Definition extends StreamDefinition> = Definition extends StreamDefinition
  ? { kind: Definition['kind']; state: StateIn<Definition> }
  : never;
