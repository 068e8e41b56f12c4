import { Kysely } from 'kysely';
import { GenericSqliteDialect, type IGenericSqlite } from 'kysely-generic-sqlite';
import sqlite3 from 'sqlite3';
import type { Database } from './schema.ts';

/** Why a write did not happen. In both cases nothing was saved. */
export class StorageError extends Error {
  readonly code: 'full' | 'busy';
  constructor(code: 'full' | 'busy', cause: unknown) {
    super(code === 'full' ? 'The disk is full' : 'The database is locked', { cause });
    this.code = code;
  }
}

/** SQLite's own error as ours where a person can do something about it. */
export function asStorageError(error: unknown): unknown {
  if (typeof error !== 'object' || error === null || !('code' in error)) return error;
  if (error.code === 'SQLITE_FULL' || error.code === 'SQLITE_IOERR') return new StorageError('full', error);
  if (error.code === 'SQLITE_BUSY' || error.code === 'SQLITE_LOCKED') return new StorageError('busy', error);
  return error;
}

function openHandle(file: string, mode: number): Promise<sqlite3.Database> {
  return new Promise((resolve, reject) => {
    const handle = new sqlite3.Database(file, mode, (error) => (error ? reject(error) : resolve(handle)));
  });
}

export function execute(handle: sqlite3.Database, sql: string): Promise<void> {
  return new Promise((resolve, reject) => handle.exec(sql, (error) => (error ? reject(error) : resolve())));
}

/**
 * A Kysely executor on one `sqlite3` handle. `all` serves every statement, so nothing has to guess
 * which ones return rows; prepared statements are kept, since preparing costs more than running.
 */
function executor(handle: sqlite3.Database): IGenericSqlite<sqlite3.Database> {
  const prepared = new Map<string, sqlite3.Statement>();
  const prepare = (sql: string): Promise<sqlite3.Statement> => {
    const known = prepared.get(sql);
    if (known) return Promise.resolve(known);
    return new Promise((resolve, reject) => {
      const statement = handle.prepare(sql, (error: Error | null) => {
        if (error) return reject(error);
        // Statements with varying text (long IN lists) must not pile up.
        if (prepared.size >= 200) for (const old of prepared.values()) old.finalize();
        if (prepared.size >= 200) prepared.clear();
        prepared.set(sql, statement);
        resolve(statement);
      });
    });
  };
  const rows = async (sql: string, parameters: readonly unknown[]): Promise<unknown[]> => {
    const statement = await prepare(sql);
    return new Promise((resolve, reject) => {
      // Stepped to its end, a statement has let go of its read transaction: a reset would only cost a second
      // trip to the thread pool.
      statement.all<unknown>(parameters, (error, result) => (error ? reject(error) : resolve(result)));
    });
  };
  /** Statements under way: SQLite does not close while one is not at its end. */
  const running = new Set<Promise<unknown[]>>();
  let closed = false;
  return {
    db: handle,
    query: async (_isSelect, sql, parameters) => {
      if (closed) throw new Error('The database was closed');
      const run = rows(sql, parameters ?? []);
      running.add(run);
      try {
        return { rows: await run };
      } finally {
        running.delete(run);
      }
    },
    close: async () => {
      closed = true;
      // What one of them answers is its caller's to hear.
      await Promise.allSettled(running);
      for (const statement of prepared.values()) statement.finalize();
      prepared.clear();
      await new Promise<void>((resolve, reject) =>
        handle.close((error) => (error ? reject(error) : resolve())),
      );
    },
  };
}

export type ConnectOptions = {
  readonly?: boolean;
  busyMs?: number;
  durability?: 'full' | 'relaxed';
};

export type Connection = { kysely: Kysely<Database>; handle: sqlite3.Database };

/**
 * Opens one connection. WAL with `synchronous=FULL`: what was acknowledged is on the disk.
 * `busyMs` is how long a write waits for another program's lock before `SQLITE_BUSY`.
 */
export async function connect(file: string, options: ConnectOptions = {}): Promise<Connection> {
  const mode = options.readonly ? sqlite3.OPEN_READONLY : sqlite3.OPEN_READWRITE | sqlite3.OPEN_CREATE;
  const handle = await openHandle(file, mode | sqlite3.OPEN_FULLMUTEX);
  handle.configure('busyTimeout', options.busyMs ?? 5000);
  await execute(
    handle,
    options.readonly
      ? 'PRAGMA query_only = ON; PRAGMA cache_size = -32000;'
      : `PRAGMA journal_mode = WAL; PRAGMA synchronous = ${options.durability === 'relaxed' ? 'NORMAL' : 'FULL'};
         PRAGMA foreign_keys = ON; PRAGMA cache_size = -32000;`,
  );
  return {
    kysely: new Kysely<Database>({ dialect: new GenericSqliteDialect(() => executor(handle)) }),
    handle,
  };
}
