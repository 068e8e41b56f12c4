import { randomBytes } from 'node:crypto';
import { mkdir, readdir, readFile, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { PROJECTIONS } from '../../src/main/capabilities.ts';
import { encryptFile } from '../../src/main/kernel/store/connection.ts';
import {
  asStorageError,
  openStore,
  StorageError,
  type StorageFault,
} from '../../src/main/kernel/store/index.ts';
import { startNightlyCopies } from '../../src/main/repair/index.ts';
import { temporaryFolder } from '../../tools/temporary-folder.ts';
import { caseInput, openTestWorkstation, type TestWorkstation } from '../support/workstation.ts';
import { overwrite, rootOf } from './damages.ts';

let folder: string;
let remove: () => Promise<void>;
let one: TestWorkstation;
let today = new Date('2026-03-10T02:00:00.000Z');

beforeAll(async () => {
  ({ folder, remove } = await temporaryFolder());
  one = await openTestWorkstation(join(folder, 'one'), { clock: () => today });
});
afterAll(async () => {
  await one.running.close();
  await remove();
});

const databases = async (where: string): Promise<string[]> =>
  (await readdir(where)).filter((name) => name.endsWith('.sqlite'));

it('a copy a day is made and verified, readable by its owner alone, and three are kept', async () => {
  const { store } = one.running.parts;
  const options = one.running.parts.repair.options;
  const nightly = startNightlyCopies({
    store,
    clock: () => today,
    options,
    automatic: false,
    onProblem: () => undefined,
  });
  for (let day = 10; day < 15; day += 1) {
    today = new Date(`2026-03-${day}T02:00:00.000Z`);
    await one.api.cases.register(caseInput());
    expect(await nightly.run()).toBe(true);
    expect(await nightly.run()).toBe(false);
  }
  const { nightly: kept } = await one.api.repair.copies();
  const { rows } = await store.read
    .selectFrom('event')
    .select(({ fn }) => fn.countAll<number>().as('facts'))
    .execute()
    .then((found) => ({ rows: found }));
  const facts = rows[0]?.facts ?? 0;
  expect(kept).toMatchObject([
    { at: '2026-03-14T02:00:00.000Z', facts, unsent: 5 },
    { at: '2026-03-13T02:00:00.000Z', facts: facts - 1, unsent: 4 },
    { at: '2026-03-12T02:00:00.000Z', facts: facts - 2, unsent: 3 },
  ]);
  const copies = join(store.folder, 'copies');
  for (const name of await databases(copies))
    expect((await readFile(join(copies, name))).includes('SQLite format 3')).toBe(false);
  // Each with its numbers and what it takes to open it.
  expect(await readdir(copies)).toHaveLength(9);
  for (const name of await readdir(copies)) expect((await stat(join(copies, name))).mode & 0o077).toBe(0);
  await nightly.stop();
});

it('is made while people record, and holds what was there at one instant', async () => {
  const recording = Array.from({ length: 20 }, () => one.api.cases.register(caseInput()));
  const made = await one.api.repair.copy({ folder: null });
  await Promise.all(recording);
  expect(made.facts).toBeGreaterThan(0);
});

it('on a stick is made where the stick is, and is remembered', async () => {
  const stick = join(folder, 'stick');
  await expect(one.api.repair.copy({ folder: stick })).rejects.toMatchObject({
    data: { rule: 'copy-folder' },
  });
  await expect(one.api.repair.copy({ folder: 'stick' })).rejects.toMatchObject({
    data: { rule: 'copy-folder' },
  });
  await mkdir(stick);
  const made = await one.api.repair.copy({ folder: stick });
  expect(await databases(stick)).toHaveLength(1);
  expect((await one.api.repair.copies()).stick).toEqual({ ...made, folder: stick });
  const booked = await one.running.parts.store.read
    .selectFrom('event')
    .select('payload')
    .where('stream_kind', '=', 'access')
    .execute();
  expect(booked.map(({ payload }) => JSON.parse(payload) as object)).toMatchObject([
    { action: 'export', record: { kind: 'database' } },
  ]);
});

it('of a database that is damaged is none, and says why', async () => {
  const damaged = await openTestWorkstation(join(folder, 'two'));
  await damaged.api.cases.register(caseInput());
  await damaged.running.close();
  const { at, size } = await rootOf(join(folder, 'two'), 'draft');
  await overwrite(join(folder, 'two', 'heshi.sqlite'), at, size);
  const again = await openTestWorkstation(join(folder, 'two'));
  await expect(again.api.repair.copy({ folder: null })).rejects.toMatchObject({ code: 'STORAGE_DAMAGED' });
  expect(await readdir(join(folder, 'two', 'copies'))).toEqual([]);
  // It is looked at as a whole when it is opened again.
  expect(await readFile(join(folder, 'two', 'damaged'), 'utf8')).toBe('');
  await again.running.close();
});

it.each<[string, StorageFault]>([
  ['SQLITE_FULL', 'full'],
  ['ENOSPC', 'full'],
  ['SQLITE_IOERR', 'io'],
  ['EIO', 'io'],
  ['SQLITE_BUSY', 'busy'],
  ['SQLITE_CORRUPT', 'corrupt'],
  ['SQLITE_NOTADB', 'not-a-database'],
  ['SQLITE_READONLY', 'denied'],
  ['SQLITE_CANTOPEN', 'denied'],
  ['EACCES', 'denied'],
])('%s is told as %s', (code, fault) => {
  const told = asStorageError(Object.assign(new Error(code), { code }));
  expect(told).toBeInstanceOf(StorageError);
  expect(told).toMatchObject({ code: fault, next: expect.stringMatching(/./) });
});

it('under a key that was replaced is thrown away, and one under the new key is made the same day', async () => {
  const { folder: own, remove: removeOwn } = await temporaryFolder();
  const [before, after] = [randomBytes(32), randomBytes(32)];
  const at = new Date('2026-04-01T02:00:00.000Z');
  const look = async (key: Uint8Array, now: Date): Promise<boolean> => {
    const store = await openStore(own, { projections: PROJECTIONS, key });
    const options = { key };
    const parts = { store, options, clock: () => now, automatic: false, onProblem: () => undefined };
    try {
      return await startNightlyCopies(parts).run();
    } finally {
      await store.close();
    }
  };
  expect(await look(before, at)).toBe(true);
  expect(await look(before, at)).toBe(false);
  // As when somebody goes who could open it.
  await encryptFile(join(own, 'heshi.sqlite'), before, after);
  expect(await look(after, new Date(at.getTime() + 60_000))).toBe(true);
  expect(await databases(join(own, 'copies'))).toEqual(['heshi-20260401T020100000Z.sqlite']);
  expect(await look(after, new Date(at.getTime() + 120_000))).toBe(false);
  await removeOwn();
});
