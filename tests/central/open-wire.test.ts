import { describe, expect, it } from 'vitest';
import { MALL, mallMediator, newCase, steps, useCentre } from './setting.ts';

const setting = useCentre();

describe('a push from a newer release', () => {
  it('with a record of an unknown kind between two known ones is stored whole', async () => {
    const device = await setting.device(MALL);
    const actor = mallMediator;
    const grade = { type: 'grade-given', payload: { grade: 'A' } };
    const events = [
      device.event({ stream: newCase(), ...steps.register(), actor }),
      device.event({ stream: { kind: 'grade', id: 'grade-1' }, ...grade, actor }),
      device.event({ stream: newCase(), ...steps.register(), actor }),
    ];
    const { receipts, head } = await device.push(events);
    expect(receipts.map((one) => one.status)).toEqual(['accepted', 'unknown', 'accepted']);
    expect(head.sequence).toBe(3);
  });
});
