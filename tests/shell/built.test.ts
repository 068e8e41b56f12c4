import { spawn } from 'node:child_process';
import { mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { z } from 'zod';
import { createElectronHost } from '../../src/main/hosts/electron.ts';
import { CONTENT_POLICY } from '../../src/main/shell/policy.ts';
import { safeStorage, shell } from './stand-in/electron.ts';
import { openTestWorkstation } from '../support/workstation.ts';
import { temporaryFolder } from '../../tools/temporary-folder.ts';

const ROOT = resolve(import.meta.dirname, '../..');
/** Inside the tree: the bundle finds its packages and data above itself, as it does in an installation. */
let built: string;

function node(args: readonly string[], environment: Record<string, string> = {}) {
  const child = spawn(process.execPath, args, {
    cwd: ROOT,
    env: { ...process.env, ...environment },
    timeout: 100_000,
  });
  const output = { stdout: '', stderr: '' };
  child.stdout.on('data', (chunk: Buffer) => (output.stdout += chunk.toString()));
  child.stderr.on('data', (chunk: Buffer) => (output.stderr += chunk.toString()));
  return new Promise<{ code: number | null } & typeof output>((done) =>
    child.once('close', (code) => done({ code, ...output })),
  );
}

const play = (dataFolder: string) =>
  node([join(import.meta.dirname, 'stand-in/play.ts'), built], { HESHI_STAND_IN_DATA: dataFolder });

beforeAll(async () => {
  mkdirSync(join(ROOT, 'out'), { recursive: true });
  built = mkdtempSync(join(ROOT, 'out', 'shell-'));
  const build = await node([
    join(ROOT, 'node_modules/electron-vite/bin/electron-vite.js'),
    'build',
    '--logLevel',
    'error',
    '--outDir',
    built,
  ]);
  if (build.code !== 0) throw new Error(build.stderr);
}, 150_000);
afterAll(() => rmSync(built, { recursive: true, force: true }));

const Seen = z.object({
  address: z.string(),
  privileged: z.array(z.string()),
  web: z.record(z.string(), z.boolean()),
  page: z.object({ status: z.number(), policy: z.string() }),
  script: z.object({ status: z.number(), type: z.string() }),
  state: z.object({ host: z.string(), ready: z.boolean() }),
  number: z.string(),
  evidence: z.unknown(),
  stale: z.string(),
  agreement: z.string(),
  quits: z.number(),
});

describe('the built application', () => {
  it('serves its page, hands its port over the bridge, settles a case through it, and ends', async () => {
    const { folder, remove } = await temporaryFolder();
    // Sealed as that system seals.
    const host = createElectronHost({ safeStorage, shell, notify: () => undefined, platform: 'linux' });
    const workstation = await openTestWorkstation(join(folder, 'workstation'), { signIn: false, host });
    await workstation.running.close();
    const { code, stdout, stderr } = await play(folder);
    await remove();
    expect(code, stderr).toBe(0);
    const seen = Seen.parse(JSON.parse(stdout));
    expect(seen).toMatchObject({
      address: 'app://heshi/',
      privileged: ['app'],
      web: { sandbox: true, contextIsolation: true, nodeIntegration: false },
      page: { status: 200, policy: CONTENT_POLICY },
      script: { status: 200, type: 'text/javascript; charset=utf-8' },
      state: { host: 'electron', ready: true },
      number: 'M01-2026-1-0001',
      evidence: { status: 201, mediaType: 'image/png', same: true },
      agreement: '%PDF-',
      quits: 2,
    });
    expect(seen.stale).toMatch(/^[A-Z_]+$/);
  });

  it('says why it cannot start when another Heshi has its data open', async () => {
    const { folder, remove } = await temporaryFolder();
    const workstation = await openTestWorkstation(join(folder, 'workstation'), { signIn: false });
    const { code, stderr } = await play(folder);
    await workstation.running.close();
    await remove();
    expect(code).toBe(1);
    expect(stderr).toContain('Heshi is already open on this computer');
  });
});
