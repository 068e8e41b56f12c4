import { uuidv7 } from 'uuidv7';
import { id, today, type Inputs } from '../input-values.ts';

const seen = { id, revision: 1, eventId: uuidv7() };

export const inputs: Inputs<'privacy'> = {
  privacy: {
    list: {},
    get: { id },
    find: { search: '张三' },
    chosen: { records: [{ kind: 'case', id }] },
    receive: {
      privacyId: id,
      what: 'access',
      requester: { name: '张三', phone: '10012345678', as: 'self', authority: null },
      identity: 'id-seen',
      records: [{ kind: 'case', id }],
      wish: '',
    },
    decide: {
      ...seen,
      outcomes: [{ kind: 'case', id, verdict: 'refused', ground: 'not-theirs', text: '' }],
    },
    print: { id },
    answer: { ...seen, manner: 'handed-over', answeredOn: today },
    withdraw: { ...seen, reason: '不再需要' },
    reveal: { id, reason: '电话通知' },
  },
};
