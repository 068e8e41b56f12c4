import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import sqlite3 from 'sqlite3';
import { asStorageError, execute, StorageError } from './connection.ts';
import { keepPrivate } from './store.ts';

/** Another process has this data folder open. */
export class FolderInUse extends Error {
  constructor(folder: string) {
    super(`Another Heshi is using ${folder}`);
  }
}

/**
 * Takes a data folder for this process alone. The lock is an SQLite lock, so the operating system
 * releases it when the process dies, however it dies. @throws FolderInUse
 */
export async function lockFolder(folder: string): Promise<{ release(): Promise<void> }> {
  await mkdir(folder, { recursive: true, mode: 0o700 });
  await keepPrivate(join(folder, 'lock.sqlite'));
  const handle = await new Promise<sqlite3.Database>((resolve, reject) => {
    const opened = new sqlite3.Database(join(folder, 'lock.sqlite'), (error) =>
      error ? reject(error) : resolve(opened),
    );
  });
  const close = (): Promise<void> => new Promise((resolve) => handle.close(() => resolve()));
  try {
    await execute(handle, 'PRAGMA busy_timeout = 0; BEGIN EXCLUSIVE');
  } catch (error) {
    await close();
    const failure = asStorageError(error);
    if (failure instanceof StorageError && failure.code === 'busy') throw new FolderInUse(folder);
    throw failure;
  }
  return {
    release: async () => {
      // Closing the file lets the lock go, rolled back or not.
      await execute(handle, 'ROLLBACK').catch(() => undefined);
      await close();
    },
  };
}
