import { chmod, mkdir, open } from 'node:fs/promises';
import { join } from 'node:path';
import type sqlite3 from 'sqlite3';
import type { Reader, Writer } from './access.ts';
import { asStorageError, connect, execute, type ConnectOptions } from './connection.ts';
import { migrate } from './migrate.ts';
import type { Projections } from './projections.ts';

export type { Reader, Writer };

export type Store = {
  folder: string;
  file: string;
  projections: Projections;
  read: Reader;
  /** Runs `work` in one write transaction, one at a time. @throws StorageError when nothing could be saved. */
  write<Result>(work: (transaction: Writer) => Promise<Result>): Promise<Result>;
  /** Told after each write. */
  onWrite(listener: () => void): void;
  /** The writing handle, for what SQL text cannot say through Kysely (tests of a full disk). */
  handle: sqlite3.Database;
  close(): Promise<void>;
};

export const STORE_FILE = 'heshi.sqlite';

/** SQLite gives the files beside a database the permissions of the database itself. */
export async function keepPrivate(file: string): Promise<void> {
  await (await open(file, 'a', 0o600)).close();
  await chmod(file, 0o600);
}

/** Opens, and where needed creates or upgrades, the local store of one workstation, which keeps these projections. */
export async function openStore(
  folder: string,
  { projections, ...options }: ConnectOptions & { projections: Projections },
): Promise<Store> {
  await mkdir(folder, { recursive: true, mode: 0o700 });
  const file = join(folder, STORE_FILE);
  await keepPrivate(file);
  const writer = await connect(file, options);
  await migrate(writer.handle);
  await execute(writer.handle, projections.factWrite.schema);
  const reader = await connect(file, { readonly: true, ...options });
  let last: Promise<unknown> = Promise.resolve();
  const listeners: (() => void)[] = [];

  const store: Store = {
    folder,
    file,
    projections,
    read: reader.kysely,
    handle: writer.handle,
    onWrite: (listener) => void listeners.push(listener),
    write: (work) => {
      // Kysely begins deferred transactions; queueing them here keeps reading and writing steps of one
      // command together, and the wait fair.
      const run = last.then(async () => {
        try {
          const result = await writer.kysely.transaction().execute(work);
          for (const listener of listeners) listener();
          return result;
        } catch (error) {
          throw asStorageError(error);
        }
      });
      // The caller has the failure; the next write must not have it too.
      last = run.catch(() => undefined);
      return run;
    },
    close: async () => {
      await last;
      await reader.close();
      // A tidying only: what stays in the write-ahead log is read from there when the store opens again.
      await execute(writer.handle, 'PRAGMA wal_checkpoint(TRUNCATE)').catch(() => undefined);
      await writer.close();
    },
  };
  return store;
}
