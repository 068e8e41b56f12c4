import { defineStream } from '../kernel/event/stream.ts';
import { recordsOfStreet, recordsOfStorefront, refusalOfStreet, refusalOfStorefront } from './admission.ts';
import { streetDeltas, storefrontDeltas } from './deltas.ts';
import { streetSchemas, storefrontSchemas } from './events.ts';
import { applyStorefront, storefrontSight } from './storefront.ts';
import { applyStreet, streetSight } from './street.ts';
import { STREET_TASKS, storefrontTasks } from './tasks.ts';

const RECORD = {
  holdsBelow: null,
  learn: null,
  writtenBy: 'anyone',
  arrives: 'as-record',
  search: null,
  numberLetter: null,
  consumer: null,
} as const;

/** A priced-clearly street. */
export const streetStream = defineStream({
  ...RECORD,
  kind: 'street',
  schemas: streetSchemas,
  names: { 'street-opened': ['name'] },
  apply: applyStreet,
  admission: { people: () => [], records: recordsOfStreet, refusal: refusalOfStreet },
  sight: streetSight,
  deltas: streetDeltas,
  tasks: null,
  title: (state) => state.name,
});

/** One shop on a street, with its visits and its plaque. */
export const storefrontStream = defineStream({
  ...RECORD,
  kind: 'storefront',
  schemas: storefrontSchemas,
  names: { 'shop-joined': ['streetName', 'merchantName'] },
  apply: applyStorefront,
  admission: { people: () => [], records: recordsOfStorefront, refusal: refusalOfStorefront },
  sight: storefrontSight,
  deltas: storefrontDeltas,
  tasks: { kinds: STREET_TASKS, of: storefrontTasks },
  title: (state) => state.merchantName,
});
