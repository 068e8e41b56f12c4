import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { readdir, stat, utimes, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { newLink, redeem } from '../../src/main/hosts/entrance.ts';
import { startNodeHost } from '../../src/main/hosts/node-server.ts';
import { lockFolder } from '../../src/main/kernel/store/lock.ts';
import { ensureRenderer } from '../../tools/build-renderer.ts';
import { temporaryFolder } from '../../tools/temporary-folder.ts';
import { commandOf, ROOT, runToEnd } from './commands.ts';

let folder: string;
let remove: () => Promise<void>;
let first: ChildProcess | null = null;
beforeEach(async () => {
  ({ folder, remove } = await temporaryFolder());
});
afterEach(async () => {
  if (first !== null && first.exitCode === null) {
    first.kill('SIGTERM');
    await once(first, 'exit');
  }
  first = null;
  await remove();
});

const enter = (link: string): Promise<Response> => fetch(link, { redirect: 'manual' });

/** The link that a second command showed. */
function linkIn(out: string): string {
  const link = /open (http:\S+)/.exec(out)?.[1];
  if (link === undefined) throw new Error(`No link in ${out}`);
  return link;
}

describe('a second start on a folder', () => {
  it('shows a new link to the first, good once, whose traces only the owner can read', async () => {
    const data = join(folder, 'data');
    const args = [...commandOf('start'), '--no-open', '--data', data];
    first = spawn(process.execPath, args, { cwd: ROOT, stdio: ['ignore', 'pipe', 'inherit'] });
    let said = '';
    await new Promise<void>((ready) =>
      first?.stdout?.on('data', (chunk: Buffer) => {
        said += chunk.toString();
        if (said.includes('Stop with')) ready();
      }),
    );

    const second = await runToEnd(args);
    expect(second).toMatchObject({ code: 0, error: '' });
    expect(second.out).toContain(`Heshi runs on ${data} already.`);
    const link = linkIn(second.out);
    expect(said).not.toContain(link);
    for (const name of ['host-address', 'links'])
      expect((await stat(join(data, name))).mode & 0o077, name).toBe(0);
    for (const name of await readdir(join(data, 'links'))) {
      expect(link).not.toContain(name);
      expect((await stat(join(data, 'links', name))).mode & 0o077).toBe(0);
    }
    const entered = await enter(link);
    expect(entered.status).toBe(302);
    expect(entered.headers.get('set-cookie')).toContain('HttpOnly');
    expect((await enter(link)).status).toBe(403);

    first.kill('SIGTERM');
    await once(first, 'exit');
    expect(await newLink(data)).toBeNull();
  });

  it('of the demonstration shows a link to the one that runs, and says so while it is being made', async () => {
    const data = join(folder, 'demo');
    const lock = await lockFolder(data);
    const args = [...commandOf('demo'), '--no-open', '--data', data];
    const early = await runToEnd(args);
    expect(early.code).toBe(1);
    expect(early.error).toMatch(/^Heshi stopped: Another Heshi is using .+\nKept: .+\nNext: wait until/);

    const renderer = await ensureRenderer();
    const host = await startNodeHost({
      dataFolder: join(data, 'workstation'),
      announceIn: data,
      renderer,
      open: false,
    });
    try {
      const second = await runToEnd(args);
      expect(second).toMatchObject({ code: 0, error: '' });
      expect((await enter(linkIn(second.out))).status).toBe(302);
    } finally {
      await host.close();
      await lock.release();
    }
  });

  it('of the demonstration touches nothing in a folder that holds something else', async () => {
    await writeFile(join(folder, 'thesis.txt'), 'years of work');
    const { code, error } = await runToEnd([...commandOf('demo'), '--no-open', '--fresh', '--data', folder]);
    expect(code).toBe(1);
    expect(error).toContain('thesis.txt');
    expect(await readdir(folder)).toContain('thesis.txt');
  });
});

describe('a link', () => {
  it('is good for ten minutes, and a made-up one never', async () => {
    const host = await startNodeHost({ dataFolder: folder, renderer: ROOT, open: false });
    try {
      const tokenOf = (link: string | null): string => new URL(link ?? '').searchParams.get('token') ?? '';
      const late = tokenOf(await newLink(folder));
      const [ticket = ''] = await readdir(join(folder, 'links'));
      const elevenMinutesAgo = new Date(Date.now() - 11 * 60_000);
      await utimes(join(folder, 'links', ticket), elevenMinutesAgo, elevenMinutesAgo);
      expect(await redeem(folder, late)).toBe(false);
      expect(await redeem(folder, '../host-address')).toBe(false);
      const token = tokenOf(await newLink(folder));
      // However many ask at once, one enters.
      const answers = await Promise.all(Array.from({ length: 8 }, () => redeem(folder, token)));
      expect(answers.filter(Boolean)).toHaveLength(1);
    } finally {
      await host.close();
    }
  });
});
