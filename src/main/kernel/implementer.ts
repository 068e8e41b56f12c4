import { implement } from '@orpc/server';
import { workstationContract } from '../../contract/workstation/index.ts';
import type { CallContext } from './desk.ts';
import { toContractError } from './errors.ts';

/** The contract bound to a call's context, with the one place where errors are mapped. */
export const os = implement(workstationContract)
  .$context<CallContext>()
  .use(async ({ context, next }) => {
    try {
      return await next();
    } catch (error) {
      throw toContractError(error, (code, text) => context.desk.problem(code, text));
    }
  });
