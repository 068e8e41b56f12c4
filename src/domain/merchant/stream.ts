import { defineStream } from '../kernel/event/stream.ts';
import { refusalOfCommitmentFact } from './notice.ts';
import { applyMerchant, merchantSchemas, merchantSight } from './merchant.ts';

/** A merchant and what it has promised. */
export const merchantStream = defineStream({
  kind: 'merchant',
  schemas: merchantSchemas,
  names: {
    'merchant-registered': ['name', 'contactName'],
    'merchant-updated': ['name', 'contactName'],
    'commitment-proposed': ['group.name'],
  },
  apply: applyMerchant,
  admission: { people: () => [], refusal: refusalOfCommitmentFact },
  sight: merchantSight,
  holdsBelow: null,
  learn: null,
  writtenBy: 'anyone',
  arrives: 'as-record',
  deltas: null,
  title: (state) => state.name,
  search: {
    fields: (state) => ({
      texts: [state.name],
      phones: state.phone === null ? [] : [state.phone],
      numbers: state.creditCode === null ? [] : [state.creditCode],
    }),
    changedBy: 'every-event',
  },
  numberLetter: null,
  consumer: null,
});
