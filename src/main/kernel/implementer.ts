import { implement } from '@orpc/server';
import type { CallsWith } from '../../contract/access.ts';
import type { OpenAccess, StaffAccess } from '../../contract/workstation/base.ts';
import { workstationContract, type WorkstationContract } from '../../contract/workstation/index.ts';
import type { Role } from '../../domain/kernel/event/event.ts';
import { may } from '../../domain/organisation/index.ts';
import { maskAnswer } from '../../domain/streams.ts';
import { admit } from './access.ts';
import type { CallContext } from './parts.ts';
import { toContractError } from './errors.ts';

const openCalls: CallsWith<WorkstationContract, OpenAccess> = workstationContract;
const staffCalls: CallsWith<WorkstationContract, StaffAccess> = workstationContract;

/** The one place where errors are mapped. */
const mapped = async <Result>(
  context: CallContext,
  next: () => PromiseLike<Result> | Result,
): Promise<Result> => {
  const leave = context.gate.enter();
  try {
    return await next();
  } catch (error) {
    throw toContractError(error, (code, text) => context.gate.problem(code, text));
  } finally {
    leave();
  }
};

/**
 * The one place where personal data is masked. What a role may have shown it still asks for by name; names it sees in its work. Bytes
 * pass: what is drawn on a paper is asked for with the right to see it.
 */
const masked = (role: Role | null, answer: unknown): unknown => {
  const shown = { names: role === null || !may(role, 'personal-data.reveal') };
  return isStream(answer) ? maskedStream(answer, shown) : maskAnswer(answer, shown);
};

const isStream = (answer: unknown): answer is AsyncIterable<unknown> =>
  typeof answer === 'object' && answer !== null && Symbol.asyncIterator in answer;

async function* maskedStream(
  answers: AsyncIterable<unknown>,
  shown: { names: boolean },
): AsyncGenerator<unknown> {
  for await (const one of answers) yield maskAnswer(one, shown);
}

/** Calls that anybody may make. */
export const openOs = implement(openCalls)
  .$context<CallContext>()
  .use(({ context, next }) =>
    mapped(context, async () => {
      const answer = await next();
      return { ...answer, output: masked(null, answer.output) };
    }),
  );

/**
 * All other calls: who makes them is judged by what the contract declares, before their input is validated and however
 * they came, and stands in their handlers' context.
 */
export const os = implement(staffCalls)
  .$context<CallContext>()
  .use(({ context, procedure, next }, input) =>
    mapped(context, async () => {
      const { access, whole } = procedure['~orpc'].meta;
      const { staff } = await admit(context, access, input);
      const answer = await next({ context: { staff } });
      return whole === undefined ? { ...answer, output: masked(staff.role, answer.output) } : answer;
    }),
  );
