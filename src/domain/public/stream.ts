import { defineStream } from '../kernel/event/stream.ts';
import { applyPublic, publicSchemas, publicSight, refusalOfPublicFact } from './publication.ts';

/** What the public sees of a circle's merchants. */
export const publicStream = defineStream({
  kind: 'public',
  schemas: publicSchemas,
  names: null,
  apply: applyPublic,
  admission: { people: () => [], records: () => [], refusal: refusalOfPublicFact },
  sight: publicSight,
  holdsBelow: null,
  learn: null,
  writtenBy: 'anyone',
  arrives: 'as-record',
  deltas: null,
  tasks: null,
  title: (state) => state.id,
  search: null,
  numberLetter: null,
  consumer: null,
});
