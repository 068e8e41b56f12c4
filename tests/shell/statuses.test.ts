import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { centreErrors } from '../../src/contract/centre/index.ts';
import { workstationErrors } from '../../src/contract/workstation/errors.ts';
import { startNodeHost, type NodeHost } from '../../src/main/hosts/node-server.ts';
import { openTestWorkstation, PASSWORD } from '../support/workstation.ts';
import { temporaryFolder } from '../../tools/temporary-folder.ts';

let host: NodeHost;
let remove: () => Promise<void>;
let origin: string;
let cookie: string;

beforeAll(async () => {
  const temporary = await temporaryFolder();
  remove = temporary.remove;
  const workstation = await openTestWorkstation(temporary.folder);
  await workstation.running.close();
  host = await startNodeHost({
    dataFolder: temporary.folder,
    open: false,
    automaticSync: false,
    fetcher: () => Promise.reject(new TypeError('no network in this test')),
    signInAs: { staffId: workstation.staffId, password: PASSWORD },
  });
  ({ origin } = new URL(host.url));
  const entered = await fetch(host.url, { redirect: 'manual' });
  cookie = entered.headers.get('set-cookie')?.split(';')[0] ?? '';
});
afterAll(async () => {
  await host.close();
  await remove();
});

const call = (path: string, body: string): Promise<Response> =>
  fetch(`${origin}/rpc/${path}`, {
    method: 'POST',
    headers: { cookie, origin, 'content-type': 'application/json' },
    body,
  });
const ask = (path: string, json: unknown): Promise<Response> => call(path, JSON.stringify({ json }));

/** Faults of this machine or of the way to another; everything else is a refusal. */
const FAULTS = new Set(['STORAGE_FULL', 'STORAGE_BUSY', 'CENTRE_UNREACHABLE', 'OVERLOADED']);

describe('the status of an answer', () => {
  it.each(Object.entries({ ...workstationErrors, ...centreErrors }))(
    '%s is of its kind',
    (code, { status }) => {
      expect(Math.floor(status / 100)).toBe(FAULTS.has(code) ? 5 : 4);
    },
  );

  it('says what was refused', async () => {
    const act = { id: 'x', revision: 1, action: { step: 'case-accepted', payload: {} } };
    expect((await ask('cases/get', { id: 'missing' })).status).toBe(404);
    expect((await ask('cases/get', { id: 5 })).status).toBe(422);
    expect((await ask('cases/act', act)).status).toBe(404);
    expect((await ask('cases/nothing', {})).status).toBe(404);
    expect((await fetch(`${origin}/nothing.js`, { headers: { cookie, origin } })).status).toBe(404);
    const unread = (await call('cases/get', '{')).status;
    expect(unread).toBeGreaterThanOrEqual(400);
    expect(unread).toBeLessThan(500);
  });

  it('says that the program failed, and nothing of how', async () => {
    const { read } = host.workstation.parts.store;
    const broken = vi.spyOn(read, 'selectFrom').mockImplementation(() => {
      throw new Error('SELECT secret FROM somewhere');
    });
    try {
      const answer = await ask('drafts/list', undefined);
      expect(answer.status).toBe(500);
      expect(await answer.text()).not.toMatch(/SELECT|secret|\.ts/);
    } finally {
      broken.mockRestore();
    }
  });
});
