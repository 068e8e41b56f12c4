import { afterAll, afterEach, beforeAll, beforeEach, expect, it } from 'vitest';
import { createNodeHost } from '../../src/main/hosts/node.ts';
import { push } from '../../src/main/kernel/sync/cycle.ts';
import {
  startWorkstation,
  type Workstation,
  type WorkstationClient,
  type WorkstationOptions,
} from '../../src/main/workstation.ts';
import {
  codeFor,
  startDistrictCentre,
  startTestServer,
  type TestCentre,
  type TestServer,
} from '../support/postgres.ts';
import { caseInput, PASSWORD } from '../support/workstation.ts';
import { temporaryFolder } from '../../tools/temporary-folder.ts';

const HOUR_MS = 3_600_000;

let server: TestServer;
let centre: TestCentre;
let folder: string;
let remove: () => Promise<void>;
let running: Workstation | undefined;

beforeAll(async () => {
  server = await startTestServer();
});
afterAll(() => server.stop());
beforeEach(async () => {
  centre = await startDistrictCentre(server.server);
  ({ folder, remove } = await temporaryFolder());
});
afterEach(async () => {
  await running?.close();
  running = undefined;
  await centre.stop();
  await remove();
});

async function openWorkstation(options: Partial<WorkstationOptions>): Promise<WorkstationClient> {
  running = await startWorkstation({ dataFolder: folder, host: createNodeHost(folder), ...options });
  const { api } = running.connect();
  await api.session.enrol({
    centreUrl: centre.url,
    code: await codeFor(centre, '/HS/C1/M01'),
    deviceName: '台',
  });
  await api.session.signIn({ staffId: 'mediator-mall', password: PASSWORD });
  await api.sync.now();
  return api;
}

async function acceptedCase(api: WorkstationClient): Promise<string> {
  const { id } = await api.cases.register(caseInput());
  await api.cases.act({ id, revision: 1, action: { step: 'case-accepted', payload: {} } });
  return id;
}

const received = async (): Promise<number> => {
  const { devices } = await centre.admin.admin.devices();
  return devices.reduce((sum, one) => sum + one.events, 0);
};

it('a round sends up to the first fact that is held; asked to, the workstation sends everything', async () => {
  const api = await openWorkstation({ undoMs: HOUR_MS });
  const id = await acceptedCase(api);
  const offer = await api.cases.undoable({ id });
  expect(offer?.step).toBe('case-accepted');
  expect(offer?.leavesInMs).toBeGreaterThan(HOUR_MS / 2);
  const { store, directory, link, identity } = running?.parts ?? {};
  const [connected, deviceId] = [link?.(), identity?.()?.deviceId];
  if (!store || !directory || !connected || deviceId === undefined) throw new Error('Not enrolled');
  const parts = { store, directory, link: connected, deviceId, unitPath: '/HS/C1/M01' };
  expect(await push({ ...parts, held: () => true })).toMatchObject({ pushed: 0 });
  expect(await received()).toBe(0);
  const { at } = await store.read
    .selectFrom('outbox')
    .select('at')
    .orderBy('device_sequence', 'desc')
    .executeTakeFirstOrThrow();
  // Both may have been recorded within one millisecond: then both are held.
  const { pushed } = await push({ ...parts, held: (one) => one >= at });
  expect(await received()).toBe(pushed);
  expect(pushed).toBeLessThan(2);

  expect((await api.cases.undo({ id })).state.status).toBe('registered');
  expect(await api.cases.undoable({ id })).toBeNull();
  await api.cases.act({ id, revision: 1, action: { step: 'case-accepted', payload: {} } });
  expect(await api.sync.now()).toMatchObject({ waiting: 0, sign: 'proved' });
  expect(await received()).toBe(2);
  expect(await api.cases.undoable({ id })).toBeNull();
});

it('what is held leaves by itself when its time is over, which the settings say: half a minute unless told', async () => {
  const api = await openWorkstation({});
  const id = await acceptedCase(api);
  const offer = await api.cases.undoable({ id });
  expect(offer?.leavesInMs).toBeGreaterThan(20_000);
  expect(offer?.leavesInMs).toBeLessThanOrEqual(30_000);
  expect(Date.parse(offer?.leavesAt ?? '')).toBeGreaterThan(Date.now() + 20_000);
  expect(await received()).toBe(0);
  expect(await api.settings.set({ undoSeconds: 0 })).toMatchObject({ undoSeconds: 0 });
  await expect.poll(received, { timeout: 30_000 }).toBe(2);
  await expect.poll(() => api.cases.undoable({ id })).toBeNull();
  await expect(api.cases.undo({ id })).rejects.toMatchObject({ data: { rule: 'undo-too-late' } });
});

it('without a line a step can be taken back after every try to send it, for none of them left', async () => {
  const api = await openWorkstation({ automaticSync: false });
  await centre.halt();
  const id = await acceptedCase(api);
  expect(await api.sync.now()).toMatchObject({ sign: 'offline', reason: 'centre-unreachable', waiting: 2 });
  expect(await api.cases.undoable({ id })).toEqual({
    step: 'case-accepted',
    leavesInMs: null,
    leavesAt: null,
  });
  expect((await api.cases.undo({ id })).state.status).toBe('registered');
  await centre.resume();
  expect(await api.sync.now()).toMatchObject({ sign: 'proved', waiting: 0 });
  expect(await received()).toBe(1);
  expect(await api.cases.undoable({ id })).toBeNull();
});

it('another person is offered nothing', async () => {
  const api = await openWorkstation({ automaticSync: false });
  const id = await acceptedCase(api);
  const stranger = running?.connect().api;
  await expect(stranger?.cases.undoable({ id })).rejects.toMatchObject({ code: 'NOT_SIGNED_IN' });
  expect(await api.cases.undoable({ id: 'no-such-case' })).toBeNull();
});

it('an import leaves as a whole: nothing of it goes before its last record could, and then it stays', async () => {
  const api = await openWorkstation({ undoMs: 0 });
  const before = await received();
  const rows = Array.from({ length: 260 }, (_, row) => `${row},虚构甲店,2026-03-01,2026-03-02,调解成功`);
  const content = ['投诉编号,被投诉商户,投诉时间,办结时间,处理结果', ...rows].join('\n');
  const base64 = Buffer.from(content).toString('base64');
  const { importId } = await api.imports.open({ fileName: '登记簿.csv', base64 });
  for await (const progress of await api.imports.commit({ importId, unitPath: '/HS/C1/M01' })) {
    if (progress.phase !== 'working' || progress.done === 0) continue;
    // Without the hold a round would have sent the first 250 by now.
    await new Promise((resolve) => setTimeout(resolve, 800));
    expect(await received()).toBe(before);
    expect(await api.imports.undoable()).toMatchObject({ imported: 250, leavesInMs: null });
  }
  await expect.poll(received, { timeout: 10_000 }).toBe(before + 260);
  expect(await api.imports.undoable()).toBeNull();
  await expect(api.imports.undo()).rejects.toMatchObject({ data: { rule: 'import-undo-too-late' } });
});
