import { execFile, spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { readFile, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { createCentralClient } from '../../src/protocol/central-client.ts';
import { temporaryFolder } from '../../tools/temporary-folder.ts';

let folder: string;
let remove: () => Promise<void>;
const running = new Set<ChildProcess>();

beforeEach(async () => {
  ({ folder, remove } = await temporaryFolder());
});
afterEach(async () => {
  for (const child of running) {
    child.kill('SIGTERM');
    if (child.exitCode === null && child.signalCode === null) await once(child, 'exit');
  }
  running.clear();
  await remove();
});

type Run = { child: ChildProcess; said: () => string; url: string };

/** Starts `npm run central`'s own program and waits for what it says, or for its end. */
async function start(args: string[] = [], env: Record<string, string> = {}): Promise<Run> {
  const { DATABASE_URL: _none, ...inherited } = process.env;
  const child = spawn(
    process.execPath,
    ['src/central/index.ts', '--data', join(folder, 'data'), '--port', '0', ...args],
    { env: { ...inherited, ...env }, stdio: ['ignore', 'pipe', 'pipe'] },
  );
  running.add(child);
  let text = '';
  const ready = new Promise<string>((resolve, reject) => {
    const hear = (chunk: Buffer): void => {
      text += chunk.toString();
      const url = /Heshi centre at (\S+),/.exec(text)?.[1];
      if (url !== undefined) resolve(url);
    };
    child.stdout?.on('data', hear);
    child.stderr?.on('data', hear);
    child.once('close', (code) => {
      running.delete(child);
      reject(new Error(`ended with ${code}: ${text}`));
    });
  });
  return { child, said: () => text, url: await ready };
}

async function end(run: Run, signal: NodeJS.Signals): Promise<[number | null, NodeJS.Signals | null]> {
  const ended = once(run.child, 'exit');
  run.child.kill(signal);
  const [code, by] = await ended;
  running.delete(run.child);
  return [code, by];
}

const devices = (url: string, token: string) =>
  createCentralClient({ baseUrl: url, token: () => token }).admin.devices();

const UNIT = { path: '/HS', name: '海曙区', level: 4, party: 'regulator' as const, disputePoint: true };

describe('the centre’s program', () => {
  it('shows its first administrator’s token once, ends cleanly and keeps what it has', async () => {
    const first = await start();
    const token = /shown once: (\S+)/.exec(first.said())?.[1] ?? '';
    const admin = createCentralClient({ baseUrl: first.url, token: () => token });
    expect(await admin.admin.createUnits({ units: [UNIT] })).toEqual({ created: 1, existing: 0 });
    await expect(devices(first.url, `${token}x`)).rejects.toMatchObject({ code: 'NOT_AUTHENTICATED' });
    expect(await end(first, 'SIGTERM')).toEqual([0, null]);

    const second = await start();
    expect(second.said()).not.toContain('token');
    const again = createCentralClient({ baseUrl: second.url, token: () => token });
    expect(await again.admin.createUnits({ units: [UNIT] })).toEqual({ created: 0, existing: 1 });
    expect(await end(second, 'SIGINT')).toEqual([0, null]);
  });

  it('comes back after a kill, with its database server left behind, and refuses a second one beside it', async () => {
    const file = join(folder, 'token');
    const first = await start(['--admin-token-file', file]);
    expect((await stat(file)).mode & 0o777).toBe(0o600);
    const token = (await readFile(file, 'utf8')).trim();
    expect(first.said()).not.toContain(token);
    await createCentralClient({ baseUrl: first.url, token: () => token }).admin.createUnits({
      units: [UNIT],
    });
    await expect(start()).rejects.toThrow('Another centre is running on this data folder');
    expect(await end(first, 'SIGKILL')).toEqual([null, 'SIGKILL']);

    const second = await start();
    const admin = createCentralClient({ baseUrl: second.url, token: () => token });
    expect(await admin.admin.createUnits({ units: [UNIT] })).toEqual({ created: 0, existing: 1 });
    expect(await end(second, 'SIGTERM')).toEqual([0, null]);
    // And its server went with it this time.
    const third = await start();
    expect(await end(third, 'SIGTERM')).toEqual([0, null]);
  });

  it('verifies its database beside a running centre, and alone, and says how much it looked at', async () => {
    const run = await start([], { HESHI_ADMIN_TOKEN: 'a-token-of-the-environment' });
    const admin = createCentralClient({ baseUrl: run.url, token: () => 'a-token-of-the-environment' });
    await admin.admin.createUnits({ units: [UNIT] });
    const verify = async (): Promise<string> => {
      const { DATABASE_URL: _none, ...env } = process.env;
      const args = ['src/central/index.ts', 'verify', '--data', join(folder, 'data')];
      return (await promisify(execFile)(process.execPath, args, { env })).stdout;
    };
    expect(await verify()).toMatch(
      /holds {2}device chains are unbroken: 2 checked, 0 broken\n[^]*checks, 0 broken\n$/,
    );
    await expect(devices(run.url, 'a-token-of-the-environment')).resolves.toEqual({ devices: [] });
    await end(run, 'SIGTERM');
    expect(await verify()).toMatch(/checks, 0 broken\n$/);
    // Its own server has ended with it.
    const again = await start();
    expect(await end(again, 'SIGTERM')).toEqual([0, null]);
  });

  it('takes a token from its environment, and says what is wrong in one line', async () => {
    const run = await start([], { HESHI_ADMIN_TOKEN: 'a-token-of-the-environment' });
    expect(await devices(run.url, 'a-token-of-the-environment')).toEqual({ devices: [] });
    const port = new URL(run.url).port;
    await end(run, 'SIGTERM');
    await expect(start(['--port', '99999'])).rejects.toThrow('--port 99999: not a port');
    await expect(start([], { HESHI_ADMIN_TOKEN: 'short' })).rejects.toThrow('at least 16 characters');
    await expect(start([], { DATABASE_URL: `postgres://nobody@127.0.0.1:${port}/nothing` })).rejects.toThrow(
      'ECONNREFUSED',
    );
  });
});
