import { spawnSync } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { mkdir, open, readFile, rm, truncate, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { sql } from 'kysely';
import { execute } from '../../src/main/kernel/store/connection.ts';
import { connectTo } from '../support/vault.ts';
import type { Fault, RepairWay } from '../../src/contract/workstation/repair.ts';

/** How a folder's damage ends: at the start screen, or with a workstation that opens and says what it found. */
type Ends =
  | { at: 'start-screen'; fault: Fault; ways: readonly RepairWay[] }
  | { at: 'workstation'; damage: 'missing' | null; reason: string | null };

/** One kind of damage: how it comes about on a real folder, and how it must end. */
export type Damage = {
  name: string;
  /** Returns what makes it undone, where the folder's rights were changed. */
  make(folder: string): Promise<unknown>;
  ends: Ends;
};

const database = (folder: string): string => join(folder, 'heshi.sqlite');

/** Writes rubbish over a part of a file. */
export async function overwrite(file: string, at: number, length: number): Promise<void> {
  const handle = await open(file, 'r+');
  await handle.write(randomBytes(length), 0, length, at).finally(() => handle.close());
}

/** The page on which a table begins, by its place in the file. */
export async function rootOf(folder: string, table: string): Promise<{ at: number; size: number }> {
  const { handle, close } = await connectTo(folder);
  const ask = <Row>(text: string): Promise<Row> =>
    new Promise((resolve, reject) =>
      handle.get<Row>(text, (error, row) => (error ? reject(error) : resolve(row))),
    );
  const { page_size: size } = await ask<{ page_size: number }>('PRAGMA page_size');
  const { rootpage } = await ask<{ rootpage: number }>(
    `SELECT rootpage FROM sqlite_schema WHERE name = '${table}'`,
  );
  await execute(handle, 'PRAGMA wal_checkpoint(TRUNCATE)');
  await close();
  return { at: (rootpage - 1) * size, size };
}

/** A page in the middle of the facts, and none that the others hang on. */
async function leafOf(folder: string): Promise<{ at: number; size: number }> {
  const { kysely, close } = await connectTo(folder);
  const { rows } = await sql<{ at: number; size: number }>`
    SELECT pgoffset AS at, pgsize AS size FROM dbstat
    WHERE name = 'event' AND pagetype = 'leaf' ORDER BY pageno`.execute(kysely);
  await close();
  const page = rows[Math.floor(rows.length / 2)];
  if (page === undefined || rows.length < 3) throw new Error('The facts fit on a few pages');
  return page;
}

const ALL: readonly RepairWay[] = ['facts', 'copy', 'centre', 'anew', 'read-only'];
const ELSEWHERE: readonly RepairWay[] = ['copy', 'centre', 'anew'];
const screen = (fault: Fault, ways: readonly RepairWay[]): Ends => ({ at: 'start-screen', fault, ways });
const working = (damage: 'missing' | null, reason: string | null = null): Ends => ({
  at: 'workstation',
  damage,
  reason,
});

/** On the folder of a workstation that was closed in order. */
export const DAMAGES: readonly Damage[] = [
  {
    name: 'header overwritten',
    make: (folder) => overwrite(database(folder), 0, 100),
    ends: screen('not-a-database', ELSEWHERE),
  },
  {
    name: 'page of the facts overwritten',
    make: async (folder) => {
      const { at, size } = await leafOf(folder);
      await overwrite(database(folder), at, size);
      // As the check in the background, a copy or somebody's list leaves it.
      await writeFile(join(folder, 'damaged'), '');
    },
    ends: screen('corrupt', ALL),
  },
  {
    name: 'root of the facts overwritten',
    make: async (folder) => {
      const { at, size } = await rootOf(folder, 'event');
      await overwrite(database(folder), at, size);
    },
    ends: screen('corrupt', ELSEWHERE),
  },
  {
    name: 'list of tables overwritten',
    make: (folder) => overwrite(database(folder), 100, 3996),
    ends: screen('not-a-database', ELSEWHERE),
  },
  {
    name: 'file cut short',
    make: async (folder) =>
      truncate(database(folder), Math.floor((await readFile(database(folder))).length * 0.85)),
    ends: screen('corrupt', ALL),
  },
  {
    name: 'file emptied',
    make: (folder) => truncate(database(folder), 0),
    ends: screen('missing', ELSEWHERE),
  },
  {
    name: 'file gone',
    make: (folder) => rm(database(folder)),
    ends: screen('missing', ELSEWHERE),
  },
  {
    name: 'rubbish in place of the file',
    make: (folder) => writeFile(database(folder), 'dear diary, '.repeat(2000)),
    ends: screen('not-a-database', ELSEWHERE),
  },
  {
    name: 'a folder in place of the file',
    make: async (folder) => {
      await rm(database(folder));
      await mkdir(database(folder));
    },
    ends: screen('not-a-database', ELSEWHERE),
  },
  {
    name: 'a pipe in place of the file',
    make: async (folder) => {
      await rm(database(folder));
      if (spawnSync('mkfifo', [database(folder)]).status !== 0) throw new Error('No mkfifo');
    },
    ends: screen('not-a-database', ELSEWHERE),
  },
  {
    name: 'written by a newer release',
    make: async (folder) => {
      const { handle, close } = await connectTo(folder);
      await execute(handle, 'PRAGMA user_version = 900');
      await close();
    },
    ends: screen('newer', []),
  },
  {
    name: 'rubbish in the lock',
    make: (folder) => writeFile(join(folder, 'lock.sqlite'), 'not a database, and longer '.repeat(50)),
    ends: working(null),
  },
  {
    name: 'key of the host gone',
    make: (folder) => rm(join(folder, 'host.key')),
    ends: screen('key-lost', ['anew']),
  },
  {
    name: 'key of another host',
    make: (folder) => writeFile(join(folder, 'host.key'), randomBytes(32)),
    ends: screen('key-lost', ['anew']),
  },
  {
    name: 'write-ahead log gone',
    make: (folder) => rm(`${database(folder)}-wal`),
    ends: working('missing'),
  },
  {
    name: 'rubbish in the write-ahead log',
    make: async (folder) => {
      const { length } = await readFile(`${database(folder)}-wal`);
      await writeFile(`${database(folder)}-wal`, randomBytes(length));
    },
    ends: working('missing'),
  },
];
