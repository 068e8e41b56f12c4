import { cp } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { useDesks, type LiveDesk } from '../support/desks.ts';
import { codeFor } from '../support/postgres.ts';
import { caseInput } from '../support/workstation.ts';

const MALL = '/HS/C1/M01';
const STAFF = 'mediator-mall';

const desks = useDesks();

type Desk = LiveDesk;

const openDesk = (name: string): Promise<Desk> => desks.open(name, MALL, STAFF);
const close = (desk: Desk): Promise<void> => desks.close(desk);

const register = async (desk: Desk): Promise<string> => (await desk.api.cases.register(caseInput())).id;
const statusAtCentre = async (deviceId: string): Promise<string | undefined> =>
  (await desks.centre.admin.admin.devices()).devices.find((one) => one.deviceId === deviceId)?.status;
const deviceOf = (desk: Desk): string => desk.workstation.desk.identity()?.deviceId ?? '';

async function brokenInvariants(): Promise<string[]> {
  const { invariants } = await desks.centre.admin.admin.verify();
  return invariants.filter((one) => one.broken > 0).map((one) => one.name);
}

async function casesAt(desk: Desk): Promise<string[]> {
  const { items } = await desk.api.cases.list({ limit: 100 });
  return items.map((item) => item.id).toSorted();
}

describe('two installations with one identity', () => {
  it('are told, keep all they have recorded, and go on under identities of their own', async () => {
    const first = await openDesk('first');
    const shared = [await register(first)];
    expect((await first.api.sync.now()).sign).toBe('proved');
    shared.push(await register(first));
    await close(first);
    await cp(join(desks.folder, 'first'), join(desks.folder, 'copy'), { recursive: true });
    const [one, two] = [await openDesk('first'), await openDesk('copy')];
    const ofOne = await register(one);
    expect((await one.api.sync.now()).sign).toBe('proved');
    const ofTwo = await register(two);
    // Of its two facts the feed confirms the one that the other has sent already.
    expect(await two.api.sync.now()).toMatchObject({ sign: 'attention', reason: 'chain-broken', waiting: 1 });
    expect(await statusAtCentre(deviceOf(one))).toBe('quarantined');
    // Transaction goes on at both, and what the other had sent is seen.
    const later = await register(one);
    expect(await one.api.sync.now()).toMatchObject({ sign: 'attention', reason: 'chain-broken', waiting: 1 });
    expect(await casesAt(two)).toEqual([...shared, ofOne, ofTwo].toSorted());

    const old = deviceOf(two);
    expect(await two.api.session.enrolAgain({ code: await codeFor(desks.centre, MALL) })).toMatchObject({
      salvaged: 1,
    });
    expect(deviceOf(two)).not.toBe(old);
    expect(await one.api.session.enrolAgain({ code: await codeFor(desks.centre, MALL) })).toMatchObject({
      salvaged: 1,
    });
    await two.api.sync.now();
    for (const [desk, own] of [
      [one, later],
      [two, ofTwo],
    ] as const) {
      const [item, ...more] = await desk.api.sync.attention();
      expect(more).toEqual([]);
      expect(item).toMatchObject({ status: 'salvaged', stream: { id: own }, type: 'case-registered' });
      expect(desk.workstation.desk.sync.status().sign).toBe('attention');
      await desk.api.sync.dismiss({ eventId: item?.eventId ?? '' });
      expect((await desk.api.sync.now()).sign).toBe('proved');
      expect(await casesAt(desk)).toEqual([...shared, ofOne, ofTwo, later].toSorted());
    }
    // And on they go, restarts included.
    await close(one);
    const again = await openDesk('first');
    await register(again);
    expect((await again.api.sync.now()).sign).toBe('proved');
    expect(await brokenInvariants()).toEqual([]);
  });

  it('both carry over what both had waiting, and it counts once', async () => {
    const first = await openDesk('first');
    await register(first);
    await first.api.sync.now();
    const waiting = await register(first);
    await close(first);
    await cp(join(desks.folder, 'first'), join(desks.folder, 'copy'), { recursive: true });
    const [one, two] = [await openDesk('first'), await openDesk('copy')];
    // The centre revokes the identity before either has sent it.
    await desks.centre.admin.admin.revoke({ deviceId: deviceOf(one), reason: '' });
    for (const desk of [one, two])
      expect(await desk.api.sync.now()).toMatchObject({ reason: 'device-revoked', waiting: 1 });
    await one.api.session.enrolAgain({ code: await codeFor(desks.centre, MALL) });
    // The second copy begins its new log while the first one's is not there yet in its feed.
    const { salvaged } = await two.api.session.enrolAgain({ code: await codeFor(desks.centre, MALL) });
    expect(salvaged).toBe(0);
    for (const item of await one.api.sync.attention()) await one.api.sync.dismiss({ eventId: item.eventId });
    for (const desk of [one, two]) {
      expect((await desk.api.sync.now()).sign).toBe('proved');
      expect(await casesAt(desk)).toContain(waiting);
    }
    expect(await brokenInvariants()).toEqual([]);
  });
});

describe('an older backup put back', () => {
  it('is told before anything new is recorded, and carries on under a new identity', async () => {
    const desk = await openDesk('desk');
    await register(desk);
    await desk.api.sync.now();
    await close(desk);
    await cp(join(desks.folder, 'desk'), join(desks.folder, 'backup'), { recursive: true });
    const later = await openDesk('desk');
    const sent = await register(later);
    await later.api.sync.now();
    await close(later);

    const restored = await openDesk('backup');
    expect(await restored.api.sync.now()).toMatchObject({ sign: 'attention', reason: 'chain-broken' });
    expect(await casesAt(restored)).toContain(sent);
    const fresh = await register(restored);
    expect(await restored.api.session.enrolAgain({ code: await codeFor(desks.centre, MALL) })).toMatchObject({
      salvaged: 1,
    });
    expect(await casesAt(restored)).toContain(fresh);
    const [item] = await restored.api.sync.attention();
    await restored.api.sync.dismiss({ eventId: item?.eventId ?? '' });
    expect((await restored.api.sync.now()).sign).toBe('proved');
    expect(await brokenInvariants()).toEqual([]);
  });
});

describe('enrolling again', () => {
  it('is refused where the identity is in order, and with a code of another unit, which is not spent', async () => {
    const desk = await openDesk('desk');
    await expect(desk.api.session.enrolAgain({ code: 'AAAAA-AAAAA' })).rejects.toMatchObject({
      code: 'RULE',
      data: { rule: 'identity-in-order' },
    });
    await register(desk);
    await desks.centre.admin.admin.revoke({ deviceId: deviceOf(desk), reason: '' });
    const code = await codeFor(desks.centre, '/HS/C1/M02');
    await expect(desk.api.session.enrolAgain({ code })).rejects.toMatchObject({
      code: 'CENTRE_REFUSED',
      data: { code: 'UNIT_DIFFERS' },
    });
    expect(desk.workstation.desk.sync.status()).toMatchObject({ waiting: 1 });
    // Interrupted after the centre had enrolled it: the same code goes on.
    const good = await codeFor(desks.centre, MALL);
    const { write } = desk.workstation.desk.store;
    let refused = false;
    desk.workstation.desk.store.write = (work) => {
      if (refused || desk.workstation.desk.sync.status().running) return write(work);
      return write(async (writer) => {
        const result = await work(writer);
        const { rows } = { rows: await writer.selectFrom('salvaged_event').select('event_id').execute() };
        if (rows.length > 0) {
          refused = true;
          throw new Error('killed here');
        }
        return result;
      });
    };
    await expect(desk.api.session.enrolAgain({ code: good })).rejects.toThrow();
    expect(refused).toBe(true);
    expect(await desk.api.session.enrolAgain({ code: good })).toMatchObject({ salvaged: 1 });
    const enrolled = (await desks.centre.admin.admin.devices()).devices.filter(
      (one) => one.unitPath === MALL,
    );
    expect(enrolled.map((one) => one.status)).toEqual(['revoked', 'active']);
  });
});

describe('the sign', () => {
  it('drops from green before a recorded fact is acknowledged', async () => {
    const desk = await openDesk('desk');
    expect((await desk.api.sync.now()).sign).toBe('proved');
    const { id } = await desk.api.cases.register(caseInput());
    expect(desk.workstation.desk.sync.status()).toMatchObject({ sign: 'waiting', waiting: 1 });
    // Counting that began before the fact was recorded must not bring it back.
    await desk.api.sync.now();
    const counting = desk.workstation.desk.sync.refresh();
    await desk.api.cases.act({ id, revision: 1, action: { step: 'case-accepted', payload: {} } });
    await counting;
    expect(desk.workstation.desk.sync.status().sign).toBe('waiting');
  });
});
