import { isContractProcedure } from '@orpc/contract';
import fc from 'fast-check';
import { sql } from 'kysely';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { EVIDENCE_CONTENT, EVIDENCE_UPLOADS } from '../../src/contract/centre/evidence.ts';
import { centralContract } from '../../src/contract/centre/index.ts';
import { AdministratorScope } from '../../src/domain/organisation/index.ts';
import { sessionText, signText } from '../../src/protocol/keys.ts';
import { enrolTestDevice, type TestDevice } from '../support/device.ts';
import { actorAt, registration } from '../support/facts.ts';
import { FULL } from '../support/full.ts';
import { oddBody, oddText, oddValue } from '../support/hostile.ts';
import {
  codeFor,
  startDistrictCentre,
  startTestServer,
  type TestCentre,
  type TestServer,
} from '../support/postgres.ts';
import { businessDay } from '../../src/domain/kernel/calendar/index.ts';

const MALL = '/HS/C1/M01';
const MEDIATOR = { ...actorAt(MALL), staffId: 'mediator-mall' };
const REQUESTS = FULL ? 18_000 : 400;
const EVENTS = FULL ? 4_000 : 120;
/** At once. */
const ABREAST = 16;

let server: TestServer;
let centre: TestCentre;
let device: TestDevice;
/** A session, an administrator's token for everything, and one of nobody. */
let tokens: (string | null)[];

beforeAll(async () => {
  server = await startTestServer();
  // As many calls as there are, since it is not the limits that are tried.
  centre = await startDistrictCentre(server.server, { limits: { devicePerMinute: 1_000_000 } });
  device = await enrolTestDevice({ url: centre.url, code: await codeFor(centre, MALL) });
  const { challenge } = await device.client.challenge({ deviceId: device.deviceId });
  const signature = signText(device.keys.privateKey, sessionText(device.deviceId, challenge));
  const { token: session } = await device.client.session({ deviceId: device.deviceId, challenge, signature });
  const today = businessDay(new Date().toISOString());
  const { token } = await centre.admin.admin.administrators.add({
    name: '某管理员（虚构）',
    scopes: [...AdministratorScope.options],
    until: `${Number(today.slice(0, 4)) + 1}${today.slice(4, 7)}-01`,
  });
  tokens = [null, 'guessed', session, token];
});
afterAll(async () => {
  await centre.stop();
  await server.stop();
});

type Route = { method: string; path: string };

function routesOf(contract: object): Route[] {
  return Object.values(contract).flatMap((one: unknown) => {
    if (!isContractProcedure(one)) return typeof one === 'object' && one !== null ? routesOf(one) : [];
    const { method = 'POST', path = '/' } = one['~orpc'].route;
    return [{ method, path: `/v1${path}` }];
  });
}

/** Without what is a sound call whatever is sent with it, and without the stream, which does not end. */
const SOUND = new Set(['/v1/admin/verify', '/v1/admin/credit/grades', '/v1/presence', '/v1/nudges']);
const ROUTES = [
  ...routesOf(centralContract).filter(({ path }) => !SOUND.has(path)),
  { method: 'POST', path: EVIDENCE_UPLOADS },
  { method: 'PATCH', path: `${EVIDENCE_UPLOADS}/{id}` },
  { method: 'GET', path: `${EVIDENCE_CONTENT}/{caseId}/{sha256}` },
  ...['/health', '/ready', '/metrics', '/p', '/p/paper', '/p/shop/{code}', '/v1/nowhere'].map((path) => ({
    method: 'GET',
    path,
  })),
];
/** Names of members that calls look for, so that values come to where they are read. */
const NAMES = [
  'deviceId',
  'challenge',
  'signature',
  'events',
  'unitPath',
  'path',
  'from',
  'to',
  'after',
  'limit',
  'units',
  'staff',
  'staffId',
  'month',
  'file',
  'policy',
  'code',
  'name',
  'publicKey',
  'year',
  'ranges',
  'leases',
  'mark',
];
const body = oddBody(NAMES);
const request = fc.record({
  route: fc.constantFrom(...ROUTES),
  method: fc.option(fc.constantFrom('GET', 'POST', 'PUT', 'PATCH', 'DELETE', 'HEAD', 'OPTIONS'), {
    nil: null,
    freq: 8,
  }),
  // Mostly those with which it is looked at further.
  token: fc.constantFrom(0, 1, 2, 3, 2, 3),
  place: oddText,
  query: fc.dictionary(fc.oneof(fc.constantFrom(...NAMES), fc.string()), fc.string(), { maxKeys: 4 }),
  body,
  type: fc.constantFrom(
    'application/json',
    'application/json; charset=x',
    'text/plain',
    'application/offset+octet-stream',
    'multipart/form-data',
  ),
});
type Hostile = typeof request extends fc.Arbitrary<infer One> ? One : never;

/** Sends it, and gives the status with which it was answered; 0 where the client itself cannot send such. */
async function send({ route, token, place, query, body: sent, type, ...given }: Hostile): Promise<number> {
  const method = given.method ?? route.method;
  const well = place.toWellFormed();
  const path = route.path.replaceAll(/\{[^}]+\}/g, encodeURIComponent(well === '' ? 'x' : well));
  const search = new URLSearchParams(Object.entries(query).map(([name, one]) => [name.toWellFormed(), one]));
  const bearer = tokens[token];
  const headers = { 'content-type': type, ...(bearer ? { authorization: `Bearer ${bearer}` } : {}) };
  const init = ['GET', 'HEAD'].includes(method) ? { method, headers } : { method, headers, body: sent };
  let target: URL;
  try {
    target = new URL(`${centre.url}${path}?${search.toString()}`);
  } catch {
    return 0;
  }
  const answer = await fetch(target, init);
  await answer.arrayBuffer();
  return answer.status;
}

/** What is counted, spent or kept of whoever asks, and nothing of anybody's records. */
const BESIDE = ['call_count', 'used_challenge', 'administrator_act', 'maintenance_run'];

/** Every row that the centre keeps, by table. */
async function rows(tables?: readonly string[]): Promise<Record<string, string>> {
  const { database } = centre.centre;
  const found = await sql<{ name: string }>`
    SELECT tablename AS name FROM pg_tables WHERE schemaname = 'public' ORDER BY 1`.execute(database);
  const sums: Record<string, string> = {};
  for (const { name } of found.rows.filter(
    (one) => tables?.includes(one.name) ?? !BESIDE.includes(one.name),
  )) {
    const { rows: sum } = await sql<{ sum: string }>`
      SELECT count(*) || ' ' || coalesce(sum(hashtext(one::text)), 0) AS sum FROM ${sql.table(name)} AS one`.execute(
      database,
    );
    sums[name] = sum[0]?.sum ?? '';
  }
  return sums;
}

/** What must hold whatever was sent. */
async function expectWell(): Promise<void> {
  const { invariants } = await centre.admin.admin.verify();
  expect(invariants.filter((one) => one.broken > 0)).toEqual([]);
  for (const path of ['/HS', '/HS/C1', MALL, `${MALL}/S001`])
    await centre.admin.admin.rollup({ path, from: '2026-01-01', to: '2030-12-31' });
  expect((await fetch(`${centre.url}/ready`)).status).toBe(200);
}

describe('whatever is sent to a centre', () => {
  it('is answered without a failure of ours, and changes nothing', async () => {
    const before = await rows();
    const failed: string[] = [];
    const statuses = new Map<number, number>();
    const all = fc.sample(request, { numRuns: REQUESTS, seed: FULL ? Date.now() % 2 ** 31 : 16 });
    for (let start = 0; start < all.length; start += ABREAST)
      await Promise.all(
        all.slice(start, start + ABREAST).map(async (one) => {
          const status = await send(one);
          statuses.set(status, (statuses.get(status) ?? 0) + 1);
          if (status >= 500)
            failed.push(`${status} ${JSON.stringify({ ...one, body: one.body.slice(0, 300) })}`);
        }),
      );
    expect(failed).toEqual([]);
    // It came to where it is judged, and was not all turned away at the door.
    for (const status of [400, 401, 404])
      expect(statuses.get(status) ?? 0, `${status}`).toBeGreaterThan(REQUESTS / 50);
    // A device is seen when it asks for its feed.
    delete before['device'];
    const { device: _seen, ...after } = await rows();
    expect(after).toEqual(before);
    await expectWell();
  });

  it('as a signed fact is receipted one by one, and what is not accepted changes no record and no figure', async () => {
    const kept = [
      'stream',
      'rollup_counter',
      'rollup_handling',
      'credit_fact',
      'feed',
      'feed_head',
      'consumer_mark',
    ];
    const before = await rows(kept);
    const names = Object.keys(registration());
    const draft = fc.record({
      kind: fc.constantFrom(
        'case',
        'return',
        'merchant',
        'staff',
        'unit',
        'workstation',
        'procedure',
        'credit',
      ),
      id: fc.string({ minLength: 1, maxLength: 40 }).filter((one) => /^[\w-]+$/.test(one)),
      type: fc.constantFrom(
        'case-registered',
        'case-accepted',
        'note-added',
        'staff-added',
        'return-requested',
        'merchant-registered',
        'unit-created',
      ),
      over: fc.dictionary(fc.constantFrom(...names), oddValue, { minKeys: 1, maxKeys: 5 }),
      at: fc.constantFrom('2026-03-10T02:00:00.000Z', '9999-12-31T23:59:59.999Z', '0001-01-01T00:00:00.000Z'),
    });
    const all = fc.sample(draft, { numRuns: EVENTS, seed: FULL ? Date.now() % 2 ** 31 : 15 });
    let [accepted, refused, unsent] = [0, 0, 0];
    for (let start = 0; start < all.length; start += 20) {
      const drafts = all.slice(start, start + 20);
      // A text that is no Unicode cannot be signed by an honest client either; it is sent in `plain-text.test.ts`.
      const events = drafts.flatMap(({ kind, id, type, over, at }) => {
        const payload = { ...registration(), ...over };
        if (!JSON.stringify(payload).isWellFormed() || /\\u[dD][89a-fA-F]/.test(JSON.stringify(payload)))
          return [];
        return [device.event({ stream: { kind, id }, type, payload, actor: MEDIATOR, at })];
      });
      unsent += drafts.length - events.length;
      const { receipts, runs = [] } = await device.push(events);
      accepted += receipts.filter(({ status }) => status !== 'rejected').length;
      accepted += runs.reduce((sum, { from, to }) => sum + to - from + 1, 0);
      refused += receipts.filter(({ status }) => status === 'rejected').length;
    }
    expect(accepted + refused + unsent).toBe(EVENTS);
    expect(refused).toBeGreaterThan(EVENTS / 2);
    if (accepted === 0) expect(await rows(kept)).toEqual(before);
    await expectWell();
  });
});
