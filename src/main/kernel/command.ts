import { requireIdentity, type StaffContext } from './parts.ts';
import { serviceError } from './errors.ts';
import { appendLocal, type NewFact, type Writer } from './store/index.ts';

/** What a command comes to: the facts to record, all or none, and what its caller is told. */
export type Decision<Result> = { facts: NewFact[]; result: Result };

/**
 * Declares a command. Who may call it, within which scope, and the schema of its payload stand in the contract under the
 * command's own name, and are checked before it begins. Here stand what it reads and what it decides: `context` reads
 * inside the write transaction whatever the decision rests on, draws numbers and keeps files, so that nothing can change
 * between the look and the deed; `decide` makes facts of that and touches nothing. Whether these facts are legal the
 * domain judges, by `admitFact`, in the same transaction, as the centre will when it receives them.
 * @returns the command, which records in the name of the signed-in person and tells the sync. It throws NOT_SIGNED_IN,
 * NOT_ENROLLED, RULE, CONFLICT, and what `context` throws; then nothing is saved.
 */
export function command<Payload, Context, Result>(declared: {
  context(writer: Writer, call: StaffContext, payload: Payload): Promise<Context>;
  decide(payload: Payload, context: Context): Decision<Result>;
}): (call: StaffContext, payload: Payload) => Promise<Result> {
  return async (call, payload) => {
    const { workstation, staff } = call;
    // An import goes on for minutes; whoever signs out stops what is still to be recorded in their name.
    if (call.client.staff?.staffId !== staff.staffId) throw serviceError('NOT_SIGNED_IN');
    requireIdentity(call);
    const { facts, result } = await workstation.store.write(async (writer) => {
      // Asked inside: the identity may be replaced while this waits for its turn.
      const { deviceId, unitPath } = requireIdentity(call);
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
}

/** The context of a command that decides by its payload alone. */
export const noContext = async (): Promise<null> => null;
