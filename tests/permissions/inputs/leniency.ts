import { uuidv7 } from 'uuidv7';
import { id, today, type Inputs } from '../input-values.ts';

export const inputs: Inputs<'leniency'> = {
  leniency: {
    list: undefined,
    form: { merchantId: id },
    decide: {
      eventId: uuidv7(),
      merchantId: id,
      item: 'price-unmarked',
      source: { kind: 'guidance', id, part: null },
      violatedOn: today,
      facts: '价签缺失',
      harm: 'slight',
      harmGround: '无投诉',
      correctBy: today,
      correctedOn: today,
      correctGround: '当场改正',
      lookedAt: [],
      lenient: true,
      number: '虚市监不罚〔2026〕1号',
    },
    act: {
      id,
      revision: 1,
      eventId: uuidv7(),
      action: { step: 'leniency-withdrawn', payload: { decisionId: id, reason: '有误' } },
    },
    print: { id, decisionId: id },
  },
};
