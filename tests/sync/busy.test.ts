import { describe, expect, it } from 'vitest';
import { createCentre } from '../../src/central/centre.ts';
import { useDesks } from '../support/desks.ts';
import { caseInput } from '../support/workstation.ts';

const desks = useDesks();
const MALL = '/HS/C1/M01';

describe('a centre that has as much to do as it takes on', () => {
  it('is asked again after the time it says, and nothing is lost meanwhile', async () => {
    const desk = await desks.open('one', MALL, 'mediator-mall');
    await desk.api.sync.now();
    const busy = await createCentre({ databaseUrl: desks.centre.databaseUrl, capacity: { calls: 0 } });
    const { url } = await busy.listen({ host: '127.0.0.1', port: 0 });
    try {
      await desks.close(desk);
      const again = await desks.open('one', MALL, 'mediator-mall', {
        centreUrl: url,
        automaticSync: true,
        undoMs: 0,
      });
      await again.api.cases.register(caseInput());
      await expect.poll(async () => (await again.api.sync.status()).reason).toBe('centre-busy');
      const status = await again.api.sync.status();
      expect(status).toMatchObject({ sign: 'offline', waiting: 1 });
      // It turned every call away, and none of them was begun.
      expect((await desks.centre.admin.admin.devices()).devices[0]).toMatchObject({ events: 0 });
      await desks.close(again);
    } finally {
      await busy.close();
    }
    const calm = await desks.open('one', MALL, 'mediator-mall');
    expect(await calm.api.sync.now()).toMatchObject({ sign: 'proved', waiting: 0 });
  });
});
