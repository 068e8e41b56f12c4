import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { centreErrors } from '../../src/contract/centre/index.ts';
import { workstationErrors } from '../../src/contract/workstation/errors.ts';
import { openNodeHost, windowOf, type OpenHost } from '../support/node-host.ts';

let open: OpenHost;
let origin: string;
let shown: Record<string, string>;

beforeAll(async () => {
  open = await openNodeHost();
  ({ origin } = open);
  shown = await windowOf(open);
});
afterAll(() => open.stop());

const call = (path: string, body: string): Promise<Response> =>
  fetch(`${origin}/rpc/${path}`, {
    method: 'POST',
    headers: { ...shown, origin, 'content-type': 'application/json' },
    body,
  });
const ask = (path: string, json: unknown): Promise<Response> => call(path, JSON.stringify({ json }));

/** Faults of this machine or of the way to another; everything else is a refusal. */
const FAULTS = new Set([
  'STORAGE_FULL',
  'STORAGE_BUSY',
  'STORAGE_UNREADABLE',
  'STORAGE_DENIED',
  'STORAGE_DAMAGED',
  'CENTRE_UNREACHABLE',
  'OVERLOADED',
]);

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
    expect((await fetch(`${origin}/nothing.js`, { headers: { ...shown, origin } })).status).toBe(404);
    const unread = (await call('cases/get', '{')).status;
    expect(unread).toBeGreaterThanOrEqual(400);
    expect(unread).toBeLessThan(500);
  });

  it('says that the program failed, and nothing of how', async () => {
    const { read } = open.host.workstation.parts.store;
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
