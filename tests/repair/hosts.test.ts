import { createServer } from 'node:net';
import { once } from 'node:events';
import { cp } from 'node:fs/promises';
import { join } from 'node:path';
import { createRouterClient } from '@orpc/server';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { attendWorkstation, type Attended } from '../../src/main/attended.ts';
import { startNodeHost } from '../../src/main/hosts/node-server.ts';
import { createNodeHost } from '../../src/main/hosts/node.ts';
import { execute } from '../../src/main/kernel/store/connection.ts';
import { markDamaged } from '../../src/main/kernel/store/index.ts';
import { lockFolder } from '../../src/main/kernel/store/lock.ts';
import { damagedRouter } from '../../src/main/repair/index.ts';
import { reportOf } from '../../src/terminal/report.mjs';
import { temporaryFolder } from '../../tools/temporary-folder.ts';
import { caseInput, openTestWorkstation, PASSWORD } from '../support/workstation.ts';
import { connectTo } from '../support/vault.ts';
import { overwrite, rootOf } from './damages.ts';
import { mountDisk, type SmallDisk } from './small-disk.ts';

let folder: string;
let remove: () => Promise<void>;
/** A workstation's folder, closed, with a case in it. */
let template: string;
let staffId: string;
let disk: SmallDisk | null;

beforeAll(async () => {
  ({ folder, remove } = await temporaryFolder());
  template = join(folder, 'template');
  const one = await openTestWorkstation(template, { unattended: true });
  ({ staffId } = one);
  await one.api.cases.register(caseInput());
  await one.running.close();
  disk = await mountDisk(16);
  if (disk === null)
    process.stderr.write('No disk of its own can be mounted here: full and read-only ones are not tried.\n');
});
afterAll(async () => {
  await disk?.unmount();
  await remove();
});

const attend = (dataFolder: string): Promise<Attended> =>
  attendWorkstation({
    dataFolder,
    host: createNodeHost(dataFolder),
    unattended: true,
    automaticSync: false,
    busyMs: 50,
  });

function apiOf(attended: Attended) {
  const behind = attended.now();
  if (behind.workstation !== null) throw new Error('It opened');
  return createRouterClient(damagedRouter, { context: behind.damaged });
}

/** What nothing has to be repaired for: said as what it is, and over once what was in the way is gone. */
async function expectOver(attended: Attended, fault: string, remedy: () => unknown): Promise<void> {
  const api = apiOf(attended);
  const state = await api.repair.state();
  expect(state.fault).toBe(fault);
  expect(state.offers.filter(({ possible }) => possible)).toEqual([]);
  await expect(api.repair.begin({ way: 'anew' })).rejects.toMatchObject({ code: 'RULE' });
  expect(await api.repair.open()).toEqual({ opened: false });
  await remedy();
  expect(await apiOf(attended).repair.open()).toEqual({ opened: true });
  const again = attended.now().workstation?.connect().api;
  await again?.session.signIn({ staffId, password: PASSWORD });
  expect((await again?.cases.list({}))?.items).toHaveLength(1);
}

describe('a store that does not open although nothing is damaged', () => {
  it('on a full disk is told as such, and opens when there is room', async ({ skip }) => {
    if (disk === null) return skip('No disk of its own');
    const data = join(disk.folder, 'full');
    await cp(template, data, { recursive: true });
    await disk.fill();
    const attended = await attend(data);
    await expectOver(attended, 'full', () => disk?.makeRoom());
    await attended.close();
  });

  it('on a disk that takes no writing is told as such, and opens when it does', async ({ skip }) => {
    if (disk === null) return skip('No disk of its own');
    const data = join(disk.folder, 'denied');
    await cp(template, data, { recursive: true });
    disk.writable(false);
    const attended = await attend(data);
    await expectOver(attended, 'denied', () => disk?.writable(true));
    await attended.close();
  });

  it('that another program holds is told as such, and opens when it is let go', async () => {
    const data = join(folder, 'held');
    await cp(template, data, { recursive: true });
    const other = await connectTo(data);
    await execute(other.handle, 'PRAGMA locking_mode = EXCLUSIVE; BEGIN EXCLUSIVE');
    const attended = await attend(data);
    await expectOver(attended, 'busy', () => other.close());
    await attended.close();
  });
});

describe('a full disk at work', () => {
  it('is told as such by who saves, and damages nothing', async ({ skip }) => {
    if (disk === null) return skip('No disk of its own');
    const data = join(disk.folder, 'work');
    await cp(template, data, { recursive: true });
    const one = await openTestWorkstation(data);
    await disk.fill();
    const long = caseInput({ facts: { text: '长'.repeat(4000), occurredOn: '2026-03-01' } });
    let failure: unknown = null;
    for (let tries = 0; tries < 20 && failure === null; tries += 1)
      failure = await one.api.cases.register({ ...long, caseId: crypto.randomUUID() }).then(
        () => null,
        (error: unknown) => error,
      );
    expect(failure).toMatchObject({ code: 'STORAGE_FULL' });
    await disk.makeRoom();
    await expect(one.api.cases.register(long)).resolves.toMatchObject({ id: long.caseId });
    await one.running.close();
  });
});

describe('damage that is met at work', () => {
  it('closes the workstation, and the page is told what can be saved', async () => {
    const data = join(folder, 'at-work');
    await cp(template, data, { recursive: true });
    const { at, size } = await rootOf(data, 'draft');
    const attended = await attend(data);
    const api = attended.now().workstation?.connect().api;
    await api?.session.signIn({ staffId, password: PASSWORD });
    await overwrite(join(data, 'heshi.sqlite'), at, size);
    await expect(api?.drafts.list()).rejects.toMatchObject({ code: 'STORAGE_DAMAGED' });
    await expect.poll(() => attended.now().workstation, { timeout: 10_000 }).toBeNull();
    const damaged = apiOf(attended);
    await damaged.repair.begin({ way: 'facts' });
    await expect.poll(async () => (await damaged.repair.state()).work, { timeout: 10_000 }).toBeNull();
    const { fault, counted, result } = await damaged.repair.state();
    expect({ fault, counted, result }).toMatchObject({
      fault: 'corrupt',
      counted: { unsent: 1 },
      result: { way: 'facts', unsent: 1, lost: 0 },
    });
    expect(await damaged.repair.open()).toEqual({ opened: true });
    const again = attended.now().workstation?.connect().api;
    await again?.session.signIn({ staffId, password: PASSWORD });
    expect((await again?.cases.list({}))?.items).toHaveLength(1);
    await attended.close();
  });
});

describe('damage that is met when somebody comes in', () => {
  it('is told to them, and repaired with what their password opened', async () => {
    const data = join(folder, 'entering');
    const before = await openTestWorkstation(data);
    await before.api.cases.register(caseInput());
    await before.running.close();
    const { at, size } = await rootOf(data, 'draft');
    await overwrite(join(data, 'heshi.sqlite'), at, size);
    await markDamaged(data);
    const attended = await attendWorkstation({
      dataFolder: data,
      host: createNodeHost(data),
      automaticSync: false,
    });
    const person = { staffId: before.staffId, password: PASSWORD };
    const shut = attended.now().workstation?.connect().api;
    await expect(shut?.session.signIn(person)).rejects.toMatchObject({ code: 'STORAGE_DAMAGED' });
    const damaged = apiOf(attended);
    await damaged.repair.begin({ way: 'facts' });
    await expect.poll(async () => (await damaged.repair.state()).work, { timeout: 10_000 }).toBeNull();
    expect((await damaged.repair.state()).result).toMatchObject({ unsent: 1, lost: 0 });
    expect(await damaged.repair.open()).toEqual({ opened: true });
    const again = attended.now().workstation?.connect().api;
    await again?.session.signIn(person);
    expect((await again?.cases.list({}))?.items).toHaveLength(1);
    await attended.close();
  });
});

describe('what no page can say', () => {
  it('a port that is taken is told with its number, and leaves the folder free', async () => {
    const data = join(folder, 'port');
    await cp(template, data, { recursive: true });
    const taken = createServer().listen(0, '127.0.0.1');
    await once(taken, 'listening');
    const address = taken.address();
    const port = typeof address === 'object' && address !== null ? address.port : 0;
    const failure: unknown = await startNodeHost({
      dataFolder: data,
      open: false,
      port,
      automaticSync: false,
    }).then(
      () => null,
      (error: unknown) => error,
    );
    expect(reportOf(failure, {})).toMatch(
      new RegExp(
        `^Heshi stopped: Port ${port} of this computer is taken .*\\nKept: .*\\nNext: choose another port`,
      ),
    );
    await (await lockFolder(data)).release();
    taken.close();
  });

  it('a folder in use is told with who holds it', async () => {
    const lock = await lockFolder(join(folder, 'port'));
    const failure: unknown = await attend(join(folder, 'port')).catch((error: unknown) => error);
    expect(reportOf(failure, {})).toMatch(
      new RegExp(
        `Another Heshi \\(process ${process.pid}\\) is using .*\\nKept: .*\\nNext: close the other one`,
      ),
    );
    await lock.release();
  });
});
