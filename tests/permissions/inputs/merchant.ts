import { uuidv7 } from 'uuidv7';
import { id, today, type Inputs } from '../input-values.ts';

const merchant = {
  name: '虚构服饰店',
  creditCode: null,
  category: 'enterprise' as const,
  address: null,
  contactName: null,
  phone: null,
};

const commitment = {
  windowDays: 7,
  startRule: 'day-after' as const,
  goods: null,
  excludedGoods: [],
  conditions: null,
  giftRule: 'returned' as const,
  freightRule: 'consumer' as const,
  group: null,
  effectiveFrom: today,
  note: null,
};

export const inputs: Inputs<'merchants'> = {
  merchants: {
    list: {},
    get: { id },
    register: { merchantId: id, ...merchant, unitPath: '/HS/C1/M01' },
    update: { id, revision: 1, fields: merchant },
    propose: { id, revision: 1, commitment },
    confirmProposal: { id, revision: 1, commitmentId: id, effectiveFrom: today },
    refuseProposal: { id, revision: 1, commitmentId: id, reason: '期限过短' },
    duplicates: undefined,
    merge: { id, revision: 1, intoId: id },
    unmerge: { id, revision: 1, intoId: id },
    move: {
      id,
      revision: 1,
      fromPath: '/HS/C1/M01',
      toPath: '/HS/C1/M01/S001',
      movedOn: today,
      address: null,
    },
    endCommitment: { id, revision: 1, commitmentId: id, effectiveTo: today },
    coverage: undefined,
    card: { id, commitmentId: id, size: 'A5' },
    replaceCode: { id, code: '0123456789ABCDEFGHJK', eventId: uuidv7() },
    units: undefined,
  },
};
