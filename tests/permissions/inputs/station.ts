import { uuidv7 } from 'uuidv7';
import { id, today, type Inputs } from '../input-values.ts';

const fields = {
  name: '虚构驿站',
  place: '一楼服务台旁',
  opens: '09:00',
  closes: '21:00',
  offers: ['water'],
  note: '',
};
const seen = { id, revision: 1, eventId: uuidv7() };

export const inputs: Inputs<'stations'> = {
  stations: {
    list: undefined,
    open: { ...fields, stationId: id, unitPath: '/HS/C1' },
    change: { ...seen, fields },
    close: { ...seen, on: today, reason: '撤柜' },
  },
};
