import { uuidv7 } from 'uuidv7';
import { id, today, type Inputs } from '../input-values.ts';

const recorded = { id, eventId: uuidv7() };
const form = {
  ...recorded,
  recipient: { unitPath: '/HS/B01', name: '合作银行', contact: '0574-00000000' },
  items: ['grade' as const],
  purpose: '申请海个贷',
  manner: 'asked-of-centre' as const,
  from: today,
  until: today,
  signer: {
    name: '王虚构',
    position: '经营者',
    idTail: '123X',
    capacity: 'operator' as const,
    authority: null,
  },
};

export const inputs: Inputs<'finance'> = {
  finance: {
    get: { id },
    licence: { ...recorded, establishedOn: '2020-05-01', seen: 'licence' },
    form,
    grant: { ...form, signature: { manner: 'on-paper', signedOn: today } },
    paper: { consentId: id },
    revoke: {
      consentId: id,
      eventId: uuidv7(),
      revoker: { name: '王虚构', capacity: 'operator' },
      note: '',
    },
    line: { id, line: { type: 'closed', lineId: id, eventId: uuidv7(), on: today } },
    consented: { state: 'open' },
    consent: { consentId: id },
    ask: { consentId: id },
    lend: {
      consentId: id,
      category: null,
      line: { type: 'closed', lineId: id, eventId: uuidv7(), on: today },
    },
    noticePaper: { id },
    notice: { ...recorded, change: 'entered', manner: 'screen', on: today },
  },
};
