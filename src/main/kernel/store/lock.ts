import { mkdir, readFile, rename, rm, stat, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import sqlite3 from 'sqlite3';
import { execute } from './connection.ts';
import { diagnose, StorageError } from './fault.ts';
import { keepPrivate } from './store.ts';

/** Another process has this data folder open; `holder` is its number where it has said so. */
export class FolderInUse extends Error {
  readonly holder: number | null;
  readonly next = 'close the other one, or name another folder with --data DIR.';
  constructor(folder: string, holder: number | null = null) {
    super(`Another Heshi${holder === null ? '' : ` (process ${holder})`} is using ${folder}`);
    this.holder = holder;
  }
}

const holderIn = (folder: string): string => join(folder, 'lock-holder');

async function holderOf(folder: string): Promise<number | null> {
  const text = await readFile(holderIn(folder), 'utf8').catch(() => '');
  return /^\d{1,10}$/.test(text) ? Number(text) : null;
}

async function take(folder: string): Promise<{ handle: sqlite3.Database; close: () => Promise<void> }> {
  const handle = await new Promise<sqlite3.Database>((resolve, reject) => {
    const opened = new sqlite3.Database(join(folder, 'lock.sqlite'), (error) =>
      error ? reject(error) : resolve(opened),
    );
  });
  const close = (): Promise<void> => new Promise((resolve) => handle.close(() => resolve()));
  try {
    await execute(handle, 'PRAGMA busy_timeout = 0; BEGIN EXCLUSIVE');
    return { handle, close };
  } catch (error) {
    await close();
    throw error;
  }
}

/** True when what stands in the lock's place cannot hold one. */
async function isRubbish(file: string, failure: unknown): Promise<boolean> {
  if (failure instanceof StorageError && (failure.code === 'not-a-database' || failure.code === 'corrupt'))
    return true;
  const found = await stat(file).catch(() => null);
  return found !== null && !found.isFile();
}

/**
 * Takes a data folder for this process alone. The lock is an SQLite lock, so the operating system
 * releases it when the process dies, however it dies. A file in its place that is no database holds no lock: it is put aside.
 * @throws FolderInUse, StorageError
 */
export async function lockFolder(folder: string): Promise<{ release(): Promise<void> }> {
  const attempt = async () => {
    await mkdir(folder, { recursive: true, mode: 0o700 });
    await keepPrivate(join(folder, 'lock.sqlite'));
    return take(folder);
  };
  const taken = await attempt()
    .catch(async (error: unknown) => {
      const failure = await diagnose(folder, error);
      const file = join(folder, 'lock.sqlite');
      if (!(await isRubbish(file, failure))) throw error;
      const aside = `${file}.unreadable`;
      await rm(aside, { force: true, recursive: true });
      await rename(file, aside);
      return attempt();
    })
    .catch(async (error: unknown) => {
      const failure = await diagnose(folder, error);
      if (!(failure instanceof StorageError) || failure.code !== 'busy') throw failure;
      throw new FolderInUse(folder, await holderOf(folder));
    });
  const { handle, close } = taken;
  // For whoever comes second; the lock itself does not need it.
  await writeFile(holderIn(folder), String(process.pid), { mode: 0o600 }).catch(() => undefined);
  return {
    release: async () => {
      await rm(holderIn(folder), { force: true });
      // Closing the file lets the lock go, rolled back or not.
      await execute(handle, 'ROLLBACK').catch(() => undefined);
      await close();
    },
  };
}
