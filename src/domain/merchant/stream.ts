import { defineStream } from '../kernel/event/stream.ts';
import { merchantsNamed, refusalOfMerchantFact } from './admission.ts';
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
  admission: { people: () => [], records: merchantsNamed, refusal: refusalOfMerchantFact },
  sight: merchantSight,
  holdsBelow: null,
  learn: null,
  writtenBy: 'anyone',
  arrives: 'as-record',
  deltas: null,
  tasks: null,
  title: (state) => state.name,
  search: {
    fields: (state) => ({
      texts: [state.name, ...(state.contacts ?? []).map((one) => one.name)],
      phones: [state.phone, ...(state.contacts ?? []).map((one) => one.phone)].filter((one) => one !== null),
      numbers: [...(state.creditCode === null ? [] : [state.creditCode]), ...(state.aliases ?? [])],
    }),
    changedBy: 'every-event',
  },
  numberLetter: null,
  consumer: null,
});
