import { uuidv7 } from 'uuidv7';
import type { Inputs } from '../input-values.ts';

export const inputs: Inputs<'publication'> = {
  publication: {
    circles: undefined,
    decide: { circlePath: '/HS/C1', grades: true, reason: '商圈决定公布', revision: 0, eventId: uuidv7() },
  },
};
