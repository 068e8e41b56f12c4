import { uuidv7 } from 'uuidv7';
import { id, today, type Inputs } from '../input-values.ts';

const off = { kind: 'percent' as const, percent: 15 };

export const inputs: Inputs<'alliance'> = {
  alliance: {
    list: undefined,
    get: { id },
    join: { merchantId: id, eventId: uuidv7() },
    act: {
      id,
      revision: 1,
      eventId: uuidv7(),
      action: {
        step: 'discount-offered',
        payload: { what: '全场服饰', off, from: today, until: today, level: 1 },
      },
    },
    check: {
      id,
      checkId: uuidv7(),
      discountId: id,
      citizenId: '330203199001010014',
      consented: true,
    },
    use: { checkId: id, eventId: uuidv7() },
  },
};
