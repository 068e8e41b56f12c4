import { defineStream } from '../kernel/event/stream.ts';
import { applyDisclosure, disclosureSchemas, disclosureSight } from './disclosure.ts';

/** What was told of a merchant's credit to bodies outside. */
export const disclosureStream = defineStream({
  kind: 'disclosure',
  schemas: disclosureSchemas,
  names: null,
  apply: applyDisclosure,
  admission: null,
  sight: disclosureSight,
  holdsBelow: null,
  learn: null,
  writtenBy: { centreBut: [] },
  arrives: 'as-record',
  deltas: null,
  tasks: null,
  title: (state) => state.id,
  search: null,
  numberLetter: null,
  consumer: null,
});
