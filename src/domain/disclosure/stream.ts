import { defineStream } from '../kernel/event/stream.ts';
import { consentsOfDisclosure, disclosureDeltas, refusalOfDisclosure } from './admission.ts';
import { applyDisclosure, disclosureSchemas, disclosureSight } from './disclosure.ts';

/** What was told of a merchant's credit to bodies outside. */
export const disclosureStream = defineStream({
  kind: 'disclosure',
  schemas: disclosureSchemas,
  names: { 'data-disclosed': ['recipient.name'], 'data-refused': ['recipient.name'] },
  apply: applyDisclosure,
  admission: { people: () => [], records: consentsOfDisclosure, refusal: refusalOfDisclosure },
  sight: disclosureSight,
  holdsBelow: null,
  learn: null,
  writtenBy: { centreBut: [] },
  arrives: 'as-record',
  deltas: disclosureDeltas,
  tasks: null,
  title: (state) => state.id,
  search: null,
  numberLetter: null,
  consumer: null,
});
