import { uuidv7 } from 'uuidv7';
import { id, type Inputs } from '../input-values.ts';

export const inputs: Inputs<'credits'> = {
  credits: {
    get: { id },
    list: {},
    record: {
      id,
      revision: 0,
      eventId: uuidv7(),
      fact: { type: 'reply-given', payload: { text: '说明' } },
    },
  },
};
