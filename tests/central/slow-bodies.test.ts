import { connect, type Socket } from 'node:net';
import { PassThrough } from 'node:stream';
import { afterEach, describe, expect, it } from 'vitest';
import { createCentre, type Centre, type CentreOptions } from '../../src/central/centre.ts';
import { createBodies, DEFAULT_BODY_LIMITS } from '../../src/central/kernel/http/bodies.ts';
import { sessionText, signText } from '../../src/protocol/keys.ts';
import { openTestDevice, type TestDevice } from '../support/device.ts';
import { ADMIN_TOKEN, figuresOf, ROOMY } from '../support/postgres.ts';
import { MALL, mallMediator, newCase, refusal, SHOP, steps, useCentre } from './setting.ts';

const setting = useCentre();

const opened: Centre[] = [];
const sockets: Socket[] = [];
afterEach(async () => {
  for (const socket of sockets.splice(0)) socket.destroy();
  await Promise.all(opened.splice(0).map((one) => one.close()));
});

async function second(options: Partial<CentreOptions> = {}): Promise<string> {
  const centre = await createCentre({
    databaseUrl: setting.centre.databaseUrl,
    closesWithinMs: 200,
    ...options,
    capacity: { ...ROOMY, ...options.capacity },
  });
  opened.push(centre);
  return (await centre.listen({ host: '127.0.0.1', port: 0 })).url;
}

/** A signed-in device, and the token of its session. */
async function deviceAt(url: string, unitPath: string): Promise<{ device: TestDevice; token: string }> {
  const device = openTestDevice({ ...(await setting.device(unitPath)), url });
  const { challenge } = await device.client.challenge({ deviceId: device.deviceId });
  const { token } = await device.client.session({
    deviceId: device.deviceId,
    challenge,
    signature: signText(device.keys.privateKey, sessionText(device.deviceId, challenge)),
  });
  await device.signIn();
  return { device, token };
}

/** Begins a call whose body never comes to its end; what is said to it, and when. */
function begin(
  url: string,
  path: string,
  {
    token,
    announced = 8 * 1024 * 1024,
    sent = '{',
    type = 'application/json',
  }: { token?: string; announced?: number; sent?: string; type?: string },
): Promise<string> {
  return new Promise((resolve) => {
    let said = '';
    const socket = connect(Number(new URL(url).port), '127.0.0.1', () => {
      const bearer = token === undefined ? '' : `Authorization: Bearer ${token}\r\n`;
      socket.write(
        `POST ${path} HTTP/1.1\r\nHost: x\r\n${bearer}Content-Type: ${type}\r\nContent-Length: ${announced}\r\n\r\n${sent}`,
      );
    });
    sockets.push(socket);
    socket.on('data', (chunk) => (said += chunk.toString()));
    socket.on('error', () => undefined);
    socket.on('close', () => resolve(said));
  });
}

/** What would have ended the process meanwhile. */
async function uncaughtIn(work: () => Promise<void>): Promise<unknown[]> {
  const uncaught: unknown[] = [];
  const note = (error: unknown): void => void uncaught.push(error);
  const before = process.listeners('uncaughtException');
  process.removeAllListeners('uncaughtException');
  process.on('uncaughtException', note);
  try {
    await work();
  } finally {
    process.off('uncaughtException', note);
    for (const listener of before) process.on('uncaughtException', listener);
  }
  return uncaught;
}

const settled = () => new Promise((resolve) => setTimeout(resolve, 150));

/** One batch of a workstation, and how long its answer took, milliseconds. */
async function pushed(device: TestDevice): Promise<number> {
  const batch = Array.from({ length: 20 }, () =>
    device.event({ stream: newCase(), ...steps.register(), actor: mallMediator }),
  );
  const began = performance.now();
  expect((await device.push(batch)).receipts.map(({ status }) => status)).toEqual(
    batch.map(() => 'accepted'),
  );
  return performance.now() - began;
}

describe('bodies that never come to their end', () => {
  it.each([12, 50])('of %i callers without a session keep nobody waiting', async (callers) => {
    const url = await second({ capacity: { calls: 10 } });
    const { device } = await deviceAt(url, MALL);
    const ends = Array.from({ length: callers }, (_, index) =>
      begin(url, ['/v1/push', '/v1/enrol', '/v1/challenge'][index % 3] ?? '', {}),
    );
    await settled();
    expect(await pushed(device)).toBeLessThan(2_000);
    // Whoever has no session is told so before the body is read, and whoever needs none may send little.
    const first = await Promise.all(ends.slice(0, 3));
    expect(first.map((said) => said.slice(9, 12))).toEqual(['401', '413', '413']);
  });

  it.each([12, 50])(
    'of %i calls of a session, or small ones without, keep nobody waiting',
    async (callers) => {
      const url = await second({ capacity: { calls: 10 } });
      const { device } = await deviceAt(url, MALL);
      const { token } = await deviceAt(url, SHOP);
      for (let index = 0; index < callers; index += 1) {
        void begin(url, '/v1/push', { token });
        void begin(url, '/v1/push', { token: ADMIN_TOKEN });
        void begin(url, '/v1/challenge', { announced: 1000 });
      }
      await settled();
      expect(await pushed(device)).toBeLessThan(2_000);
      const other = await setting.device(SHOP);
      await openTestDevice({ ...other, url }).signIn();
    },
  );

  it('end nothing but themselves when their sender leaves, read by somebody or by nobody', async () => {
    const url = await second();
    const { token } = await deviceAt(url, MALL);
    const uncaught = await uncaughtIn(async () => {
      for (const wait of [0, 1, 5, 30]) {
        for (const type of ['application/json', 'application/unknown', 'x/y; charset=none', '']) {
          void begin(url, '/v1/push', { token, announced: 4096, type });
          void begin(url, '/v1/challenge', { announced: 4096, type });
        }
        await new Promise((resolve) => setTimeout(resolve, wait));
        for (const socket of sockets.splice(0)) socket.destroy();
      }
      await settled();
    });
    expect(uncaught).toEqual([]);
  });

  it('end nothing but themselves when they are cut and nobody reads them any more', async () => {
    const limits = { ...DEFAULT_BODY_LIMITS, openPlaces: 1 };
    const bodies = createBodies({ bytes: 1_000_000 }, limits, 60_000);
    const uncaught = await uncaughtIn(async () => {
      const [one, other] = [new PassThrough(), new PassThrough()];
      bodies.count(null, one);
      // Takes the only place.
      bodies.count(null, other);
      other.destroy(new Error('the line broke'));
      await settled();
    });
    bodies.stop();
    expect(uncaught).toEqual([]);
  });

  it('are cut when they come slower than the slowest line', async () => {
    const url = await second({
      bodies: { graceMs: 200, leastPerSecond: 1024 },
      timeouts: { check: 50 },
    });
    const { token } = await deviceAt(url, SHOP);
    const began = performance.now();
    const said = await Promise.all([
      begin(url, '/v1/push', { token }),
      begin(url, '/v1/challenge', { announced: 1000 }),
    ]);
    expect(said.map((answer) => answer.slice(9, 12))).toEqual(['408', '408']);
    expect(performance.now() - began).toBeLessThan(3_000);
  });

  it('give way when they hold what others need, the longest first', async () => {
    const megabyte = 1024 * 1024;
    const url = await second({ capacity: { bytes: 3.81 * megabyte } });
    const { device } = await deviceAt(url, MALL);
    const { token } = await deviceAt(url, SHOP);
    const filling = {
      token,
      announced: Math.ceil(1.9 * megabyte) + 100,
      sent: `[${' '.repeat(1.9 * megabyte)}`,
    };
    const ends = [begin(url, '/v1/push', filling), begin(url, '/v1/push', filling)];
    await expect.poll(() => figuresOf(url)).toMatch(/heshi_in_flight\{of="bytes"\} 39845\d\d/);
    // For so long nobody is asked to give way.
    await new Promise((resolve) => setTimeout(resolve, 2_200));
    expect(await pushed(device)).toBeLessThan(2_000);
    expect((await Promise.race(ends)).slice(9, 12)).toBe('408');
  });

  it('are refused by whom they say they are before they are read', async () => {
    const url = await second();
    const refusals = [
      ['/v1/push', 'guessed'],
      ['/v1/admin/units', 'guessed'],
      ['/v1/admin/verify', 'guessed'],
      ['/v1/report', ADMIN_TOKEN],
    ].map(([path = '', token = '']) => begin(url, path, { token }));
    expect((await Promise.all(refusals)).map((said) => said.slice(9, 12))).toEqual([
      '401',
      '401',
      '401',
      '401',
    ]);
    expect((await begin(url, '/v1/no-such-call', {})).slice(9, 12)).toBe('404');
    const { device } = await deviceAt(url, SHOP);
    await setting.centre.admin.admin.revoke({ deviceId: device.deviceId, reason: 'test' });
    expect(await refusal(device.feed())).toMatchObject({ code: 'DEVICE_REVOKED' });
  });
});
