import { isDeepStrictEqual } from 'node:util';
import type { StreamKind } from '../../domain/streams.ts';
import { plainValue } from '../../domain/kernel/text/index.ts';
import { requireIdentity, type StaffContext } from './parts.ts';
import { serviceError } from './errors.ts';
import { appendLocal, findRecorded, RevisionMoved, RuleRefused } from './store/index.ts';
import type { NewFact, Recorded, RecordedAs, Writer } from './store/index.ts';

/** What a command comes to: the facts to record, all or none, and what its caller is told. */
export type Decision<Result> = { facts: NewFact[]; result: Result };

/** How the same save once more is known, whose answer was lost: by what it had recorded under the form's id. */
export type Once<Payload, Result> = {
  /** The fact's id, or the record's that the fact began; null where the form gave none. */
  id(payload: Payload): RecordedAs | null;
  /** What the first save was answered. @throws RULE saved-already when that was another save: see `requireSame` */
  again(recorded: Recorded, payload: Payload): Result;
};

/**
 * Refuses a save under an id that something else was recorded under: what stands in the form now would be lost without a
 * word. @throws RULE saved-already
 */
export function requireSame(recorded: unknown, now: unknown): void {
  if (!isDeepStrictEqual(plain(recorded), plain(now))) throw new RuleRefused({ rule: 'saved-already' });
}

/** What a save meets that was recorded before: its record is there or has moved on, or its id is taken. */
function mayBeRepeated(error: unknown): boolean {
  const taken = error instanceof Error && 'code' in error && error.code === 'SQLITE_CONSTRAINT';
  return taken || error instanceof RuleRefused || error instanceof RevisionMoved;
}

/** As JSON keeps it: what is undefined is not there. */
const plain = (value: unknown): unknown => JSON.parse(JSON.stringify(value)) as unknown;

/**
 * Declares a command. Who may call it, within which scope, and the schema of its payload stand in the contract under the
 * command's own name, and are checked before it begins. Here stand what it reads and what it decides: `context` reads
 * inside the write transaction whatever the decision rests on, draws numbers and keeps files, so that nothing can change
 * between the look and the deed; `decide` makes facts of that and touches nothing. Whether these facts are legal the
 * domain judges, by `admitFact`, in the same transaction, as the centre will when it receives them. `once` makes the same
 * save once more, after a lost answer or a crash, no second record and no conflict with itself.
 * @returns the command, which records in the name of the signed-in person and tells the sync. It throws NOT_SIGNED_IN,
 * NOT_ENROLLED, RULE, CONFLICT, and what `context` and `again` throw; then nothing is saved.
 */
export function command<Payload, Context, Result>(declared: {
  context(writer: Writer, call: StaffContext, payload: Payload): Promise<Context>;
  decide(payload: Payload, context: Context): Decision<Result>;
  once?: Once<Payload, Result>;
}): (call: StaffContext, payload: Payload) => Promise<Result> {
  const record = async (call: StaffContext, payload: Payload): Promise<Result> => {
    const { workstation, staff } = call;
    // An import goes on for minutes; whoever signs out stops what is still to be recorded in their name.
    if (call.client.staff?.staffId !== staff.staffId) throw serviceError('NOT_SIGNED_IN');
    requireIdentity(call);
    if (workstation.readOnly) throw new RuleRefused({ rule: 'workstation-read-only' });
    if (workstation.standing.revoked()) throw new RuleRefused({ rule: 'workstation-revoked' });
    const { facts, result } = await workstation.store.write(async (writer) => {
      // Asked inside: the identity may be replaced while this waits for its turn.
      const { deviceId, unitPath } = requireIdentity(call);
      // And so may the account have been, by a fact that came before this one.
      await workstation.sessions.require(call.client, writer);
      const decision = declared.decide(payload, await declared.context(writer, call, payload));
      if (decision.facts.length === 0) return decision;
      const { staffId, name, role } = staff;
      const actor = { staffId, name, role, unitPath: staff.unitPath };
      const at = workstation.clock().toISOString();
      await appendLocal(
        writer,
        { device: deviceId, actor, unitPath, at },
        decision.facts,
        workstation.directory,
      );
      return decision;
    });
    if (facts.length > 0) workstation.sync.recorded();
    return result;
  };
  return async (call, entered) => {
    // Copied text brings along what nobody sees.
    const payload = plainValue(entered);
    try {
      return await record(call, payload);
    } catch (error) {
      // Asked afterwards, since it hardly ever happens: what is there already cannot be recorded again.
      const { once } = declared;
      const id = once && mayBeRepeated(error) ? once.id(payload) : null;
      const recorded = id && (await findRecorded(call.workstation.store.read, id));
      if (!once || !recorded) throw error;
      return once.again(recorded, payload);
    }
  };
}

/** A step of a record that is there, as a form brings it: under `eventId`, on the record as it was at `revision`. */
export type Step = {
  id: string;
  revision: number;
  eventId: string;
  action: { step: string; payload: object };
};

/**
 * Declares the command that records one step of a record of this kind. `payloadOf` makes the event's payload, which holds what was typed;
 * without it the payload is what was typed.
 */
export function stepCommand<Acted extends Step>(
  kind: StreamKind,
  payloadOf?: (writer: Writer, call: StaffContext, acted: Acted) => Promise<object>,
): (call: StaffContext, acted: Acted) => Promise<void> {
  return command({
    context: payloadOf ?? (async (_writer: Writer, _call: StaffContext, { action }: Acted) => action.payload),
    decide: ({ id, revision, eventId, action }, payload) => ({
      facts: [
        {
          id: eventId,
          stream: { kind, id },
          type: action.step,
          version: 1,
          payload,
          expectedRevision: revision,
        },
      ],
      result: undefined,
    }),
    once: {
      id: ({ eventId }) => ({ event: eventId }),
      again: ({ stream, type, payload }, { id, action }) => {
        const typed = payloadOf === undefined ? action.payload : { ...Object(payload), ...action.payload };
        requireSame([stream.id, type, payload], [id, action.step, typed]);
      },
    },
  });
}

/** The context of a command that decides by its payload alone. */
export const noContext = async (): Promise<null> => null;
