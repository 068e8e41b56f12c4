import { defineStream } from '../kernel/event/stream.ts';
import { ancestorsAndSelf, applyUnit, unitSchemas } from './unit.ts';

/** A unit of the organisation. The centre also shows it to the units below and beside it, which only it knows. */
export const unitStream = defineStream({
  kind: 'unit',
  schemas: unitSchemas,
  names: { 'unit-created': ['name'], 'unit-renamed': ['name'] },
  apply: applyUnit,
  admission: null,
  sight: (state) => ancestorsAndSelf(state.path),
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
