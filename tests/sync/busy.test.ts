import { describe, expect, it } from 'vitest';
import { createCentre } from '../../src/central/centre.ts';
import { useWorkstations } from '../support/live-workstations.ts';
import { CENTRE_KEY } from '../support/postgres.ts';
import { caseInput } from '../support/workstation.ts';

const workstations = useWorkstations();
const MALL = '/HS/C1/M01';

describe('a centre that has as much to do as it takes on', () => {
  it('is asked again after the time it says, and nothing is lost meanwhile', async () => {
    const workstation = await workstations.open('one', MALL, 'mediator-mall');
    await workstation.api.sync.now();
    const busy = await createCentre({
      databaseUrl: workstations.centre.databaseUrl,
      key: CENTRE_KEY,
      capacity: { calls: 0 },
    });
    const { url } = await busy.listen({ host: '127.0.0.1', port: 0 });
    try {
      await workstations.close(workstation);
      const again = await workstations.open('one', MALL, 'mediator-mall', {
        centreUrl: url,
        automaticSync: true,
        undoMs: 0,
      });
      await again.api.cases.register(caseInput());
      await expect.poll(async () => (await again.api.sync.status()).reason).toBe('centre-busy');
      const status = await again.api.sync.status();
      expect(status).toMatchObject({ sign: 'offline', waiting: 1 });
      // It turned every call away, and none of them was begun.
      expect((await workstations.centre.admin.admin.devices()).devices[0]).toMatchObject({ events: 0 });
      await workstations.close(again);
    } finally {
      await busy.close();
    }
    const calm = await workstations.open('one', MALL, 'mediator-mall');
    expect(await calm.api.sync.now()).toMatchObject({ sign: 'proved', waiting: 0 });
  });
});
