import { uuidv7 } from 'uuidv7';
import { id, today, type Inputs } from '../input-values.ts';

export const inputs: Inputs<'streets'> = {
  streets: {
    list: undefined,
    get: { id },
    shop: { merchantId: id },
    open: { streetId: id, name: '虚构街', unitPath: '/HS/C1' },
    join: { eventId: uuidv7(), streetId: id, merchantId: id },
    patrol: {
      patrolId: uuidv7(),
      streetId: id,
      on: today,
      shops: [
        {
          merchantId: id,
          answers: [{ item: 'label', answer: 'met', note: '', photos: [] }],
          findings: '',
          recheckOn: null,
        },
      ],
    },
    act: {
      merchantId: id,
      revision: 1,
      eventId: uuidv7(),
      action: { step: 'plaque-withdrawn', payload: { on: today, reason: '复查' } },
    },
    keepPhoto: { name: 'IMG_0001.jpg', base64: '/9j/4AAQSkZJRg==' },
    openPhoto: { merchantId: id, sha256: 'a'.repeat(64) },
  },
};
