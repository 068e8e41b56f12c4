import { describe, expect, it } from 'vitest';
import type { TestDevice } from '../support/device.ts';
import { mallMediator, MALL, newCase, steps, useCentre } from './setting.ts';

const setting = useCentre();
const DAY = 86_400_000;
const START = Date.parse('2026-11-10T02:00:00.000Z');
const after = (days: number): Date => new Date(START + days * DAY);

/** A case in the mediator's name, recorded on that day by the device's clock: what becomes of it. */
async function sent(device: TestDevice, day: number): Promise<string> {
  const at = after(day).toISOString();
  // Sessions do not last for days.
  await device.signIn();
  const { receipts } = await device.push([
    device.event({ stream: newCase(), actor: mallMediator, ...steps.register(), at }),
  ]);
  return receipts[0]?.refusal?.rule ?? receipts[0]?.status ?? 'nothing';
}

describe('a fact of somebody who was dismissed', () => {
  it('is taken late, but not behind what the device has sent since, whatever its date', async () => {
    const { centre } = setting;
    centre.setNow(after(0));
    const [there, away] = [await setting.device(MALL), await setting.device(MALL)];
    for (const device of [there, away]) expect(await sent(device, 0)).toBe('accepted');
    centre.setNow(after(2));
    await centre.admin.admin.deactivateStaff({ staffId: mallMediator.staffId });
    centre.setNow(after(5));
    expect(await sent(there, 1)).toBe('accepted');
    centre.setNow(after(6));
    expect(await sent(there, 1)).toBe('assignment-ended');
    // The other has had no line since before.
    centre.setNow(after(20));
    expect(await sent(away, 1)).toBe('accepted');
  });
});
