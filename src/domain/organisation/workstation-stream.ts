import { defineStream } from '../kernel/event/stream.ts';
import { applyWorkstation, workstationSchemas } from './workstation.ts';

/** An enrolled installation. */
export const workstationStream = defineStream({
  kind: 'workstation',
  schemas: workstationSchemas,
  names: { 'workstation-enrolled': ['name'] },
  apply: applyWorkstation,
  admission: null,
  sight: (state) => [state.unitPath],
  holdsBelow: null,
  learn: null,
  writtenBy: { centreBut: [] },
  arrives: 'first',
  deltas: null,
  tasks: null,
  title: (state) => state.name,
  search: null,
  numberLetter: null,
  consumer: null,
});
