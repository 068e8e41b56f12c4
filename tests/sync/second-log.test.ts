import { cp } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { useWorkstations, type LiveWorkstation } from '../support/live-workstations.ts';
import { codeFor } from '../support/postgres.ts';
import { caseInput } from '../support/workstation.ts';

const MALL = '/HS/C1/M01';
const STAFF = 'mediator-mall';

const workstations = useWorkstations();

type OpenWorkstation = LiveWorkstation;

const openWorkstation = (name: string): Promise<OpenWorkstation> => workstations.open(name, MALL, STAFF);
const close = (workstation: OpenWorkstation): Promise<void> => workstations.close(workstation);

const register = async (workstation: OpenWorkstation): Promise<string> =>
  (await workstation.api.cases.register(caseInput())).id;
const statusAtCentre = async (deviceId: string): Promise<string | undefined> =>
  (await workstations.centre.admin.admin.devices()).devices.find((one) => one.deviceId === deviceId)?.status;
const deviceOf = (workstation: OpenWorkstation): string =>
  workstation.running.parts.identity()?.deviceId ?? '';

async function brokenInvariants(): Promise<string[]> {
  const { invariants } = await workstations.centre.admin.admin.verify();
  return invariants.filter((one) => one.broken > 0).map((one) => one.name);
}

async function casesAt(workstation: OpenWorkstation): Promise<string[]> {
  const { items } = await workstation.api.cases.list({ limit: 100 });
  return items.map((item) => item.id).toSorted();
}

describe('two installations with one identity', () => {
  it('are told, keep all they have recorded, and go on under identities of their own', async () => {
    const first = await openWorkstation('first');
    const shared = [await register(first)];
    expect((await first.api.sync.now()).sign).toBe('proved');
    shared.push(await register(first));
    await close(first);
    await cp(join(workstations.folder, 'first'), join(workstations.folder, 'copy'), { recursive: true });
    const [one, two] = [await openWorkstation('first'), await openWorkstation('copy')];
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
    expect(
      await two.api.session.enrolAgain({ code: await codeFor(workstations.centre, MALL) }),
    ).toMatchObject({
      salvaged: 1,
    });
    expect(deviceOf(two)).not.toBe(old);
    expect(
      await one.api.session.enrolAgain({ code: await codeFor(workstations.centre, MALL) }),
    ).toMatchObject({
      salvaged: 1,
    });
    await two.api.sync.now();
    for (const [workstation, own] of [
      [one, later],
      [two, ofTwo],
    ] as const) {
      const [item, ...more] = await workstation.api.sync.attention();
      expect(more).toEqual([]);
      expect(item).toMatchObject({ status: 'salvaged', stream: { id: own }, type: 'case-registered' });
      expect(workstation.running.parts.sync.status().sign).toBe('attention');
      await workstation.api.sync.dismiss({ eventId: item?.eventId ?? '' });
      expect((await workstation.api.sync.now()).sign).toBe('proved');
      expect(await casesAt(workstation)).toEqual([...shared, ofOne, ofTwo, later].toSorted());
    }
    // And on they go, restarts included.
    await close(one);
    const again = await openWorkstation('first');
    await register(again);
    expect((await again.api.sync.now()).sign).toBe('proved');
    expect(await brokenInvariants()).toEqual([]);
  });

  it('both carry over what both had waiting, and it counts once', async () => {
    const first = await openWorkstation('first');
    await register(first);
    await first.api.sync.now();
    const waiting = await register(first);
    await close(first);
    await cp(join(workstations.folder, 'first'), join(workstations.folder, 'copy'), { recursive: true });
    const [one, two] = [await openWorkstation('first'), await openWorkstation('copy')];
    // The centre revokes the identity before either has sent it.
    await workstations.centre.admin.admin.revoke({ deviceId: deviceOf(one), reason: '' });
    for (const workstation of [one, two])
      expect(await workstation.api.sync.now()).toMatchObject({ reason: 'device-revoked', waiting: 1 });
    await one.api.session.enrolAgain({ code: await codeFor(workstations.centre, MALL) });
    // The second copy begins its new log while the first one's is not there yet in its feed.
    const { salvaged } = await two.api.session.enrolAgain({ code: await codeFor(workstations.centre, MALL) });
    expect(salvaged).toBe(0);
    for (const item of await one.api.sync.attention()) await one.api.sync.dismiss({ eventId: item.eventId });
    for (const workstation of [one, two]) {
      expect((await workstation.api.sync.now()).sign).toBe('proved');
      expect(await casesAt(workstation)).toContain(waiting);
    }
    expect(await brokenInvariants()).toEqual([]);
  });
});

describe('an older backup put back', () => {
  it('is told before anything new is recorded, and carries on under a new identity', async () => {
    const workstation = await openWorkstation('workstation');
    await register(workstation);
    await workstation.api.sync.now();
    await close(workstation);
    await cp(join(workstations.folder, 'workstation'), join(workstations.folder, 'backup'), {
      recursive: true,
    });
    const later = await openWorkstation('workstation');
    const sent = await register(later);
    await later.api.sync.now();
    await close(later);

    const restored = await openWorkstation('backup');
    expect(await restored.api.sync.now()).toMatchObject({ sign: 'attention', reason: 'chain-broken' });
    expect(await casesAt(restored)).toContain(sent);
    const fresh = await register(restored);
    expect(
      await restored.api.session.enrolAgain({ code: await codeFor(workstations.centre, MALL) }),
    ).toMatchObject({
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
    const workstation = await openWorkstation('workstation');
    await expect(workstation.api.session.enrolAgain({ code: 'AAAAA-AAAAA' })).rejects.toMatchObject({
      code: 'RULE',
      data: { rule: 'identity-in-order' },
    });
    await register(workstation);
    await workstations.centre.admin.admin.revoke({ deviceId: deviceOf(workstation), reason: '' });
    const code = await codeFor(workstations.centre, '/HS/C1/M02');
    await expect(workstation.api.session.enrolAgain({ code })).rejects.toMatchObject({
      code: 'CENTRE_REFUSED',
      data: { code: 'UNIT_DIFFERS' },
    });
    expect(workstation.running.parts.sync.status()).toMatchObject({ waiting: 1 });
    // Interrupted after the centre had enrolled it: the same code goes on.
    const good = await codeFor(workstations.centre, MALL);
    const { write } = workstation.running.parts.store;
    let refused = false;
    workstation.running.parts.store.write = (work) => {
      if (refused || workstation.running.parts.sync.status().running) return write(work);
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
    await expect(workstation.api.session.enrolAgain({ code: good })).rejects.toThrow();
    expect(refused).toBe(true);
    expect(await workstation.api.session.enrolAgain({ code: good })).toMatchObject({ salvaged: 1 });
    const enrolled = (await workstations.centre.admin.admin.devices()).devices.filter(
      (one) => one.unitPath === MALL,
    );
    expect(enrolled.map((one) => one.status)).toEqual(['revoked', 'active']);
  });
});

describe('the sign', () => {
  it('drops from green before a recorded fact is acknowledged', async () => {
    const workstation = await openWorkstation('workstation');
    expect((await workstation.api.sync.now()).sign).toBe('proved');
    const { id } = await workstation.api.cases.register(caseInput());
    expect(workstation.running.parts.sync.status()).toMatchObject({ sign: 'waiting', waiting: 1 });
    // Counting that began before the fact was recorded must not bring it back.
    await workstation.api.sync.now();
    const counting = workstation.running.parts.sync.refresh();
    await workstation.api.cases.act({ id, revision: 1, action: { step: 'case-accepted', payload: {} } });
    await counting;
    expect(workstation.running.parts.sync.status().sign).toBe('waiting');
  });
});
