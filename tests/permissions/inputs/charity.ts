import { uuidv7 } from 'uuidv7';
import { id, today, type Inputs } from '../input-values.ts';

const seen = { id, revision: 1, eventId: uuidv7() };

export const inputs: Inputs<'charity'> = {
  charity: {
    list: undefined,
    get: { id },
    open: { charityId: id, name: '天一爱心基金', unitPath: '/HS/C1/M01' },
    act: {
      ...seen,
      action: {
        step: 'donation-received',
        payload: { fen: 10_000, donor: { anonymous: true, name: null }, on: today },
      },
    },
    apply: {
      id,
      applicationId: id,
      application: {
        applicant: { name: '张三', phone: '10012345678', group: 'rider', platform: '虚构外卖' },
        need: 'accident',
        story: '送餐途中摔伤',
        fen: 10_000,
        documents: ['identity'],
      },
    },
    decide: { ...seen, decision: { step: 'charity-approved' } },
    reveal: { id, reason: '电话通知' },
  },
};
