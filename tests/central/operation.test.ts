import { connect, type Socket } from 'node:net';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Writable } from 'node:stream';
import { sql } from 'kysely';
import { pino } from 'pino';
import { afterEach, describe, expect, it } from 'vitest';
import { createCentre, type Centre, type CentreOptions } from '../../src/central/centre.ts';
import { generateDeviceKeys } from '../../src/protocol/keys.ts';
import { openTestDevice, type TestDevice } from '../support/device.ts';
import { ADMIN_TOKEN, figuresOf, ROOMY } from '../support/postgres.ts';
import { MALL, mallMediator, newCase, refusal, steps, useCentre } from './setting.ts';

const setting = useCentre();

const opened: Centre[] = [];
afterEach(async () => {
  await Promise.all(opened.splice(0).map((one) => one.close()));
});

/** One more process on the test's database, with limits of its own. */
async function second(options: Partial<CentreOptions> = {}): Promise<{ centre: Centre; url: string }> {
  const centre = await createCentre({
    databaseUrl: setting.centre.databaseUrl,
    ...options,
    capacity: { ...ROOMY, ...options.capacity },
  });
  opened.push(centre);
  return { centre, ...(await centre.listen({ host: '127.0.0.1', port: 0 })) };
}

async function deviceAt(url: string): Promise<TestDevice> {
  return openTestDevice({ ...(await setting.device(MALL)), url });
}

const registered = (device: TestDevice) =>
  device.event({ stream: newCase(), ...steps.register(), actor: mallMediator });

const OPERATOR = { headers: { authorization: `Bearer ${ADMIN_TOKEN}` } };

const json = async (url: string, init?: RequestInit) => {
  const response = await fetch(url, init);
  return {
    status: response.status,
    retryAfter: response.headers.get('retry-after'),
    body: (await response.json()) as unknown,
  };
};

describe('health and readiness', () => {
  it('tell apart a process that is there from one that can work', async () => {
    const folder = await mkdtemp(join(tmpdir(), 'heshi-ready-'));
    try {
      const { url, centre } = await second({ evidenceFolder: folder });
      expect(await json(`${url}/health`)).toMatchObject({ status: 200, body: { ok: true } });
      expect(await json(`${url}/ready`, OPERATOR)).toEqual({
        status: 200,
        retryAfter: null,
        body: {
          ready: true,
          checks: ['serving', 'database', 'migrations', 'disk'].map((name) => ({ name, ok: true })),
        },
      });
      const full = await second({ evidenceFolder: folder, diskReserveBytes: Number.MAX_SAFE_INTEGER });
      expect(JSON.stringify((await json(`${full.url}/ready`, OPERATOR)).body)).toMatch(
        /"disk","ok":false,"reason":"\d+ MiB/,
      );
      await sql`DELETE FROM schema_version WHERE version = (SELECT max(version) FROM schema_version)`.execute(
        centre.database,
      );
      const behind = await json(`${url}/ready`, OPERATOR);
      expect(behind).toMatchObject({ status: 503, body: { ready: false } });
      expect(JSON.stringify(behind.body)).toMatch(
        /"migrations","ok":false,"reason":"schema \d+, this release/,
      );
    } finally {
      await Promise.all(opened.splice(0).map((one) => one.close()));
      await rm(folder, { recursive: true, force: true });
    }
  });

  it('say that the database is away, while the process is healthy', async () => {
    const { url, centre } = await second();
    await sql`ALTER TABLE schema_version RENAME TO schema_version_away`.execute(centre.database);
    expect(await json(`${url}/ready`, OPERATOR)).toMatchObject({
      status: 503,
      body: {
        checks: [
          { name: 'serving', ok: true },
          { name: 'database', ok: false },
        ],
      },
    });
    expect(await json(`${url}/health`)).toMatchObject({ status: 200 });
  });
});

describe('what operators ask', () => {
  it('is told in detail to who has a token for it, and to nobody else', async () => {
    const { url } = await second({ capacity: { calls: 0 } });
    for (const authorization of ['', 'Bearer guessed']) {
      const headers: Record<string, string> = authorization === '' ? {} : { authorization };
      expect(await json(`${url}/ready`, { headers })).toMatchObject({ status: 200, body: { ready: true } });
      expect(JSON.stringify((await json(`${url}/ready`, { headers })).body)).toBe('{"ready":true}');
      expect((await fetch(`${url}/metrics`, { headers })).status).toBe(401);
    }
    expect(await figuresOf(url)).toContain('heshi_in_flight{of="calls"} 0');
    expect((await json(`${url}/ready`, OPERATOR)).body).toMatchObject({
      ready: true,
      checks: expect.anything(),
    });
  });

  it('counts as many proxies as stand before it, whatever a caller says of more', async () => {
    const { url } = await second({ proxies: 1, limits: { addressPerMinute: 2 } });
    const from = async (forwarded: string): Promise<number> =>
      (await json(`${url}/v1/health`, { headers: { 'x-forwarded-for': forwarded } })).status;
    // One address behind the proxy, that makes up another one each time.
    expect([
      await from('198.51.100.1, 192.0.2.9'),
      await from('198.51.100.2, 192.0.2.9'),
      await from('198.51.100.3, 192.0.2.9'),
    ]).toEqual([200, 200, 429]);
    expect(await from('192.0.2.10')).toBe(200);
    // Nobody stands before it: nobody is believed.
    const bare = await second({ limits: { addressPerMinute: 1 } });
    for (const made of ['192.0.2.1', '192.0.2.1', '192.0.2.1'])
      expect((await json(`${bare.url}/v1/health`, { headers: { 'x-forwarded-for': made } })).status).toBe(
        200,
      );
  });
});

describe('limits', () => {
  it('hold back one device and no other, and say for how long', async () => {
    const { url } = await second({ limits: { devicePerMinute: 2 } });
    const [eager, other] = [await deviceAt(url), await deviceAt(url)];
    await eager.feed();
    await eager.feed();
    const refused = await refusal(eager.feed());
    expect(refused).toMatchObject({ code: 'TOO_MANY_REQUESTS', status: 429 });
    expect((refused.data as { retryAfterSeconds: number }).retryAfterSeconds).toBeGreaterThan(0);
    expect((await other.feed()).items.length).toBeGreaterThan(0);
    expect(await figuresOf(url)).toContain('heshi_turned_away_total{why="device"} 1');
  });

  it('hold back an address behind a proxy that only tries codes and tokens, and no other address', async () => {
    const { url } = await second({
      proxies: 1,
      limits: { addressPerMinute: 4, enrolmentsPerMinute: 2 },
    });
    const from = (address: string, headers: Record<string, string> = {}) => ({
      'content-type': 'application/json',
      'x-forwarded-for': address,
      ...headers,
    });
    const enrol = (address: string) =>
      json(`${url}/v1/enrol`, {
        method: 'POST',
        headers: from(address),
        body: JSON.stringify({ code: 'AAAAA-AAAAA', name: 'x', publicKey: generateDeviceKeys().publicKey }),
      });
    expect([(await enrol('192.0.2.1')).status, (await enrol('192.0.2.1')).status]).toEqual([404, 404]);
    const third = await enrol('192.0.2.1');
    expect(third).toMatchObject({ status: 429, body: { code: 'TOO_MANY_REQUESTS' } });
    expect(Number(third.retryAfter)).toBeGreaterThan(0);
    expect((await enrol('192.0.2.2')).status).toBe(404);

    const guess = (address: string) =>
      json(`${url}/v1/admin/devices`, { headers: from(address, { authorization: 'Bearer guessed' }) });
    const statuses: number[] = [];
    for (let tries = 0; tries < 7; tries += 1) statuses.push((await guess('192.0.2.3')).status);
    expect(statuses).toEqual([401, 401, 401, 401, 401, 429, 429]);
    expect((await guess('192.0.2.4')).status).toBe(401);
  });

  it('hold over two processes together for who has not shown who they are, and for each alone without the database', async () => {
    const limits = { addressPerMinute: 6, enrolmentsPerMinute: 3 };
    const [one, other] = [await second({ proxies: 1, limits }), await second({ proxies: 1, limits })];
    const ask = async (at: { url: string }, path: string, address: string, more: object = {}) =>
      (
        await json(`${at.url}${path}`, {
          method: 'POST',
          headers: { 'content-type': 'application/json', 'x-forwarded-for': address, ...more },
          body: JSON.stringify({ code: 'AAAAA-AAAAA', name: 'x', publicKey: generateDeviceKeys().publicKey }),
        })
      ).status;
    const inTurn = async (calls: number, path: string, address: string, more: object = {}) => {
      const statuses: number[] = [];
      for (let call = 0; call < calls; call += 1)
        statuses.push(await ask(call % 2 === 0 ? one : other, path, address, more));
      return statuses;
    };
    expect(await inTurn(5, '/v1/enrol', '192.0.2.1')).toEqual([404, 404, 404, 429, 429]);
    // A challenge for nobody is a call like any other of that address.
    const asked = await inTurn(9, '/v1/challenge', '192.0.2.2');
    expect(asked.map((status) => status === 429)).toEqual([
      ...Array<boolean>(6).fill(false),
      true,
      true,
      true,
    ]);
    const tokens = await inTurn(10, '/v1/admin/verify', '192.0.2.3', { authorization: 'Bearer guessed' });
    // Each process learns of it by the one call that it counts too many.
    expect(tokens.filter((status) => status === 401)).toHaveLength(8);
    expect(tokens.slice(-2)).toEqual([429, 429]);
    // Started anew, it knows what was counted before.
    const later = await second({ proxies: 1, limits });
    expect(await ask(later, '/v1/enrol', '192.0.2.1')).toBe(429);

    await sql`ALTER TABLE call_count RENAME TO call_count_away`.execute(one.centre.database);
    expect(await inTurn(8, '/v1/enrol', '192.0.2.4')).toEqual([404, 404, 404, 404, 404, 404, 429, 429]);
  });

  it('turn away what is more than a process takes on, and count what is done as soon as it is', async () => {
    const { url } = await second({ capacity: { calls: 0 } });
    const away = await json(`${url}/v1/health`);
    expect(away).toMatchObject({ status: 503, body: { code: 'OVERLOADED' } });
    expect(Number(away.retryAfter)).toBeGreaterThanOrEqual(1);
    // What operates the centre still gets through.
    expect((await json(`${url}/ready`, OPERATOR)).status).toBe(200);

    const one = await second({ capacity: { calls: 1 } });
    for (let calls = 0; calls < 5; calls += 1) expect((await json(`${one.url}/v1/health`)).status).toBe(200);
    const figures = await figuresOf(one.url);
    expect(figures).toContain('heshi_in_flight{of="calls"} 0');
    expect(figures).toContain('heshi_in_flight{of="bytes"} 0');
  });

  it('refuse a body above the limit before it is read', async () => {
    const answer = await fetch(`${setting.centre.url}/v1/admin/units`, {
      method: 'POST',
      headers: { 'content-type': 'application/json', ...OPERATOR.headers },
      body: Buffer.alloc(8 * 1024 * 1024 + 1, 32),
    });
    expect(answer.status).toBe(413);
  });
});

describe('slow callers', () => {
  it('are let go, one by one, while others are served', async () => {
    const { url } = await second({ timeouts: { headers: 300, request: 600, check: 50 } });
    const port = Number(new URL(url).port);
    const ended = (socket: Socket): Promise<string> =>
      new Promise((resolve) => {
        let said = '';
        socket.on('data', (chunk) => (said += chunk.toString()));
        socket.on('error', () => undefined);
        socket.on('close', () => resolve(said));
      });
    const dribble = (start: string, piece: string): Promise<string> => {
      let writing: NodeJS.Timeout | undefined;
      const socket = connect(port, '127.0.0.1', () => {
        // Not before: a connection that is slow to come about would have the pieces sent first.
        socket.write(start);
        writing = setInterval(() => socket.write(piece), 30);
      });
      return ended(socket).finally(() => clearInterval(writing));
    };
    const slow = [
      ...Array.from({ length: 20 }, () => dribble('GET /v1/health HTTP/1.1\r\nHost: x\r\n', 'X-A: b\r\n')),
      ...Array.from({ length: 20 }, () =>
        dribble(
          'POST /v1/challenge HTTP/1.1\r\nHost: x\r\nContent-Type: application/json\r\nContent-Length: 1000\r\n\r\n{',
          ' ',
        ),
      ),
    ];
    expect((await json(`${url}/v1/health`)).status).toBe(200);
    const answers = await Promise.all(slow);
    expect(answers.filter((said) => said.includes(' 200 '))).toEqual([]);
    // Who is still writing when the connection is closed may have it reset under them before they have read why.
    const told = answers.filter((said) => said.startsWith('HTTP/1.1 408 '));
    expect(answers.filter((said) => said !== '' && !said.startsWith('HTTP/1.1 408 '))).toEqual([]);
    expect(told).not.toEqual([]);
    expect(await figuresOf(url)).toContain('heshi_in_flight{of="calls"} 0');
  });
});

describe('the log', () => {
  it('has a line a call with device, counts and rules, and nothing of people', async () => {
    const lines: string[] = [];
    const stream = new Writable({
      write: (chunk: Buffer, _encoding, done) => {
        lines.push(chunk.toString());
        done();
      },
    });
    const { url } = await second({ log: pino({ level: 'trace' }, stream) });
    const device = await deviceAt(url);
    const accepted = registered(device);
    const illegal = device.event({ stream: newCase(), ...steps.accept(), actor: mallMediator });
    await device.push([accepted, illegal]);
    await refusal(device.push([{ ...accepted, id: '张三' }]));
    await fetch(`${url}/v1/rollup?path=${encodeURIComponent('/HS/张三')}&from=10012345678`);
    await fetch(`${url}/v1/张三/10012345678`);
    await device.client.health();
    const entries = lines.map((line) => JSON.parse(line) as Record<string, unknown>);
    expect(entries).toContainEqual(
      expect.objectContaining({
        msg: 'answered',
        route: '/v1/push',
        status: 200,
        device: device.deviceId,
        events: 2,
        refused: { 'case-missing': 1 },
      }),
    );
    expect(entries).toContainEqual(expect.objectContaining({ route: '/v1/push', status: 400 }));
    expect(entries).toContainEqual(expect.objectContaining({ route: 'other', status: 404 }));
    expect(entries.every((entry) => 'requestId' in entry)).toBe(true);
    for (const secret of ['张三', '%E5%BC%A0', '10012345678', 'mediator-mall', '虚构'])
      expect(lines.join('')).not.toContain(secret);
  });
});

describe('figures', () => {
  it('cover pushes, refusals, lag of feeds and the pool', async () => {
    const device = await setting.device(MALL);
    await device.push([
      registered(device),
      device.event({ stream: newCase(), ...steps.accept(), actor: mallMediator }),
    ]);
    await device.feed(0, 1);
    const text = async () => figuresOf(setting.centre.url);
    const figures = await text();
    expect(figures).toContain('heshi_push_events_count 1');
    expect(figures).toContain('heshi_refused_events_total{rule="case-missing"} 1');
    expect(figures).toContain('heshi_workstations{status="active"} 1');
    expect(figures).toMatch(/heshi_pool_connections\{state="(?:used|idle)"\} [1-9]/);
    const { head } = await device.feed();
    expect(figures).toContain(`heshi_feed_lag_items{of="furthest"} ${head.position - 1}`);
    expect(await text()).toContain('heshi_feed_lag_items{of="furthest"} 0');
  });
});

describe('closing', () => {
  it('answers what is under way, then is gone', async () => {
    const { centre, url } = await second();
    const device = await deviceAt(url);
    await device.signIn();
    const batch = Array.from({ length: 300 }, () => registered(device));
    // Somebody holds the log, so that the push is under way for as long as it is looked at.
    const [held, release] = [Promise.withResolvers<void>(), Promise.withResolvers<void>()];
    const holding = setting.centre.centre.database.transaction().execute(async (transaction) => {
      await sql`LOCK TABLE event IN SHARE MODE`.execute(transaction);
      held.resolve();
      await release.promise;
    });
    await held.promise;
    const pushed = device.push(batch);
    // The request is at the centre once it is counted there.
    await expect
      .poll(() => figuresOf(url), { interval: 5, timeout: 10_000 })
      .toMatch(/heshi_in_flight\{of="calls"\} 1/);
    opened.splice(opened.indexOf(centre), 1);
    const closed = centre.close();
    release.resolve();
    await holding;
    expect((await pushed).receipts).toHaveLength(300);
    await closed;
    await expect(fetch(`${url}/health`)).rejects.toThrow();
  });

  it('cuts who does not end in time, and nothing is half done', async () => {
    const { centre, url } = await second({ closesWithinMs: 100 });
    const port = Number(new URL(url).port);
    const socket = connect(port, '127.0.0.1');
    socket.on('error', () => undefined);
    const gone = new Promise((resolve) => socket.on('close', resolve));
    socket.write(
      'POST /v1/challenge HTTP/1.1\r\nHost: x\r\nContent-Type: application/json\r\nContent-Length: 100\r\n\r\n{',
    );
    await expect
      .poll(async () => figuresOf(url), { interval: 5, timeout: 10_000 })
      .toMatch(/heshi_in_flight\{of="bodies"\} 1/);
    opened.splice(opened.indexOf(centre), 1);
    await centre.close();
    await gone;
  });
});
