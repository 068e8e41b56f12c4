import { join } from 'node:path';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import type { FeedPage, PushResult } from '../../src/contract/centre/index.ts';
import { createNodeHost } from '../../src/main/hosts/node.ts';
import { appendLocal, type NewFact } from '../../src/main/kernel/store/index.ts';
import { startWorkstation, type Workstation } from '../../src/main/workstation.ts';
import { enrolTestDevice } from '../support/device.ts';
import { actorAt, registration } from '../support/facts.ts';
import {
  codeFor,
  startDistrictCentre,
  startTestServer,
  type TestCentre,
  type TestServer,
} from '../support/postgres.ts';
import { speakAsCentre } from '../support/speaking.ts';
import { temporaryFolder } from '../../tools/temporary-folder.ts';

const MALL = '/HS/C1/M01';
const MEDIATOR = { ...actorAt(MALL), staffId: 'mediator-mall' };
/** More than one push holds. */
const TWO_BATCHES = 1300;

let server: TestServer;
let centre: TestCentre;
let folder: string;
let remove: () => Promise<void>;
let running: Workstation;
/** What the workstation sent and got, in the order of the answers. */
let traffic: { path: string; request: string; answer: string }[];
/** What stands between the workstation and its centre. */
let between: (path: string, send: () => Promise<Response>) => Promise<Response>;
let sentBody: (body: string) => string;

beforeAll(async () => {
  server = await startTestServer();
});
afterAll(() => server.stop());
beforeEach(async () => {
  centre = await startDistrictCentre(server.server);
  ({ folder, remove } = await temporaryFolder());
  traffic = [];
  between = (_path, send) => send();
  sentBody = (body) => body;
  const dataFolder = join(folder, 'workstation');
  running = await startWorkstation({
    dataFolder,
    host: createNodeHost(dataFolder),
    automaticSync: false,
    leasesNumbers: false,
    fetcher: async (input, init) => {
      const request = new Request(input, init);
      const path = new URL(request.url).pathname;
      const given = await request.text();
      const text = sentBody(given);
      const { method, headers } = request;
      const send = (): Promise<Response> =>
        fetch(request.url, { method, headers, ...(method === 'GET' ? {} : { body: text }) });
      let response = await between(path, send);
      // As if the workstation itself had asked so.
      if (text !== given)
        response = await speakAsCentre(input, init, { status: response.status, body: await response.text() });
      traffic.push({ path, request: text, answer: await response.clone().text() });
      return response;
    },
  });
  const code = await codeFor(centre, MALL);
  await running.connect().api.session.enrol({ centreUrl: centre.url, code, deviceName: '测试' });
  await running.parts.sync.run();
  traffic = [];
});
afterEach(async () => {
  await running.close();
  await centre.stop();
  await remove();
});

const aCase = (id: string): NewFact => ({
  stream: { kind: 'case', id },
  type: 'case-registered',
  version: 1,
  payload: registration(),
});

async function record(facts: readonly NewFact[]): Promise<void> {
  const { parts: workstation } = running;
  const device = workstation.identity()?.deviceId ?? '';
  const context = { device, actor: MEDIATOR, unitPath: MALL, at: '2026-03-10T02:00:00.000Z' };
  await workstation.store.write((writer) => appendLocal(writer, context, facts, workstation.directory));
}

const cases = (count: number): NewFact[] =>
  Array.from({ length: count }, (_, index) => aCase(`case-${index}`));

const registered = async (): Promise<number> =>
  (await centre.admin.admin.rollup({ path: MALL, from: '2026-01-01', to: '2030-12-31' })).all.totals
    .registered;

const answers = <Answer>(path: string): Answer[] =>
  traffic.filter((one) => one.path === path).map((one) => JSON.parse(one.answer) as Answer);

const itemsRead = (): number =>
  answers<FeedPage>('/v1/feed').reduce((sum, page) => sum + page.items.length, 0);

describe('a push whose answer says where its facts stand in the feed', () => {
  it('is proved without reading them back', async () => {
    await record(cases(3));
    expect(await running.parts.sync.run()).toMatchObject({ sign: 'proved', waiting: 0 });
    const [answer] = answers<PushResult>('/v1/push');
    expect(answer?.receipts).toEqual([]);
    expect(answer?.runs).toMatchObject([{ from: 1, to: 3 }]);
    expect(itemsRead()).toBe(0);
    const rows = await running.parts.store.read
      .selectFrom('event')
      .selectAll()
      .where('origin', '=', 'local')
      .execute();
    const first = answer?.runs?.[0]?.feedPosition ?? 0;
    expect(rows.map((row) => row.feed_position)).toEqual([first, first + 1, first + 2]);
    expect(rows.map((row) => row.received_at)).toEqual(Array(3).fill(answer?.centreTime));
    // Read from the beginning, the feed says the same of them.
    const { items } = await (
      await enrolTestDevice({ url: centre.url, code: await codeFor(centre, MALL) })
    ).feed();
    const told = items.slice(first - 1).map((item) => [item.event.id, item.position, item.receivedAt]);
    expect(told.slice(0, 3)).toEqual(rows.map((row) => [row.id, row.feed_position, row.received_at]));
  });

  it('leaves to the feed what stands behind others’ facts, and brings both into one order', async () => {
    const beside = await enrolTestDevice({ url: centre.url, code: await codeFor(centre, MALL) });
    await record([aCase('case-0')]);
    await running.parts.sync.run();
    const note = { stream: { kind: 'case' as const, id: 'case-0' }, actor: MEDIATOR };
    await beside.push([beside.event({ ...note, type: 'case-accepted', payload: {} })]);
    await record([{ stream: note.stream, type: 'note-added', version: 1, payload: { text: '虚构' } }]);
    traffic = [];
    expect((await running.parts.sync.run()).sign).toBe('proved');
    // The device's own record, the other's step, and the own note behind both.
    expect(itemsRead()).toBeGreaterThanOrEqual(2);
    const rows = await running.parts.store.read
      .selectFrom('event')
      .select(['type', 'status', 'feed_position'])
      .where('stream_id', '=', 'case-0')
      .orderBy('feed_position')
      .execute();
    expect(rows.map((row) => row.type)).toEqual(['case-registered', 'case-accepted', 'note-added']);
    expect(rows.every((row) => row.status === 'accepted')).toBe(true);
  });

  it('answers what it rejects by a receipt of its own, between two runs', async () => {
    await record([aCase('case-0'), aCase('case-1')]);
    await running.parts.store.write((writer) =>
      writer.updateTable('event').set({ payload: '{}' }).where('stream_id', '=', 'case-0').execute(),
    );
    // A changed record breaks the chain: the workstation says so, and nothing was taken.
    expect(await running.parts.sync.run()).toMatchObject({ sign: 'attention', reason: 'chain-broken' });
    expect(await registered()).toBe(0);

    const device = await enrolTestDevice({ url: centre.url, code: await codeFor(centre, MALL) });
    const event = (id: string, type: string, payload: unknown) =>
      device.event({ stream: { kind: 'case', id }, type, payload, actor: MEDIATOR });
    const events = [
      event('case-7', 'case-registered', registration()),
      event('case-7', 'case-closed', { satisfaction: 'satisfied' }),
      event('case-8', 'case-registered', registration()),
      event('case-8', 'case-accepted', {}),
    ];
    await device.signIn();
    const batch = { events, signature: device.sign(events), runs: true };
    const { receipts, runs = [] } = await device.client.push(batch);
    expect(receipts).toMatchObject([{ deviceSequence: 2, status: 'rejected' }]);
    expect(runs).toMatchObject([
      { from: 1, to: 1 },
      { from: 3, to: 4 },
    ]);
    expect(runs[1]?.feedPosition).toBe((runs[0]?.feedPosition ?? 0) + 1);
    // Sent again, nothing is new: the receipts are those of then, one by one.
    const again = await device.client.push(batch);
    expect(again.runs).toEqual([]);
    expect(again.receipts.map((receipt) => receipt.status)).toEqual([
      'accepted',
      'rejected',
      'accepted',
      'accepted',
    ]);
  });

  it('is proved by a centre that does not know of runs', async () => {
    sentBody = (body) => body.replace('"runs":true,', '');
    await record(cases(3));
    expect((await running.parts.sync.run()).sign).toBe('proved');
    expect(answers<PushResult>('/v1/push')[0]).not.toHaveProperty('runs');
    expect(itemsRead()).toBe(3);
  });
});

describe('two batches on their way at once', () => {
  it('arrive in order, and again when the second overtook the first', async () => {
    await record(cases(TWO_BATCHES));
    let pushes = 0;
    let overtaken: () => void = () => undefined;
    const second = new Promise<void>((resolve) => {
      overtaken = resolve;
    });
    between = async (path, send) => {
      if (path !== '/v1/push') return send();
      pushes += 1;
      if (pushes === 1) await second;
      const response = await send();
      overtaken();
      return response;
    };
    expect((await running.parts.sync.run()).sign).toBe('proved');
    const codes = answers<{ code?: string }>('/v1/push').map((answer) => answer.code);
    expect(codes).toEqual(['SEQUENCE_GAP', undefined, undefined]);
    expect(await registered()).toBe(TWO_BATCHES);
  });

  it('lose nothing and double nothing when the answer to the first is lost', async () => {
    await record(cases(TWO_BATCHES));
    let pushes = 0;
    between = async (path, send) => {
      // By the order in which they leave: the second may be answered before the first, with a gap.
      const first = path === '/v1/push' && (pushes += 1) === 1;
      const response = await send();
      if (first) throw new TypeError('the answer was lost');
      return response;
    };
    expect(await running.parts.sync.run()).toMatchObject({
      reason: 'centre-unreachable',
      waiting: TWO_BATCHES,
    });
    expect(running.parts.sync.left()).toBe(TWO_BATCHES);
    expect(await running.parts.sync.run()).toMatchObject({ sign: 'proved', waiting: 0 });
    expect(await registered()).toBe(TWO_BATCHES);
  });

  it('count as left when only the later one found a connection', async () => {
    await record(cases(TWO_BATCHES));
    let pushes = 0;
    between = async (path, send) => {
      if (path === '/v1/push' && (pushes += 1) === 1) {
        await new Promise((resolve) => setTimeout(resolve, 50));
        throw new TypeError('fetch failed', { cause: Object.assign(new Error(), { code: 'ECONNREFUSED' }) });
      }
      return send();
    };
    expect((await running.parts.sync.run()).reason).toBe('centre-unreachable');
    expect(running.parts.sync.left()).toBe(TWO_BATCHES);
  });
});
