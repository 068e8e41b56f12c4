import { chmod, mkdir, open } from 'node:fs/promises';
import { sql } from 'kysely';
import type sqlite3 from 'sqlite3';
import type { StreamKind } from '../../../domain/streams.ts';
import { changedIn, type Reader, type Writer } from './access.ts';
import { connect, execute, type Connection, type ConnectOptions } from './connection.ts';
import { databaseIn, diagnose, isMarkedDamaged, requireFile, StorageError, unmarkDamaged } from './fault.ts';
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
  /** Told after each write, with the kinds of record that it changed. */
  onWrite(listener: (changed: ReadonlySet<StreamKind>) => void): void;
  /** The writing handle, for what SQL text cannot say through Kysely (tests of a full disk). */
  handle: sqlite3.Database;
  close(): Promise<void>;
};

/** SQLite gives the files beside a database the permissions of the database itself. */
export async function keepPrivate(file: string): Promise<void> {
  await (await open(file, 'a', 0o600)).close();
  await chmod(file, 0o600);
}

/** How a store is opened: its connections, and what it keeps of each kind of stream. */
export type StoreOptions = ConnectOptions & { projections: Projections };

/** Looks at every page, where damage was met before. @throws StorageError corrupt, and the mark stays */
async function requireWhole(folder: string, { kysely }: Connection): Promise<void> {
  if (!(await isMarkedDamaged(folder))) return;
  const { rows } = await sql<Record<string, string>>`PRAGMA quick_check(1)`.execute(kysely);
  const [found] = Object.values(rows[0] ?? {});
  if (found !== 'ok') throw new StorageError('corrupt', new Error(found));
  await unmarkDamaged(folder);
}

/**
 * Opens, and where needed creates or upgrades, the local store of one workstation, which keeps these projections.
 * @throws StorageError
 */
export async function openStore(folder: string, { projections, ...options }: StoreOptions): Promise<Store> {
  const file = databaseIn(folder);
  const opened: Connection[] = [];
  const openOne = async (more: ConnectOptions): Promise<Connection> => {
    const connection = await connect(file, { ...more, ...options });
    opened.push(connection);
    return connection;
  };
  let writer: Connection;
  let reader: Connection;
  try {
    await mkdir(folder, { recursive: true, mode: 0o700 });
    await requireFile(file);
    await keepPrivate(file);
    writer = await openOne({});
    await requireWhole(folder, writer);
    await migrate(writer.handle);
    await execute(writer.handle, projections.factWrite.schema);
    reader = await openOne({ readonly: true });
  } catch (error) {
    // Why it does not open is what counts.
    for (const { close } of opened) await close().catch(() => undefined);
    throw await diagnose(folder, error);
  }
  let last: Promise<unknown> = Promise.resolve();
  const listeners: ((changed: ReadonlySet<StreamKind>) => void)[] = [];

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
          const [result, changed] = await writer.kysely
            .transaction()
            .execute(async (transaction) => [await work(transaction), changedIn(transaction)] as const);
          for (const listener of listeners) listener(changed);
          return result;
        } catch (error) {
          throw await diagnose(folder, error);
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
