import { administratorOs, deviceOs } from '../kernel/http/implementer.ts';
import { readFigures } from './read-figures.ts';
import { readRollup } from './read.ts';

/** Figures of a unit of the device's scope; of any unit for an administrator. */
export const rollupHandlers = {
  device: deviceOs.rollup.handler(({ context, input }) =>
    readRollup(context.database, context.units, input, context.clock(), context.device),
  ),
  /** Figures by department. */
  figures: deviceOs.figures.handler(({ context, input }) =>
    readFigures(context.database, context.units, input, context.clock(), context.device),
  ),
  administrator: administratorOs.admin.rollup.handler(({ context, input }) =>
    readRollup(context.database, context.units, input, context.clock(), null),
  ),
  figuresForAdministrator: administratorOs.admin.figures.handler(({ context, input }) =>
    readFigures(context.database, context.units, input, context.clock(), null),
  ),
};
