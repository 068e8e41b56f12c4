import { defineStream } from '../kernel/event/stream.ts';
import {
  recordsOfApplication,
  recordsOfCharity,
  refusalOfApplication,
  refusalOfCharity,
} from './admission.ts';
import { applyCharityApplication, charityApplicationSight } from './application.ts';
import { applyCharity, charitySight } from './charity.ts';
import { charityApplicationDeltas, charityDeltas } from './deltas.ts';
import { charityApplicationSchemas, charitySchemas } from './events.ts';

/** A Love Fund with its account. */
export const charityStream = defineStream({
  kind: 'charity',
  schemas: charitySchemas,
  names: { 'charity-opened': ['name'], 'donation-received': ['donor.name'] },
  apply: applyCharity,
  admission: { people: () => [], records: recordsOfCharity, refusal: refusalOfCharity },
  sight: charitySight,
  holdsBelow: null,
  learn: null,
  writtenBy: 'anyone',
  arrives: 'as-record',
  deltas: charityDeltas,
  tasks: null,
  title: (state) => state.name,
  search: null,
  numberLetter: null,
  consumer: null,
});

/** An application to a Love Fund. */
export const charityApplicationStream = defineStream({
  kind: 'charity-application',
  schemas: charityApplicationSchemas,
  names: { 'charity-applied': ['applicant.name', 'applicant.platform'] },
  apply: applyCharityApplication,
  admission: { people: () => [], records: recordsOfApplication, refusal: refusalOfApplication },
  sight: charityApplicationSight,
  holdsBelow: null,
  learn: null,
  writtenBy: 'anyone',
  arrives: 'as-record',
  deltas: charityApplicationDeltas,
  tasks: null,
  title: (state) => state.applicant.name,
  search: null,
  numberLetter: null,
  consumer: null,
});
