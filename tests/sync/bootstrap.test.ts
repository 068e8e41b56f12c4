import { join } from 'node:path';
import { sql } from 'kysely';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { lastUnit } from '../../src/domain/kernel/event/unit-path.ts';
import type { PushedEvent } from '../../src/contract/centre/index.ts';
import { SNAPSHOT_FROM } from '../../src/contract/centre/snapshot.ts';
import { createNodeHost } from '../../src/main/hosts/node.ts';
import { readBootstrap } from '../../src/main/kernel/store/index.ts';
import { startWorkstation, type Workstation, type WorkstationClient } from '../../src/main/workstation.ts';
import { createCentralClient } from '../../src/protocol/central-client.ts';
import { stateForm } from '../../src/protocol/state-form.ts';
import { enrolTestDevice, type TestDevice } from '../support/device.ts';
import { actorAt, registration } from '../support/facts.ts';
import {
  codeFor,
  startDistrictCentre,
  startTestServer,
  type TestCentre,
  type TestServer,
} from '../support/postgres.ts';
import { speakAsCentre } from '../support/speaking.ts';
import { PASSWORD } from '../support/workstation.ts';
import { temporaryFolder } from '../../tools/temporary-folder.ts';

const MALL = '/HS/C1/M01';
const SECOND = '/HS/C1/M02';
const MEDIATOR = { ...actorAt(MALL), staffId: 'mediator-mall' };
/** Five events for two cases: more than what a new workstation reads without a snapshot. */
const CASES = Math.ceil((SNAPSHOT_FROM * 2) / 5) + 200;

let server: TestServer;
let centre: TestCentre;
let device: TestDevice;
let folder: string;
let remove: () => Promise<void>;
const open: Workstation[] = [];

/** Numbered cases of a unit; every second one goes up to the circle, every fourth is withdrawn and closed. */
function eventsOf(from: TestDevice, number: number, actor: typeof MEDIATOR): PushedEvent[] {
  const stream = { kind: 'case' as const, id: `${from.deviceId.slice(-6)}-${number}` };
  const at = new Date(Date.UTC(2026, 0, 1) + number * 60_000).toISOString();
  const step = (type: string, payload: unknown): PushedEvent =>
    from.event({ stream, type, payload, actor, at });
  const name = `${['张', '王', '李', '赵'][number % 4]}${['伟', '芳', '娜'][number % 3]}`;
  const payload = registration({
    number: `${lastUnit(from.unitPath)}-2026-1-${String(number).padStart(6, '0')}`,
    consumer: { name, phone: `1001234${String(number).padStart(4, '0')}` },
    amountFen: 100 * number + 100,
    facts: { text: '【虚构示例】大衣掉色，要求退款。', occurredOn: '2025-12-20' },
  });
  const events = [step('case-registered', payload), step('case-accepted', {})];
  if (number % 4 === 0)
    events.push(step('case-withdrawn', { reason: '撤回' }), step('case-closed', { satisfaction: 'unknown' }));
  if (number % 4 === 2) events.push(step('case-escalated', { toPath: '/HS/C1', reason: '本级未能解决' }));
  return events;
}

async function pushAll(from: TestDevice, events: readonly PushedEvent[]): Promise<void> {
  for (let done = 0; done < events.length; done += 1000) {
    const { receipts } = await from.push(events.slice(done, done + 1000));
    expect(receipts.filter((one) => one.status !== 'accepted')).toEqual([]);
  }
}

beforeAll(async () => {
  server = await startTestServer();
  centre = await startDistrictCentre(server.server);
  device = await enrolTestDevice({ url: centre.url, code: await codeFor(centre, MALL) });
  await pushAll(
    device,
    Array.from({ length: CASES }, (_, number) => eventsOf(device, number, MEDIATOR)).flat(),
  );
  // One whose events come from two units, and a stream that this release cannot read.
  await device.push([
    device.event({
      stream: { kind: 'case', id: 'of-tomorrow' },
      type: 'case-foretold',
      payload: {},
      actor: MEDIATOR,
    }),
  ]);
  const second = await enrolTestDevice({ url: centre.url, code: await codeFor(centre, SECOND) });
  const actor = { ...actorAt(SECOND), staffId: 'mediator-second' };
  await pushAll(second, eventsOf(second, 1, actor));
});
afterAll(async () => {
  await centre.stop();
  await server.stop();
});
beforeEach(async () => {
  ({ folder, remove } = await temporaryFolder());
});
afterEach(async () => {
  for (const workstation of open.splice(0)) await workstation.close();
  await remove();
});

type OpenWorkstation = { running: Workstation; api: WorkstationClient };

/** A network on which `cut` decides by address; `asked` are the addresses that went through. */
function network(cut: (path: string) => boolean): { fetcher: typeof fetch; asked: string[] } {
  const asked: string[] = [];
  return {
    asked,
    fetcher: async (input, init) => {
      const url = new URL(input instanceof Request ? input.url : String(input));
      const path = `${url.pathname}${url.search}`;
      if (cut(path)) throw new TypeError('cut');
      asked.push(path);
      return fetch(input, init);
    },
  };
}

const noSnapshot: typeof fetch = async (input, init) =>
  (input instanceof Request ? input.url : String(input)).includes('/v1/snapshot')
    ? speakAsCentre(input, init, {
        status: 404,
        body: JSON.stringify({ code: 'NOT_FOUND', message: 'No such call' }),
      })
    : fetch(input, init);

async function startFresh(name: string, fetcher: typeof fetch): Promise<OpenWorkstation> {
  const dataFolder = join(folder, name);
  const host = createNodeHost(dataFolder);
  const workstation = await startWorkstation({ dataFolder, host, automaticSync: false, fetcher });
  open.push(workstation);
  return { running: workstation, api: workstation.connect().api };
}

async function openWorkstation(
  name: string,
  fetcher: typeof fetch,
  unit: { path: string; staffId: string } = { path: MALL, staffId: 'mediator-mall' },
): Promise<OpenWorkstation> {
  const workstation = await startFresh(name, fetcher);
  const code = await codeFor(centre, unit.path);
  await workstation.api.session.enrol({ centreUrl: centre.url, code, deviceName: name });
  await workstation.api.session.signIn({ staffId: unit.staffId, password: PASSWORD });
  return workstation;
}

const SEARCHES = ['张', '王伟', 'zhangwei', 'zw', '0042', 'M-000123', '虚构', '12.3'];

/** Everything a screen can show, apart from row numbers, the device's own stream and when it was read. */
async function shown({ running: workstation, api }: OpenWorkstation): Promise<Record<string, unknown>> {
  const { read } = workstation.parts.store;
  const rowsOf = async (text: string): Promise<unknown[]> => (await sql.raw(text).execute(read)).rows;
  const searches = [];
  for (const search of SEARCHES) {
    const { items, total } = await api.cases.list({ filter: { search }, limit: 20 });
    searches.push([search, total, items.map((item) => item.id).toSorted()]);
  }
  const { items } = await api.cases.list({ filter: {}, limit: 50 });
  const withoutRow = (rows: unknown[]): unknown[] =>
    rows.map((row) => Object.fromEntries(Object.entries(row as object).filter(([key]) => key !== 'row')));
  return {
    states: await rowsOf(`SELECT kind, id, state FROM stream WHERE kind <> 'workstation' ORDER BY kind, id`),
    cases: withoutRow(await rowsOf('SELECT * FROM case_row ORDER BY id')),
    units: await rowsOf('SELECT * FROM unit_row ORDER BY path'),
    staff: await rowsOf('SELECT * FROM staff_row ORDER BY id'),
    openLoad: await rowsOf('SELECT * FROM open_load ORDER BY 1, 2, 3'),
    closedLoad: await rowsOf('SELECT * FROM closed_load ORDER BY 1, 2, 3, 4'),
    searches,
    list: items.map((item) => item.id),
  };
}

/** The log, by feed position. */
async function logOf({ running: workstation }: OpenWorkstation): Promise<unknown[]> {
  const { rows } = await sql`
    SELECT id, stream_id, type, status, feed_position, hash FROM event
    WHERE feed_position IS NOT NULL AND stream_kind <> 'workstation' ORDER BY feed_position`.execute(
    workstation.parts.store.read,
  );
  return rows;
}

describe('a new workstation', () => {
  it('shows by a snapshot what the feed would have made, before its history and after', async () => {
    const byFeed = await openWorkstation('feed', noSnapshot);
    const expected = await shown(byFeed);
    const line = network((path) => path.startsWith('/v1/feed?after=0&'));
    const bySnapshot = await openWorkstation('snapshot', line.fetcher);

    // All states are here, and none of the history: it works, and claims nothing.
    const early = bySnapshot.running.parts.sync.status();
    expect(early.arriving).toMatchObject({ stage: 'history', done: 0 });
    expect(early.sign).not.toBe('proved');
    expect(await logOf(bySnapshot)).toEqual([]);
    expect(await shown(bySnapshot)).toEqual(expected);
    const total = (expected['cases'] as unknown[]).length;
    expect(total).toBe(CASES);

    // The line comes back.
    await bySnapshot.running.close();
    open.splice(open.indexOf(bySnapshot.running), 1);
    const again = await startFresh('snapshot', fetch);
    await again.api.session.signIn({ staffId: 'mediator-mall', password: PASSWORD });
    const status = await again.api.sync.now();
    expect(status).toMatchObject({ arriving: null, reason: null, waiting: 0 });
    // The fact of tomorrow needs a person on both, and on both it is the only one.
    expect(status.attention).toBe(1);
    expect(await shown(again)).toEqual(expected);
    const logs = [await logOf(again), await logOf(byFeed)];
    expect(logs[0]?.length).toBeGreaterThan(SNAPSHOT_FROM);
    // The second workstation's own enrolment moved the feed on.
    expect(logs[0]?.slice(0, logs[1]?.length)).toEqual(logs[1]);
    const bases = await sql`SELECT 1 FROM stream_base`.execute(again.running.parts.store.read);
    expect(bases.rows).toEqual([]);
    expect(await readBootstrap(again.running.parts.store.read)).toBeNull();
  });

  it('goes on where it was cut, and misses nothing that happened meanwhile', async () => {
    let snapshots = 0;
    const line = network((path) => path.startsWith('/v1/snapshot') && (snapshots += 1) > 2);
    const workstation = await openWorkstation('cut', line.fetcher).catch((error: unknown) => error);
    // The line was cut while enrolling; what had arrived is kept.
    expect(workstation).not.toBeInstanceOf(Error);
    const cut = workstation as OpenWorkstation;
    const bootstrap = await readBootstrap(cut.running.parts.store.read);
    expect(bootstrap).toMatchObject({ stage: 'snapshot' });
    expect((await cut.api.cases.list({ filter: {}, limit: 1 })).total).toBeGreaterThan(0);
    expect(cut.running.parts.sync.status()).toMatchObject({ sign: 'offline' });

    // Meanwhile cases move on that have arrived and that have not, and new ones begin.
    const moved = [1, CASES - 1].map((number) =>
      device.event({
        stream: { kind: 'case', id: `${device.deviceId.slice(-6)}-${number}` },
        type: 'note-added',
        payload: { text: '补充说明' },
        actor: MEDIATOR,
      }),
    );
    await pushAll(device, [...moved, ...eventsOf(device, CASES + 1, MEDIATOR)]);

    snapshots = -100;
    const before = line.asked.filter((path) => path.startsWith('/v1/snapshot'));
    const status = await cut.api.sync.now();
    const after = line.asked.filter((path) => path.startsWith('/v1/snapshot'));
    expect(new Set(after).size).toBe(after.length);
    expect(after.length).toBeGreaterThan(before.length);
    expect(status).toMatchObject({ arriving: null, reason: null });
    const byFeed = await openWorkstation('feed', noSnapshot);
    expect(await shown(cut)).toEqual(await shown(byFeed));
  });

  it('reads on to the end when its history is here: the feed has moved meanwhile', async () => {
    let moved = 0;
    const fetcher: typeof fetch = async (input, init) => {
      const url = input instanceof Request ? input.url : String(input);
      if (url.includes('/v1/feed?after=0&')) {
        moved += 1;
        const stream = { kind: 'case' as const, id: `${device.deviceId.slice(-6)}-7` };
        const payload = { text: '补充说明' };
        await device.push([device.event({ stream, type: 'note-added', payload, actor: MEDIATOR })]);
      }
      return fetch(input, init);
    };
    const workstation = await openWorkstation('moving', fetcher);
    const status = workstation.running.parts.sync.status();
    expect(moved).toBe(1);
    expect(status).toMatchObject({ arriving: null, reason: null });
    expect(status.feedPosition).toBe((await device.feed(0, 1)).head.position);
  });

  it('works on its records before their history is here, and rebases on what others did', async () => {
    let holding = true;
    const line = network(
      (path) => holding && (path.startsWith('/v1/feed?after=0&') || path.startsWith('/v1/push')),
    );
    const workstation = await openWorkstation('early', line.fetcher);
    const id = `${device.deviceId.slice(-6)}-3`;
    const { revision } = (await workstation.api.cases.get({ id })).state;
    await workstation.api.cases.act({
      id,
      revision,
      action: { step: 'note-added', payload: { text: '本机补充' } },
    });
    await device.push([
      device.event({
        stream: { kind: 'case', id },
        type: 'mediation-failed',
        payload: { reason: '差距过大' },
        actor: MEDIATOR,
      }),
    ]);
    holding = false;
    const status = await workstation.api.sync.now();
    expect(status).toMatchObject({ waiting: 0, arriving: null, reason: null });
    const detail = await workstation.api.cases.get({ id });
    expect(detail.state.status).toBe('failed');
    expect(detail.timeline.map((entry) => entry.type).toSorted()).toEqual(
      ['case-accepted', 'case-registered', 'mediation-failed', 'note-added'].toSorted(),
    );
    const byFeed = await openWorkstation('feed', noSnapshot);
    expect(await shown(workstation)).toEqual(await shown(byFeed));
  });

  it('reads its feed where there is little to read, and where states are of another release', async () => {
    const line = network(() => false);
    const small = await openWorkstation('small', line.fetcher, { path: SECOND, staffId: 'mediator-second' });
    expect((await small.api.sync.now()).sign).toBe('proved');
    expect(line.asked.some((path) => path.startsWith('/v1/feed?after=0'))).toBe(true);
    const other = await openWorkstation('other', async (input, init) => {
      const request = new Request(input, init);
      if (!request.url.includes(stateForm())) return fetch(input, init);
      const { status, ...answer } = await fetch(
        new Request(request.url.replace(stateForm(), 'another'), request),
      ).then(async (response) => ({ status: response.status, body: await response.text() }));
      return speakAsCentre(input, init, { status, ...answer });
    });
    expect(await readBootstrap(other.running.parts.store.read)).toBeNull();
    expect(await logOf(other)).not.toEqual([]);
    // The list counts no further than this.
    expect((await other.api.cases.list({ filter: {}, limit: 1 })).total).toBe(1001);
  });
});

describe('a snapshot', () => {
  it('holds what the unit’s feed shows and nothing else, whichever unit asks', async () => {
    const paths = ['/HS', '/HS/C1', MALL, SECOND, `${MALL}/S001`];
    const devices: TestDevice[] = [];
    for (const path of paths)
      devices.push(await enrolTestDevice({ url: centre.url, code: await codeFor(centre, path) }));
    for (const one of devices) {
      const seen = new Set<string>();
      let after: number | undefined;
      let last = 0;
      for (;;) {
        await one.signIn();
        const page = await one.client.snapshot({
          form: stateForm(),
          ...(after === undefined ? {} : { after }),
        });
        for (const { kind, id } of page.streams) {
          expect(seen.has(`${kind}:${id}`)).toBe(false);
          seen.add(`${kind}:${id}`);
        }
        last = page.head.position;
        if (page.next === null) break;
        after = page.next;
      }
      const expected = new Set<string>();
      for (let position = 0; position < last;) {
        const { items } = await one.feed(position);
        for (const { event, status } of items)
          if (status === 'accepted') expected.add(`${event.stream.kind}:${event.stream.id}`);
        position = items.at(-1)?.position ?? last;
      }
      expect(seen).toEqual(expected);
    }
  });

  it('is given to nobody without a session', async () => {
    const stranger = createCentralClient({ baseUrl: centre.url, token: () => 'nobody' });
    await expect(stranger.snapshot({ form: stateForm() })).rejects.toMatchObject({
      code: 'NOT_AUTHENTICATED',
    });
  });
});
