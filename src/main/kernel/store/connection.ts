import { Kysely } from 'kysely';
import { GenericSqliteDialect, type IGenericSqlite } from 'kysely-generic-sqlite';
import sqlite3 from 'sqlite3';
import { requireFile } from './fault.ts';
import type { Database } from './schema.ts';

function openHandle(file: string, mode: number): Promise<sqlite3.Database> {
  return new Promise((resolve, reject) => {
    const handle = new sqlite3.Database(file, mode, (error) => (error ? reject(error) : resolve(handle)));
  });
}

export function execute(handle: sqlite3.Database, sql: string): Promise<void> {
  return new Promise((resolve, reject) => handle.exec(sql, (error) => (error ? reject(error) : resolve())));
}

/** Where the disk is full SQLite rolls back by itself; that there is nothing more to roll back must not hide why. */
const hasRolledBack = (error: unknown): boolean =>
  error instanceof Error && error.message.includes('no transaction is active');

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
      const run = rows(sql, parameters ?? []).catch((error: unknown) => {
        if (sql === 'rollback' && hasRolledBack(error)) return [];
        throw error;
      });
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
  /** Under which the file is encrypted; without it the file is plain, which is for tools whose data is invented. */
  key?: Uint8Array | undefined;
  readonly?: boolean;
  busyMs?: number;
  durability?: 'full' | 'relaxed';
  /** Also where the file is shorter than it says of itself: what is there is read. With `readonly` only. */
  damaged?: boolean;
};

/** What is said on a connection before anything else. */
function openingOf({ readonly, damaged, durability }: ConnectOptions): string {
  return readonly
    ? `${damaged ? 'PRAGMA writable_schema = ON;' : ''} PRAGMA query_only = ON; PRAGMA cache_size = -32000;`
    : `PRAGMA journal_mode = WAL; PRAGMA synchronous = ${durability === 'relaxed' ? 'NORMAL' : 'FULL'};
       PRAGMA foreign_keys = ON; PRAGMA cache_size = -32000;`;
}

export type Connection = {
  kysely: Kysely<Database>;
  handle: sqlite3.Database;
  /** Kysely closes only what it has used. */
  close(): Promise<void>;
};

function query(handle: sqlite3.Database, sql: string): Promise<unknown[]> {
  return new Promise((resolve, reject) =>
    handle.all(sql, (error: Error | null, rows: unknown[]) => (error ? reject(error) : resolve(rows))),
  );
}

/** AEGIS-256: authenticated, and as fast as no encryption at all where the processor knows AES (decision 31). */
const CIPHER = 'aegis';
const keyText = (key: Uint8Array): string => `'raw:${Buffer.from(key).toString('hex')}'`;

/** Gives a handle its key, before anything is read. @throws Error where the engine beneath cannot encrypt */
async function useKey(handle: sqlite3.Database, key: Uint8Array): Promise<void> {
  await execute(handle, `PRAGMA cipher = '${CIPHER}'; PRAGMA key = ${keyText(key)}`);
  // An engine without ciphers takes no notice of either.
  if ((await query(handle, 'PRAGMA cipher')).length === 0) throw new Error('This SQLite cannot encrypt');
}

/**
 * Encrypts a file anew, which nobody else may have open: one that is plain (`from` null), or lies under another key. Whole or not at
 * all, whatever stops the process.
 */
export async function encryptFile(file: string, from: Uint8Array | null, to: Uint8Array): Promise<void> {
  const handle = await openHandle(file, sqlite3.OPEN_READWRITE | sqlite3.OPEN_FULLMUTEX);
  try {
    if (from !== null) await useKey(handle, from);
    await execute(
      handle,
      'PRAGMA journal_mode = DELETE; PRAGMA secure_delete = ON; PRAGMA synchronous = FULL',
    );
    await execute(handle, `PRAGMA cipher = '${CIPHER}'; PRAGMA rekey = ${keyText(to)}`);
  } finally {
    await new Promise<void>((resolve) => handle.close(() => resolve()));
  }
}

/**
 * Opens one connection. WAL with `synchronous=FULL`: what was acknowledged is on the disk.
 * `busyMs` is how long a write waits for another program's lock before `SQLITE_BUSY`.
 */
export async function connect(file: string, options: ConnectOptions = {}): Promise<Connection> {
  await requireFile(file);
  const mode = options.readonly ? sqlite3.OPEN_READONLY : sqlite3.OPEN_READWRITE | sqlite3.OPEN_CREATE;
  const handle = await openHandle(file, mode | sqlite3.OPEN_FULLMUTEX);
  handle.configure('busyTimeout', options.busyMs ?? 5000);
  try {
    await prepareHandle(handle, options);
  } catch (error) {
    await new Promise<void>((resolve) => handle.close(() => resolve()));
    throw error;
  }
  const kysely = new Kysely<Database>({ dialect: new GenericSqliteDialect(() => executor(handle)) });
  return {
    kysely,
    handle,
    close: async () => {
      await kysely.destroy();
      await new Promise<void>((resolve, reject) =>
        handle.close((error) => (error && !/closed/.test(error.message) ? reject(error) : resolve())),
      );
    },
  };
}

async function prepareHandle(handle: sqlite3.Database, options: ConnectOptions): Promise<void> {
  if (options.key !== undefined) await useKey(handle, options.key);
  await execute(handle, openingOf(options));
  // Pragmas alone read nothing of a file: a wrong key shows here.
  if (!options.damaged) await execute(handle, 'SELECT count(*) FROM sqlite_master');
}
