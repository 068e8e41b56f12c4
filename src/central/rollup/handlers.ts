import { administratorOs, deviceOs } from '../kernel/http/implementer.ts';
import { readRollup } from './read.ts';

/** Figures of a unit of the device's scope; of any unit for an administrator. */
export const rollupHandlers = {
  device: deviceOs.rollup.handler(({ context, input }) =>
    readRollup(context.database, context.units, input, context.clock(), context.device),
  ),
  administrator: administratorOs.admin.rollup.handler(({ context, input }) =>
    readRollup(context.database, context.units, input, context.clock(), null),
  ),
};
