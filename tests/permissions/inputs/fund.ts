import { uuidv7 } from 'uuidv7';
import { id, today, type Inputs } from '../input-values.ts';

const policy = {
  number: 'NB-2026-0001',
  insurer: '虚构财产保险',
  unitPath: '/HS/C1/M01',
  from: today,
  to: today,
  sumFen: 20_000_000,
  premiumFen: 600_000,
  ratePerMille: 100,
  perCaseFen: 50_000,
  merchantIds: null,
  goods: null,
};

export const inputs: Inputs<'funds'> = {
  funds: {
    list: undefined,
    get: { id },
    open: { fundId: id, name: '先行赔付金', unitPath: '/HS/C1/M01', floorFen: 0 },
    act: {
      id,
      revision: 1,
      eventId: uuidv7(),
      action: { step: 'advance-approved', payload: { advanceId: id } },
    },
    policy: { id },
    takePolicy: { policyId: id, ...policy },
    claim: {
      id,
      revision: 1,
      eventId: uuidv7(),
      action: { step: 'claim-filed', payload: { returnId: id, on: today } },
    },
  },
};
