import { defineStream } from '../kernel/event/stream.ts';
import { applyProcedure, procedureSchemas } from './published.ts';
import { withProcedure } from './rulebook.ts';

/** The procedures published for a topmost unit and all below it. */
export const procedureStream = defineStream({
  kind: 'procedure',
  schemas: procedureSchemas,
  names: null,
  apply: applyProcedure,
  admission: null,
  sight: (state) => [state.unitPath],
  holdsBelow: (state) => state.unitPath,
  learn: withProcedure,
  writtenBy: { centreBut: [] },
  arrives: 'first',
  deltas: null,
  tasks: null,
  title: (state) => state.id,
  search: null,
  numberLetter: null,
  consumer: null,
});
