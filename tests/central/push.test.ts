import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { actorAt, registration } from '../support/facts.ts';
import { enrolTestDevice, openTestDevice, type TestDevice } from '../support/device.ts';
import {
  codeFor,
  startDistrictCentre,
  startTestServer,
  type TestCentre,
  type TestServer,
} from '../support/postgres.ts';

const MALL = '/HS/C1/M01';
const MEDIATOR = { ...actorAt(MALL), staffId: 'mediator-mall' };

let server: TestServer;
let centre: TestCentre;
let device: TestDevice;

beforeAll(async () => {
  server = await startTestServer();
});
afterAll(() => server.stop());
beforeEach(async () => {
  centre = await startDistrictCentre(server.server);
  device = await enrolTestDevice({ url: centre.url, code: await codeFor(centre, MALL) });
});
afterEach(() => centre.stop());

let cases = 0;

function newCase(on: TestDevice = device, over: Record<string, unknown> = {}) {
  cases += 1;
  return on.event({
    stream: { kind: 'case', id: `case-${cases}` },
    type: 'case-registered',
    payload: registration(over),
    actor: MEDIATOR,
  });
}

function step(id: string, type: string, payload: unknown, on: TestDevice = device) {
  return on.event({ stream: { kind: 'case', id }, type, payload, actor: MEDIATOR });
}

const registered = async (): Promise<number> =>
  (await centre.admin.admin.rollup({ path: MALL, from: '2026-01-01', to: '2030-12-31' })).all.totals
    .registered;

describe('enrolment', () => {
  it('takes a code once, and the same key again after a lost answer', async () => {
    const code = await codeFor(centre, MALL);
    const first = await enrolTestDevice({ url: centre.url, code });
    await expect(enrolTestDevice({ url: centre.url, code })).rejects.toMatchObject({ code: 'CODE_USED' });
    const again = await first.client.enrol({ code, name: '再试', publicKey: first.keys.publicKey });
    expect(again.deviceId).toBe(first.deviceId);
    expect(first.deviceCode).toBe('2');
  });

  it('refuses an unknown and an expired code', async () => {
    await expect(enrolTestDevice({ url: centre.url, code: 'AAAAA-BBBBB' })).rejects.toMatchObject({
      code: 'CODE_UNKNOWN',
    });
    const code = await codeFor(centre, MALL, 10);
    centre.setNow(new Date(Date.now() + 11 * 60_000));
    await expect(enrolTestDevice({ url: centre.url, code })).rejects.toMatchObject({ code: 'CODE_EXPIRED' });
  });
});

describe('a push', () => {
  it('that is repeated gets the same receipts and counts once', async () => {
    const events = [newCase(), newCase()];
    const first = await device.push(events);
    expect(first.receipts.map((one) => one.status)).toEqual(['accepted', 'accepted']);
    expect(await device.push(events)).toMatchObject({ receipts: first.receipts, head: first.head });
    // Half of it known, half of it new.
    const more = [...events, newCase()];
    expect((await device.push(more)).receipts).toHaveLength(3);
    expect(await registered()).toBe(3);
  });

  it('with a forged signature is refused whole', async () => {
    const other = await enrolTestDevice({ url: centre.url, code: await codeFor(centre, MALL) });
    const events = [newCase()];
    await device.signIn();
    await expect(device.client.push({ events, signature: other.sign(events) })).rejects.toMatchObject({
      code: 'SIGNATURE_INVALID',
    });
    expect(await registered()).toBe(0);
    expect((await device.push(events)).receipts[0]?.status).toBe('accepted');
  });

  it('with a changed payload, a gap or a foreign device is refused whole', async () => {
    const event = newCase();
    const tampered = { ...event, payload: registration({ amountFen: 1 }) };
    await expect(device.push([tampered])).rejects.toMatchObject({ code: 'CHAIN_BROKEN' });
    const second = await enrolTestDevice({ url: centre.url, code: await codeFor(centre, MALL) });
    newCase(second);
    await expect(second.push([newCase(second)])).rejects.toMatchObject({
      code: 'SEQUENCE_GAP',
      data: { expected: 1 },
    });
    expect(await registered()).toBe(0);
  });

  it('of a second log under the same identity quarantines the device and keeps what it had', async () => {
    const copy = openTestDevice({
      url: centre.url,
      deviceId: device.deviceId,
      unitPath: MALL,
      keys: device.keys,
    });
    await device.push([newCase(), newCase()]);
    await expect(copy.push([newCase(copy)])).rejects.toMatchObject({ code: 'CHAIN_BROKEN' });
    await expect(device.push([newCase()])).rejects.toMatchObject({ code: 'CHAIN_BROKEN' });
    expect(await registered()).toBe(2);
    const { devices } = await centre.admin.admin.devices();
    expect(devices.find((one) => one.deviceId === device.deviceId)?.status).toBe('quarantined');
  });

  it('of a revoked device is refused', async () => {
    await device.push([newCase()]);
    await centre.admin.admin.revoke({ deviceId: device.deviceId, reason: '遗失' });
    await expect(device.push([newCase()])).rejects.toMatchObject({ code: 'DEVICE_REVOKED' });
  });
});

describe('one bad event', () => {
  it('is rejected with its rule and blocks nothing behind it', async () => {
    const good = newCase();
    const bad = step(good.stream.id, 'case-closed', { satisfaction: 'satisfied' });
    const odd = newCase(device, { amountFen: -5 });
    const late = step(good.stream.id, 'case-accepted', {});
    const { receipts } = await device.push([good, bad, odd, late]);
    expect(receipts.map((one) => [one.status, one.refusal?.rule, one.refusal?.field])).toEqual([
      ['accepted', undefined, undefined],
      ['rejected', 'step-not-possible', undefined],
      ['rejected', 'payload-invalid', 'amountFen'],
      ['accepted', undefined, undefined],
    ]);
  });

  it('of an unknown version is kept and forwarded, not dropped', async () => {
    const good = newCase();
    const future = device.event({
      stream: good.stream,
      type: 'case-accepted',
      version: 9,
      payload: { novelty: true },
      actor: MEDIATOR,
    });
    expect((await device.push([good, future])).receipts.map((one) => one.status)).toEqual([
      'accepted',
      'unknown',
    ]);
    const { items } = await device.feed();
    expect(items.find((item) => item.event.id === future.id)).toMatchObject({
      status: 'unknown',
      event: { version: 9, payload: { novelty: true } },
    });
  });

  it('by an unknown person, for another unit, or on the centre’s own records is rejected', async () => {
    const stranger = { ...MEDIATOR, staffId: 'nobody' };
    const promoted = { ...MEDIATOR, role: 'administrator' as const };
    const stream = (id: string) => ({ kind: 'case' as const, id });
    const payload = registration();
    const { receipts } = await device.push([
      device.event({ stream: stream('x1'), type: 'case-registered', payload, actor: stranger }),
      device.event({ stream: stream('x2'), type: 'case-registered', payload, actor: promoted }),
      device.event({
        stream: stream('x3'),
        type: 'case-registered',
        payload,
        actor: MEDIATOR,
        unitPath: '/HS/C1/M02',
      }),
      device.event({
        stream: { kind: 'unit', id: 'M01' },
        type: 'unit-renamed',
        payload: { name: '改名' },
        actor: MEDIATOR,
      }),
    ]);
    expect(receipts.map((one) => one.refusal?.rule)).toEqual([
      'actor-unknown',
      'actor-unknown',
      'outside-scope',
      'stream-not-yours',
    ]);
  });
});

describe('a wrong clock', () => {
  it('neither disturbs the order nor what the centre stamps', async () => {
    const slow = await enrolTestDevice({
      url: centre.url,
      code: await codeFor(centre, MALL),
      now: () => new Date('2001-01-01T00:00:00Z'),
    });
    const first = newCase(device);
    await device.push([first]);
    const second = slow.event({
      stream: first.stream,
      type: 'note-added',
      payload: { text: '时钟慢了二十五年' },
      actor: MEDIATOR,
    });
    expect((await slow.push([second])).receipts[0]?.status).toBe('accepted');
    const { items } = await device.feed();
    const order = items.map((item) => item.event.id);
    expect(order.indexOf(second.id)).toBe(order.indexOf(first.id) + 1);
    const received = items.find((item) => item.event.id === second.id)?.receivedAt ?? '';
    expect(Math.abs(Date.parse(received) - Date.now())).toBeLessThan(60_000);
  });
});

describe('bad input', () => {
  it('names the field and the rule', async () => {
    const answer = await fetch(`${centre.url}/v1/enrol`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({ code: 'x', name: '', publicKey: 1 }),
    });
    expect(answer.status).toBe(400);
    const text = await answer.text();
    for (const field of ['code', 'name', 'publicKey']) expect(text).toContain(`"${field}"`);
  });

  it('too large or without a session goes nowhere', async () => {
    // Who calls is found out before the body is read; a line that is cut in its middle says as much.
    const huge = await fetch(`${centre.url}/v1/push`, {
      method: 'POST',
      body: 'x'.repeat(9 * 1024 * 1024),
    }).then(
      (response) => response.status,
      () => 401,
    );
    expect(huge).toBe(401);
    await expect(device.client.feed({ after: 0, limit: 10 })).rejects.toMatchObject({
      code: 'NOT_AUTHENTICATED',
    });
    await device.signIn();
    await expect(
      device.client.rollup({ path: '/HS', from: '2026-01-01', to: '2026-12-31' }),
    ).rejects.toMatchObject({ code: 'FORBIDDEN' });
  });
});

describe('many devices at once', () => {
  it('leave every feed without gaps, every digest right and every counter the sum of its children', async () => {
    const devices = await Promise.all(
      ['/HS/C1/M01', '/HS/C1/M01', '/HS/C1/M02', '/HS/C1/M02'].map(async (path) =>
        enrolTestDevice({ url: centre.url, code: await codeFor(centre, path) }),
      ),
    );
    const people: Record<string, string> = { '/HS/C1/M01': 'mediator-mall', '/HS/C1/M02': 'mediator-second' };
    await Promise.all(
      devices.map(async (one, index) => {
        const actor = { ...actorAt(one.unitPath), staffId: people[one.unitPath] ?? '' };
        for (let batch = 0; batch < 5; batch += 1) {
          const events = Array.from({ length: 20 }, (_, item) =>
            one.event({
              stream: { kind: 'case', id: `many-${index}-${batch}-${item}` },
              type: 'case-registered',
              payload: registration(),
              actor,
            }),
          );
          await one.push(events);
        }
      }),
    );
    const view = await centre.admin.admin.rollup({ path: '/HS', from: '2026-01-01', to: '2030-12-31' });
    expect(view.all.totals.registered).toBe(400);
    const { invariants } = await centre.admin.admin.verify();
    expect(invariants.map((one) => [one.name, one.broken])).toEqual(invariants.map((one) => [one.name, 0]));
  });
});
