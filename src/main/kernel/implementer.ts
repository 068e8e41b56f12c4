import { implement } from '@orpc/server';
import type { CallsWith } from '../../contract/access.ts';
import type { OpenAccess, StaffAccess } from '../../contract/workstation/base.ts';
import { workstationContract, type WorkstationContract } from '../../contract/workstation/index.ts';
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

/** Calls that anybody may make. */
export const openOs = implement(openCalls)
  .$context<CallContext>()
  .use(({ context, next }) => mapped(context, () => next()));

/**
 * All other calls: who makes them is judged by what the contract declares, before their input is validated and however
 * they came, and stands in their handlers' context.
 */
export const os = implement(staffCalls)
  .$context<CallContext>()
  .use(({ context, procedure, next }, input) =>
    mapped(context, async () => {
      const { access } = procedure['~orpc'].meta;
      const { staff } = await admit(context, access, input);
      return next({ context: { staff } });
    }),
  );
