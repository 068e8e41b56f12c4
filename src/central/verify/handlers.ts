import { administratorOs } from '../kernel/http/implementer.ts';
import type { ConsumerMarks } from '../repeats/index.ts';
import { verifyInvariants } from './index.ts';

/** Whether what the database holds is what its log leads to. */
export const verifyHandlers = (marks: ConsumerMarks) => ({
  verify: administratorOs.admin.verify.handler(async ({ context }) => ({
    invariants: await verifyInvariants(context.database, context.units, marks),
  })),
});
