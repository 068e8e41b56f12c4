import { administratorOs, deviceOs } from '../kernel/http/implementer.ts';
import { accountOf } from './account.ts';
import { leaseNumbers, returnNumbers, setNumberPattern } from './lease.ts';
import { takeLeases } from './reported.ts';

/** Numbers of documents: leased, told again, given back, accounted for. */
export const numbersHandlers = {
  device: {
    lease: deviceOs.numbers.lease.handler(async ({ context, input }) => {
      const at = { now: context.clock(), epoch: await context.epoch() };
      return { lease: await leaseNumbers(context, context.device, input, at) };
    }),
    tell: deviceOs.numbers.tell.handler(async ({ context, input }) => {
      const at = { now: context.clock(), epoch: await context.epoch() };
      return takeLeases(context, context.device, input, at);
    }),
    return: deviceOs.numbers.return.handler(async ({ context, input }) => {
      await returnNumbers(context, context.device, input, context.clock());
      return { ok: true as const };
    }),
  },
  administrator: {
    setNumberPattern: administratorOs.admin.setNumberPattern.handler(async ({ context, input }) => {
      await setNumberPattern(context.database, input);
      return { ok: true as const };
    }),
    numberAccount: administratorOs.admin.numberAccount.handler(({ context, input }) =>
      accountOf(context.database, input.unitPath, input.year),
    ),
  },
};
