import { sql } from 'kysely';
import { beforeEach, expect, it } from 'vitest';
import { readMeta } from '../../src/main/kernel/store/index.ts';
import { type WorkstationClient } from '../../src/main/workstation.ts';
import { useWorkstations, type LiveWorkstation } from '../support/live-workstations.ts';
import { caseInput } from '../support/workstation.ts';

const PHONE = '13812349876';
const consumer = { name: '欧阳娜娜', phone: PHONE };

const workstations = useWorkstations();
/** Everything the workstations say to the centre, and the keys it answers with. */
let sent: string[];
let keys: string[];
beforeEach(() => {
  sent = [];
  keys = [];
});

async function openLive(name: string, unitPath: string, staffId: string): Promise<LiveWorkstation> {
  const fetcher: typeof fetch = async (input, init) => {
    const request = new Request(input, init);
    sent.push(`${request.method} ${request.url} ${await request.clone().text()}`);
    const response = await fetch(request);
    if (request.url.endsWith('/v1/repeats/key')) keys.push(await response.clone().text());
    return response;
  };
  return workstations.open(name, unitPath, staffId, { fetcher });
}

const openWorkstation = async (name: string, unitPath: string, staffId: string): Promise<WorkstationClient> =>
  (await openLive(name, unitPath, staffId)).api;

const questions = (): string[] => sent.filter((one) => one.includes('/v1/repeats/'));

it('a workstation learns of complaints at another mall by a mark, and its number never leaves', async () => {
  const first = await openWorkstation('first', '/HS/C1/M01', 'mediator-mall');
  const { id } = await first.cases.register(caseInput({ consumer }));
  await first.cases.act({ id, revision: 1, action: { step: 'case-accepted', payload: {} } });
  await first.sync.now();

  const second = await openWorkstation('second', '/HS/C1/M02', 'mediator-second');
  await second.sync.now();
  sent = [];
  const ask = { phone: '138 1234 9876', merchantId: null };
  // Nothing is known here, and nothing of the case comes here.
  expect((await second.repeats.find({ ...ask, merchantName: '' })).facts.cases).toBe(0);
  const found = await second.repeats.askElsewhere(ask);
  expect(found).toMatchObject({
    kind: 'answered',
    answer: {
      cases: [{ unitName: 'M01（测试）', object: 'clothing', sameMerchant: null, outcome: 'open' }],
      facts: { cases: 1, merchants: 1, claimedFen: 128_000, returns: 0, days: 365 },
    },
  });
  expect(questions()).toHaveLength(2);
  expect(sent.join('\n')).not.toContain(PHONE);
  // Asked again, it answers from what it knows.
  expect(await second.repeats.askElsewhere(ask)).toEqual(found);
  expect(questions()).toHaveLength(2);

  // Of a case on record too, whose own unit is left out.
  const own = await second.cases.register(caseInput({ consumer }));
  await second.sync.now();
  expect(await second.repeats.askElsewhereOfCase({ id: own.id })).toMatchObject({
    kind: 'answered',
    answer: { facts: { cases: 1 } },
  });
  for (const phone of ['', '138', '没有'])
    expect(await second.repeats.askElsewhere({ phone, merchantId: null })).toEqual({
      kind: 'not-asked',
      reason: 'no-number',
    });
  await expect(second.repeats.askElsewhereOfCase({ id: 'none' })).rejects.toMatchObject({
    code: 'NOT_FOUND',
  });
});

it('the key is fetched once, lies sealed, and serves after a restart', async () => {
  const first = await openLive('second', '/HS/C1/M02', 'mediator-second');
  await first.api.repeats.askElsewhere({ phone: PHONE, merchantId: null });
  expect(keys).toHaveLength(1);
  await workstations.close(first);
  const device = await openLive('second', '/HS/C1/M02', 'mediator-second');
  expect(await device.api.repeats.askElsewhere({ phone: PHONE, merchantId: null })).toMatchObject({
    kind: 'answered',
  });
  expect(keys).toHaveLength(1);
  const { key } = JSON.parse(keys[0] ?? '') as { key: string };
  expect(Buffer.from(key, 'base64')).toHaveLength(32);
  const kept = await readMeta(device.running.parts.store.read, 'consumer-mark-key');
  expect(kept).toBeTruthy();
  expect(kept).not.toContain(key);
  expect(Buffer.from(kept ?? '', 'base64').includes(Buffer.from(key, 'base64'))).toBe(false);
});

it('says so when the line is down, asks when it is back, and says when it has asked too often', async () => {
  const second = await openLive('second', '/HS/C1/M02', 'mediator-second');
  const { api } = second;
  await api.repeats.askElsewhere({ phone: '13700001111', merchantId: null });
  await workstations.centre.halt();
  const ask = { phone: PHONE, merchantId: null };
  expect(await api.repeats.askElsewhere(ask)).toEqual({ kind: 'not-asked', reason: 'offline' });
  await workstations.centre.resume();
  expect(await api.repeats.askElsewhere(ask)).toMatchObject({ kind: 'answered' });
  await sql`
    INSERT INTO consumer_mark_question (circle, device, unit_path, staff_id, mark, cases, returns, asked_at)
    SELECT circle, device, unit_path, staff_id, mark, cases, returns, asked_at
    FROM consumer_mark_question, generate_series(1, 120)`.execute(workstations.centre.centre.database);
  const refused = await api.repeats.askElsewhere({ phone: '13700002222', merchantId: null });
  expect(refused).toMatchObject({ kind: 'not-asked', reason: 'too-often' });
  expect(
    refused.kind === 'not-asked' && refused.reason === 'too-often' && refused.retryAfterSeconds,
  ).toBeGreaterThan(3_000);
  const stranger = second.running.connect().api;
  await expect(stranger.repeats.askElsewhere(ask)).rejects.toMatchObject({ code: 'NOT_SIGNED_IN' });
});
