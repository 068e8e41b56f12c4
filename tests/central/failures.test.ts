import { Writable } from 'node:stream';
import { sql } from 'kysely';
import { pino } from 'pino';
import { describe, expect, it } from 'vitest';
import { createCentre } from '../../src/central/centre.ts';
import { eventHash } from '../../src/protocol/chain.ts';
import { figuresOf } from '../support/postgres.ts';
import { openTestDevice } from '../support/device.ts';
import { MALL, mallMediator, newCase, refusal, steps, useCentre } from './setting.ts';

const setting = useCentre();

describe('a batch that is not right', () => {
  it('because of a changed hash stores nothing and does not put the device in quarantine', async () => {
    const device = await setting.device(MALL);
    const first = device.event({ stream: newCase(), ...steps.register(), actor: mallMediator });
    const second = device.event({ stream: newCase(), ...steps.register(), actor: mallMediator });
    const changed = { ...first, at: '2026-01-01T00:00:00.000Z' };
    expect(await refusal(device.push([changed, second]))).toMatchObject({
      code: 'CHAIN_BROKEN',
      status: 409,
      data: { sequence: 1, reason: 'hash' },
    });
    // Whoever changes a batch on its way cannot lock the device out.
    expect((await device.push([first, second])).head.sequence).toBe(2);
  });

  it('because another device’s events are in it stores nothing', async () => {
    const [device, other] = [await setting.device(MALL), await setting.device(MALL)];
    const foreign = other.event({ stream: newCase(), ...steps.register(), actor: mallMediator });
    expect(await refusal(device.push([foreign]))).toMatchObject({
      code: 'CHAIN_BROKEN',
      data: { reason: 'foreign-device' },
    });
    expect((await setting.centre.admin.admin.devices()).devices.map((one) => one.status)).toEqual([
      'active',
      'active',
    ]);
  });

  it('because a number is missing or out of order stores nothing', async () => {
    const device = await setting.device(MALL);
    const events = Array.from({ length: 3 }, () =>
      device.event({ stream: newCase(), ...steps.register(), actor: mallMediator }),
    );
    expect(await refusal(device.push(events.slice(1)))).toMatchObject({
      code: 'SEQUENCE_GAP',
      status: 409,
      data: { expected: 1 },
    });
    expect(
      await refusal(device.push([events[0], events[2]].filter((one) => one !== undefined))),
    ).toMatchObject({
      code: 'CHAIN_BROKEN',
      data: { reason: 'order' },
    });
    expect((await device.push(events)).receipts.map((one) => one.status)).toEqual([
      'accepted',
      'accepted',
      'accepted',
    ]);
  });

  it('because the log went on from somewhere else proves a second log', async () => {
    const device = await setting.device(MALL);
    await device.push([device.event({ stream: newCase(), ...steps.register(), actor: mallMediator })]);
    const copy = openTestDevice({
      url: setting.centre.url,
      deviceId: device.deviceId,
      unitPath: MALL,
      keys: device.keys,
      head: { sequence: 1, hash: 'f'.repeat(64) },
    });
    const fork = copy.event({ stream: newCase(), ...steps.register(), actor: mallMediator });
    expect(await refusal(copy.push([fork]))).toMatchObject({
      code: 'CHAIN_BROKEN',
      data: { reason: 'previous-hash', sequence: 2 },
    });
    const honest = device.event({ stream: newCase(), ...steps.register(), actor: mallMediator });
    expect(await refusal(device.push([honest]))).toMatchObject({ data: { reason: 'quarantined' } });
    // What it had is there, and it can still read.
    expect((await device.feed()).items.filter((item) => item.event.device === device.deviceId)).toHaveLength(
      1,
    );
  });
});

describe('odd text', () => {
  it('in payloads arrives as it was: invisible signs, quotes, the longest texts', async () => {
    const device = await setting.device(MALL);
    const odd = { invisible: 'a\u200b\u202eb', apart: 'e\u0301', ends: '\r\n\u2028', quotes: `"'{}\\,NULL` };
    const unknown = device.event({ stream: newCase(), type: 'odd', payload: odd, actor: mallMediator });
    const facts = { text: '字'.repeat(4000), occurredOn: '2026-03-01' };
    const long = device.event({ stream: newCase(), ...steps.register({ facts }), actor: mallMediator });
    const { receipts } = await device.push([unknown, long]);
    expect(receipts.map((one) => one.status)).toEqual(['unknown', 'accepted']);
    for (const item of (await device.feed()).items) {
      const sent = [unknown, long].find((one) => one.id === item.event.id);
      if (sent) expect(eventHash(item.event, sent.previousHash)).toBe(item.hash);
    }
  });

  it('where the centre keeps plain text is refused with its field', async () => {
    const device = await setting.device(MALL);
    const bad = device.event({
      stream: { kind: 'case', id: 'a\u0000b' },
      ...steps.register(),
      actor: mallMediator,
    });
    expect(await refusal(device.push([bad]))).toMatchObject({
      code: 'INPUT_INVALID',
      status: 400,
      data: { issues: [{ field: 'events.0.stream.id' }] },
    });
  });
});

describe('input', () => {
  const post = (path: string, body: string, headers: Record<string, string> = {}) =>
    fetch(`${setting.centre.url}${path}`, {
      method: 'POST',
      headers: { 'content-type': 'application/json', ...headers },
      body,
    });

  it('that is not JSON, not there or not known is answered in the same form', async () => {
    const torn = await post('/v1/enrol', '{"code": [');
    expect([torn.status, await torn.json()]).toMatchObject([400, { code: 'BAD_REQUEST' }]);
    const kind = await post('/v1/enrol', 'code=1', { 'content-type': 'application/x-www-form-urlencoded' });
    expect(kind.status).toBe(415);
    const nowhere = await fetch(`${setting.centre.url}/v1/nowhere`);
    expect([nowhere.status, await nowhere.json()]).toMatchObject([404, { code: 'NOT_FOUND' }]);
  });

  it('names every wrong field of a push', async () => {
    const device = await setting.device(MALL);
    await device.signIn();
    const event = device.event({ stream: newCase(), ...steps.register(), actor: mallMediator });
    const push = device.client.push({
      events: [{ ...event, id: 'no-uuid', at: 'yesterday', unitPath: 'M01' }],
      signature: '',
    });
    expect(await refusal(push)).toMatchObject({
      code: 'INPUT_INVALID',
      status: 400,
      data: { issues: [{ field: 'events.0.id' }, { field: 'events.0.at' }, { field: 'events.0.unitPath' }] },
    });
  });

  it('of a period that ends before it begins, or lies outside time, names field and rule', async () => {
    const ask = (from: string, to: string) => setting.centre.admin.admin.rollup({ path: '/HS', from, to });
    expect(await refusal(ask('2026-02-01', '2026-01-01'))).toMatchObject({
      code: 'INPUT_INVALID',
      data: { issues: [{ field: 'to', message: 'period-reversed' }] },
    });
    expect(await refusal(ask('0001-01-01', '9999-12-31'))).toMatchObject({
      data: { issues: [{ field: 'from', message: 'period-out-of-range' }] },
    });
    expect(await refusal(ask('2026-02-30', '2026-03-01'))).toMatchObject({
      data: { issues: [{ field: 'from' }] },
    });
    const unknown = setting.centre.admin.admin.rollup({ path: '/XX', from: '2026-01-01', to: '2026-01-02' });
    expect(await refusal(unknown)).toMatchObject({
      code: 'UNIT_UNKNOWN',
      status: 404,
      data: { path: '/XX' },
    });
  });
});

describe('what nobody foresaw', () => {
  it('is answered with the id under which the log has it, and neither tells of people', async () => {
    const lines: string[] = [];
    const stream = new Writable({
      write: (chunk: Buffer, _encoding, done) => {
        lines.push(chunk.toString());
        done();
      },
    });
    const centre = await createCentre({
      databaseUrl: setting.centre.databaseUrl,
      log: pino({ level: 'warn' }, stream),
    });
    try {
      const { url } = await centre.listen({ host: '127.0.0.1', port: 0 });
      const device = await setting.device(MALL);
      const here = openTestDevice({ ...device, url });
      // The column is gone under the running process.
      await sql`ALTER TABLE stream RENAME COLUMN sight TO seen`.execute(centre.database);
      const event = here.event({ stream: newCase(), ...steps.register(), actor: mallMediator });
      const answer = await refusal(here.push([event]));
      expect(answer).toMatchObject({ code: 'INTERNAL_SERVER_ERROR', status: 500 });
      const { requestId } = answer.data as { requestId: string };
      expect(requestId).toMatch(/^[0-9a-f-]{36}$/);
      const line = lines.find((one) => one.includes(requestId)) ?? '';
      expect(JSON.parse(line)).toMatchObject({ msg: 'request failed', error: { code: '42703' } });
      for (const text of [line, JSON.stringify(answer)]) {
        for (const secret of ['张三', '10012345678', 'mediator-mall', 'sight'])
          expect(text).not.toContain(secret);
      }
      await sql`ALTER TABLE stream RENAME COLUMN seen TO sight`.execute(centre.database);
      expect((await here.push([event])).receipts).toMatchObject([{ status: 'accepted' }]);
    } finally {
      await centre.close();
    }
  });

  it('shows in the figures beside the contract', async () => {
    const device = await setting.device(MALL);
    await device.push([device.event({ stream: newCase(), ...steps.accept(), actor: mallMediator })]);
    await fetch(`${setting.centre.url}/v1/made-up/1`);
    expect(await (await fetch(`${setting.centre.url}/healthz`)).json()).toEqual({ ok: true });
    const figures = await figuresOf(setting.centre.url);
    expect(figures).toContain('heshi_events_total{status="rejected"} 1');
    expect(figures).toContain('route="/v1/push",status="200"');
    expect(figures).toContain('route="other",status="404"');
    expect(figures).not.toContain('made-up');
  });
});

describe('a database connection that is lost between two statements of a transaction', () => {
  it('fails that transaction and nothing else', async () => {
    const { database } = setting.centre.centre;
    const lost = database.transaction().execute(async (work) => {
      const { rows } = await sql<{ pid: number }>`SELECT pg_backend_pid() AS pid`.execute(work);
      await sql`SELECT pg_terminate_backend(${rows[0]?.pid ?? 0}, 5000)`.execute(database);
      // The news of it arrives while no statement waits for an answer.
      await new Promise((resolve) => setTimeout(resolve, 50));
      await sql`SELECT 1`.execute(work);
    });
    await expect(lost).rejects.toThrow(/terminat|not queryable/i);
    const device = await setting.device(MALL);
    const event = device.event({ stream: newCase(), ...steps.register(), actor: mallMediator });
    expect((await device.push([event])).receipts).toMatchObject([{ status: 'accepted' }]);
  });
});
