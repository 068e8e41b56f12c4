import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { enrolTestDevice } from '../support/device.ts';
import {
  codeFor,
  createTestDistrict,
  startDistrictCentre,
  startTestCentre,
  startTestServer,
  type TestCentre,
  type TestServer,
} from '../support/postgres.ts';
import { CIRCLE, DISTRICT, MALL, PASSWORD_HASH, SECOND_MALL, SHOP } from './setting.ts';

let server: TestServer;
beforeAll(async () => {
  server = await startTestServer();
});
afterAll(() => server.stop());

/** What a workstation of each unit hears of the district, but for what no two districts share. */
async function heard(centre: TestCentre) {
  return Promise.all(
    [SHOP, MALL, SECOND_MALL, CIRCLE, DISTRICT].map(async (unitPath) => {
      const device = await enrolTestDevice({ url: centre.url, code: await codeFor(centre, unitPath) });
      const { items } = await device.feed();
      return items
        .map(({ status, event }) => ({ status, event }))
        .filter(({ event }) => event.type !== 'workstation-enrolled')
        .map(({ status, event }) => ({
          status,
          type: event.type,
          stream: event.stream,
          payload: JSON.stringify(event.payload).replace(/\$argon2id\$[^"]+/, 'a hash'),
        }));
    }),
  );
}

describe('the district that tests begin with', () => {
  it('is the one that an administrator makes over HTTP', async () => {
    const [made, copied] = await Promise.all([
      startTestCentre(server.server),
      startDistrictCentre(server.server),
    ]);
    try {
      await createTestDistrict(made, PASSWORD_HASH);
      const all = await heard(copied);
      expect(all).toEqual(await heard(made));
      expect(all.map((items) => items.some(({ type }) => type === 'staff-added'))).toEqual(
        all.map(() => true),
      );
    } finally {
      await made.stop();
      await copied.stop();
    }
  });
});
