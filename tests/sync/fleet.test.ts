import { sql } from 'kysely';
import { describe, expect, it } from 'vitest';
import { useWorkstations } from '../support/live-workstations.ts';
import { caseInput } from '../support/workstation.ts';

const workstations = useWorkstations();
const MALL = '/HS/C1/M01';
const SHOP = '/HS/C1/M01/S001';

const fleetOf = async () => (await workstations.centre.admin.admin.fleet({})).stations;
const eventsOf = async (deviceId: string): Promise<{ type: string; payload: unknown }[]> => {
  const { rows } = await sql<{ type: string; payload: string }>`
    SELECT type, payload FROM event WHERE stream_kind = 'workstation' AND stream_id = ${deviceId}
    ORDER BY position`.execute(workstations.centre.centre.database);
  return rows.map(({ type, payload }) => ({ type, payload: JSON.parse(payload) as unknown }));
};
const noneBroken = async (): Promise<void> => {
  const { invariants } = await workstations.centre.admin.admin.verify();
  expect(invariants.filter(({ broken }) => broken > 0)).toEqual([]);
};

describe('the fleet', () => {
  it('shows what waits and since when, release, clock, and what needs a person', async () => {
    const workstation = await workstations.open('one', MALL, 'mediator-mall', {
      clock: () => new Date(Date.now() + 10 * 60_000),
    });
    await workstation.api.cases.register(caseInput());
    expect(await fleetOf()).toMatchObject([{ deviceId: workstation.deviceId, events: 0 }]);
    await workstation.api.sync.now();
    const [station] = await fleetOf();
    expect(station).toMatchObject({
      unitPath: MALL,
      unitName: 'M01（测试）',
      silent: false,
      events: 1,
      feedLag: 0,
      resync: null,
      report: { release: '0.1.0', sign: 'proved', reason: null, waiting: 0, rejected: 0, quarantined: 0 },
    });
    expect(Math.round((station?.report?.clockOffsetMs ?? 0) / 60_000)).toBe(10);

    // A fact that this release cannot apply is set aside, and the centre hears of it.
    await workstation.running.parts.store.write((writer) =>
      writer
        .updateTable('event')
        .set({ status: 'quarantined' })
        .where('type', '=', 'case-registered')
        .execute(),
    );
    await workstation.api.sync.now();
    expect((await fleetOf())[0]?.report).toMatchObject({
      sign: 'attention',
      quarantined: 1,
      signIns: { failed: 0, lastFailedAt: null },
    });

    const { api } = workstation.running.connect();
    const wrong = api.session.signIn({ staffId: 'mediator-mall', password: 'a guess' });
    await expect(wrong).rejects.toMatchObject({ code: 'SIGN_IN_FAILED' });
    await workstation.api.sync.now();
    expect((await fleetOf())[0]?.report?.signIns).toEqual({
      failed: 1,
      lastFailedAt: expect.stringMatching(/^\d{4}-/),
    });
  });

  it('says what is behind and silent, and how complete the figures are', async () => {
    const workstation = await workstations.open('one', MALL, 'mediator-mall');
    await workstation.api.sync.now();
    expect(workstation.running.parts.sync.status().feedPosition).toBeGreaterThan(0);
    const other = await workstations.open('shop', SHOP, 'manager-shop');
    await other.api.cases.register(caseInput());
    await other.api.sync.now();
    const [mall] = await fleetOf();
    expect(mall?.feedLag).toBeGreaterThan(0);
    workstations.centre.setNow(new Date(Date.now() + 2 * 86_400_000));
    const view = await workstations.centre.admin.admin.fleet({ under: MALL });
    expect(view.completeness).toEqual({ workstations: 2, reported: 0 });
    expect(view.stations.every(({ silent }) => silent)).toBe(true);
  });

  it('is seen by supervisors within their scope, and by nobody else', async () => {
    const circle = await workstations.open('circle', '/HS/C1', 'supervisor-circle');
    const shop = await workstations.open('shop', SHOP, 'manager-shop');
    const seen = await circle.api.fleet.list({});
    expect(seen.stations.map(({ unitPath }) => unitPath)).toEqual(['/HS/C1', SHOP]);
    await expect(circle.api.fleet.list({ under: '/HS' })).rejects.toMatchObject({ code: 'NOT_FOUND' });
    await expect(shop.api.fleet.list({})).rejects.toMatchObject({ code: 'NOT_PERMITTED' });
    // A workstation that asks past its own checks is refused by the centre.
    const link = shop.running.parts.link();
    await expect(link?.call((client) => client.fleet.list({ under: '/HS/C1' }))).rejects.toMatchObject({
      code: 'FORBIDDEN',
    });
    const order = { deviceId: circle.deviceId, reason: '试试', staffId: 'supervisor-circle' };
    await expect(link?.call((client) => client.fleet.resync(order))).rejects.toMatchObject({
      code: 'FORBIDDEN',
    });
    await expect(
      circle.api.fleet.resync({ deviceId: crypto.randomUUID(), reason: '试试' }),
    ).rejects.toMatchObject({ code: 'CENTRE_REFUSED', data: { code: 'DEVICE_UNKNOWN' } });
  });
});

describe('a resync', () => {
  it('that is asked for stands in the log with who and why, compares all, mends what differs and loses nothing', async () => {
    const circle = await workstations.open('circle', '/HS/C1', 'supervisor-circle');
    const workstation = await workstations.open('one', MALL, 'mediator-mall');
    const shop = await workstations.open('shop', SHOP, 'manager-shop');
    const own = await workstation.api.cases.register(caseInput());
    const theirs = await shop.api.cases.register(caseInput());
    await shop.api.sync.now();
    await workstation.api.sync.now();
    const { store } = workstation.running.parts;
    const before = {
      list: await workstation.api.cases.list({ limit: 100 }),
      own: (await workstation.api.cases.get({ id: own.id })).state,
      theirs: (await workstation.api.cases.get({ id: theirs.id })).state,
    };
    // The disk has gone wrong in every way that leaves a database readable.
    await store.write(async (writer) => {
      await sql`DELETE FROM event WHERE stream_id = ${theirs.id}`.execute(writer);
      await sql`UPDATE event SET payload = replace(payload, '海', '河') WHERE stream_kind = 'unit'`.execute(
        writer,
      );
      await sql`UPDATE event SET payload = json_set(payload, '$.name', '改了') WHERE type = 'unit-created'`.execute(
        writer,
      );
      await sql`UPDATE stream SET state = json_set(state, '$.status', 'closed') WHERE id = ${own.id}`.execute(
        writer,
      );
    });
    const waiting = await workstation.api.cases.register(caseInput());

    await circle.api.fleet.resync({ deviceId: workstation.deviceId, reason: '与现场不符' });
    const status = await workstation.api.sync.now();
    expect(status).toMatchObject({ sign: 'proved', waiting: 0, attention: 0 });
    await workstation.api.sync.now();
    const events = await eventsOf(workstation.deviceId);
    expect(events.map(({ type }) => type)).toEqual([
      'workstation-enrolled',
      'resync-asked',
      'resync-finished',
    ]);
    expect(events[1]?.payload).toMatchObject({
      reason: '与现场不符',
      by: { staffId: 'supervisor-circle', name: '测试员' },
    });
    const found = (await circle.api.fleet.list({})).stations.find(
      ({ deviceId }) => deviceId === workstation.deviceId,
    );
    expect(found?.resync).toMatchObject({
      reason: '与现场不符',
      askedBy: '测试员',
      result: { missing: 1, extra: 0 },
    });
    expect(found?.resync?.result?.different).toBeGreaterThanOrEqual(1);
    expect(found?.resync?.result?.mended).toBeGreaterThanOrEqual(1);
    expect((await workstation.api.cases.get({ id: own.id })).state).toEqual(before.own);
    expect((await workstation.api.cases.get({ id: theirs.id })).state).toEqual(before.theirs);
    expect((await workstation.api.cases.list({ limit: 100 })).items.map(({ id }) => id).toSorted()).toEqual(
      [...before.list.items.map(({ id }) => id), waiting.id].toSorted(),
    );
    const names = await store.read.selectFrom('unit_row').select('name').execute();
    expect(names.some(({ name }) => name === '改了')).toBe(false);
    // It was done once, not at every round.
    await workstation.api.sync.now();
    expect(await eventsOf(workstation.deviceId)).toHaveLength(3);
    await noneBroken();
  });

  it('that is cut in the middle is done by the next round, and what is recorded meanwhile is sent', async () => {
    let calls = 0;
    let cutting = false;
    const workstation = await workstations.open('one', MALL, 'mediator-mall', {
      fetcher: (input, init) => {
        const url = typeof input === 'string' ? input : input instanceof URL ? input.href : input.url;
        if (cutting && url.includes('/feed?after=0')) {
          calls += 1;
          if (calls < 3) return Promise.reject(new TypeError('cut'));
        }
        return fetch(input, init);
      },
    });
    await workstation.api.cases.register(caseInput());
    await workstation.api.sync.now();
    cutting = true;
    await workstations.centre.admin.admin.resync({ deviceId: workstation.deviceId, reason: '演练' });
    expect(await workstation.api.sync.now()).toMatchObject({ sign: 'offline', reason: 'centre-unreachable' });
    await workstation.api.cases.register(caseInput());
    expect(await workstation.api.sync.now()).toMatchObject({ sign: 'offline' });
    expect(await workstation.api.sync.now()).toMatchObject({ sign: 'proved', waiting: 0 });
    expect((await eventsOf(workstation.deviceId)).at(-1)).toMatchObject({
      type: 'resync-finished',
      payload: { missing: 0, different: 0, extra: 0, mended: 0 },
    });
    await noneBroken();
  });

  it('is not asked of a workstation that reads no feed any more', async () => {
    const workstation = await workstations.open('one', MALL, 'mediator-mall');
    await workstations.centre.admin.admin.revoke({ deviceId: workstation.deviceId, reason: '报废' });
    await expect(
      workstations.centre.admin.admin.resync({ deviceId: workstation.deviceId, reason: '演练' }),
    ).rejects.toMatchObject({ code: 'DEVICE_REVOKED' });
  });
});
