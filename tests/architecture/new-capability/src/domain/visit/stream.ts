import { defineStream } from '../kernel/event/stream.ts';
import { applyVisit, visitDeltas, visitSchemas, visitSight } from './visit.ts';

/** A visit that a unit's people paid to a shop. */
export const visitStream = defineStream({
  kind: 'visit',
  schemas: visitSchemas,
  names: { 'visit-recorded': ['shopName'] },
  apply: applyVisit,
  admission: null,
  sight: visitSight,
  holdsBelow: null,
  learn: null,
  writtenBy: 'anyone',
  arrives: 'as-record',
  deltas: visitDeltas,
  tasks: null,
  title: (state) => state.shopName,
  search: {
    fields: (state) => ({ texts: [state.shopName, state.note], phones: [], numbers: [] }),
    changedBy: [],
  },
  numberLetter: null,
  consumer: null,
});
