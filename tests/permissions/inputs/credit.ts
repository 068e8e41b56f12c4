import { uuidv7 } from 'uuidv7';
import { id, type Inputs } from '../input-values.ts';

export const inputs: Inputs<'credits'> = {
  credits: {
    get: { id },
    list: {},
    figures: { path: '/HS/C1/M01', month: '2026-01' },
    notice: { id },
    policy: undefined,
    sendPolicy: { policy: {}, dryRun: true },
    record: {
      id,
      revision: 0,
      eventId: uuidv7(),
      fact: { type: 'reply-given', payload: { text: '说明' } },
    },
  },
};
