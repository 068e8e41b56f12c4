import { administratorOs, personOs } from '../kernel/http/implementer.ts';
import { checkCitizen } from './check.ts';
import { importStanding } from './standing.ts';

/** Whether citizens qualify for discounts, and the standing by which they do. */
export const allianceHandlers = {
  person: personOs.checkCitizen.handler(({ context, input }) =>
    checkCitizen(context, context, input, context.clock()),
  ),
  administrator: {
    importStanding: administratorOs.admin.importStanding.handler(({ context, input }) =>
      importStanding(context, input, context.clock()),
    ),
  },
};
