import { uuidv7 } from 'uuidv7';
import { defaultPlan } from '../../../src/domain/inspection/index.ts';
import { id, today, type Inputs } from '../input-values.ts';

const unitPath = '/HS/C1/M01';
const seen = { id, revision: 1, eventId: uuidv7() };

export const inputs: Inputs<'inspections'> = {
  inspections: {
    plan: undefined,
    publishPlan: {
      eventId: uuidv7(),
      version: 2,
      plan: { ...defaultPlan, effectiveFrom: '2099-01-01' },
    },
    preview: { unitPath },
    draws: undefined,
    draw: { id },
    prepare: { drawId: id, unitPath, drawerSeed: '4711' },
    act: { ...seen, action: { step: 'draw-abandoned', payload: { reason: '单位选错' } } },
    verify: { id },
    guidances: undefined,
    offer: {
      guidanceId: id,
      merchantId: id,
      subject: '明码标价',
      slots: ['2099-01-05T02:00:00.000Z'],
      drawId: null,
    },
    guide: { ...seen, action: { step: 'guidance-cancelled', payload: { reason: '歇业' } } },
    commendations: undefined,
    commendable: { unitPath, month: '2026-02', months: 6 },
    commend: { commendationId: id, unitPath, month: '2026-02', months: 6, leftOff: [] },
    withdraw: { ...seen, payload: { merchantId: id, reason: '处罚' } },
    attention: undefined,
    push: {
      attentionId: id,
      ownerPath: unitPath,
      from: '2026-01-01',
      to: '2026-02-28',
      least: 3,
      merchants: [{ merchantId: id, name: '虚构服饰店', count: 3 }],
      dueOn: today,
      text: '请整改',
    },
    attend: { ...seen, action: { step: 'attention-taken', payload: {} } },
    export: { format: 'xlsx', of: { view: 'grades', unitPath } },
  },
};
