import { defineStream } from '../kernel/event/stream.ts';
import { applyStaff, staffSchemas } from './staff.ts';

/** A person's account. With its password hash it reaches the workstations of its own units and no others. */
export const staffStream = defineStream({
  kind: 'staff',
  schemas: staffSchemas,
  names: { 'staff-added': ['name'] },
  apply: applyStaff,
  admission: null,
  sight: (state) => [...new Set(state.assignments.map((one) => one.unitPath))],
  holdsBelow: null,
  learn: null,
  writtenBy: { centreBut: ['password-changed'] },
  arrives: 'first',
  deltas: null,
  tasks: null,
  title: (state) => state.name,
  search: null,
  numberLetter: null,
  consumer: null,
});
