import { administratorOs } from '../kernel/http/implementer.ts';
import { importCalendarYear, publishProcedure, readProcedures } from './procedures.ts';

/** A district's rules that are data. */
export const procedureHandlers = {
  publishProcedure: administratorOs.admin.publishProcedure.handler(({ context, input }) =>
    publishProcedure(context, input, context.clock()),
  ),
  procedures: administratorOs.admin.procedures.handler(({ context, input }) =>
    readProcedures(context.database, context.units, input, context.clock()),
  ),
  importCalendarYear: administratorOs.admin.importCalendarYear.handler(({ context, input }) =>
    importCalendarYear(context, input, context.clock()),
  ),
};
