import { readdir, readFile, rm, stat, statfs, writeFile } from 'node:fs/promises';
import { join } from 'node:path';

/**
 * What can be wrong with the store. Of the disk: `full`, `io` (cannot be read or written), `denied` (no right to, or a medium
 * that takes no writing). Of others: `busy` (another program holds the database), `newer` (a newer release wrote it). Of the
 * data: `corrupt` (some of it cannot be read), `not-a-database` (something else stands in its place), `missing`.
 */
export type StorageFault =
  | 'full'
  | 'io'
  | 'denied'
  | 'busy'
  | 'newer'
  | 'corrupt'
  | 'not-a-database'
  | 'missing';

type Told = { message: string; next: string; kept?: string };

/** For the terminal; screens have words of their own. */
const TOLD: Record<StorageFault, Told> = {
  full: { message: 'The disk is full', next: 'free some space on that disk, then run it again.' },
  io: {
    message: 'The disk cannot be read or written',
    next: 'see to the disk and its cable, or name a folder on another one with --data DIR.',
  },
  denied: {
    message: 'The data folder may not be written',
    next: 'name a folder that this account may write, with --data DIR, or change who owns that one.',
  },
  busy: {
    message: 'The database is locked by another program',
    next: 'close the program that holds it, then run it again.',
  },
  newer: {
    message: 'The database is of a newer release',
    next: 'run the release that wrote it, or a newer one.',
  },
  corrupt: {
    message: 'Some of the database cannot be read',
    kept: 'the damaged file is left as it is.',
    next: 'open the workstation (npm start): its screen says what can be saved, and offers the ways out.',
  },
  'not-a-database': {
    message: 'The database is no database any more',
    kept: 'the file is left as it is.',
    next: 'open the workstation (npm start): its screen says what can be saved, and offers the ways out.',
  },
  missing: {
    message: 'The database is gone from a folder that had one',
    kept: 'what lies beside it is left as it is.',
    next: 'open the workstation (npm start): its screen says what can be saved, and offers the ways out.',
  },
};

/** Why the store was not opened, read or written. What was not acknowledged was not saved. */
export class StorageError extends Error {
  readonly code: StorageFault;
  readonly next: string;
  readonly kept: string | undefined;
  constructor(code: StorageFault, cause?: unknown) {
    const { message, next, kept } = TOLD[code];
    super(message, { cause });
    this.code = code;
    this.next = next;
    this.kept = kept;
  }
}

/** What is wrong with the data itself: no waiting, no room and no right mends it. */
export const DATA_FAULTS: ReadonlySet<StorageFault> = new Set(['corrupt', 'not-a-database', 'missing']);

const FAULTS: Readonly<Record<string, StorageFault>> = {
  SQLITE_FULL: 'full',
  SQLITE_IOERR: 'io',
  SQLITE_BUSY: 'busy',
  SQLITE_LOCKED: 'busy',
  SQLITE_CORRUPT: 'corrupt',
  SQLITE_NOTADB: 'not-a-database',
  SQLITE_READONLY: 'denied',
  SQLITE_CANTOPEN: 'denied',
  SQLITE_PERM: 'denied',
  SQLITE_AUTH: 'denied',
  ENOSPC: 'full',
  EDQUOT: 'full',
  EIO: 'io',
  EACCES: 'denied',
  EPERM: 'denied',
  EROFS: 'denied',
};

/** An error of SQLite or of the file system as ours, where a person can do something about it. */
export function asStorageError(error: unknown): unknown {
  if (typeof error !== 'object' || error === null || !('code' in error)) return error;
  const { code } = error;
  const fault = typeof code === 'string' && Object.hasOwn(FAULTS, code) ? FAULTS[code] : undefined;
  return fault === undefined ? error : new StorageError(fault, error);
}

/** Less than this is no room: SQLite grows its files by as much at once. */
const LEAST_ROOM = 64 * 1024;

/**
 * The same, with a look at the disk: SQLite tells a disk that has no room for its smaller files as one that fails, or as a file that
 * cannot be opened.
 */
export async function diagnose(folder: string, error: unknown): Promise<unknown> {
  const known = asStorageError(error);
  if (!(known instanceof StorageError) || (known.code !== 'io' && known.code !== 'denied')) return known;
  const disk = await statfs(folder).catch(() => null);
  return disk !== null && disk.bavail * disk.bsize < LEAST_ROOM ? new StorageError('full', error) : known;
}

export const STORE_FILE = 'heshi.sqlite';

/** The one file of a workstation's store. */
export const databaseIn = (folder: string): string => join(folder, STORE_FILE);

/** Refuses what stands in a file's place and is none: opening a pipe waits for ever. @throws StorageError not-a-database */
export async function requireFile(file: string): Promise<void> {
  const found = await stat(file).catch(() => null);
  if (found !== null && !found.isFile()) throw new StorageError('not-a-database');
}

/** Stands beside a database once it holds something. */
const BESIDE = ['own-log.json', 'copies'];

/**
 * Refuses a folder whose database is no file, or is gone or empty although it had one: SQLite would begin a new one without a word.
 * @throws StorageError not-a-database, missing
 */
export async function requireDatabase(folder: string): Promise<void> {
  const file = await stat(databaseIn(folder)).catch(() => null);
  if (file !== null && !file.isFile()) throw new StorageError('not-a-database');
  if (file !== null && file.size > 0) return;
  const names = await readdir(folder).catch(() => []);
  if (names.some((name) => BESIDE.includes(name))) throw new StorageError('missing');
}

const markIn = (folder: string): string => join(folder, 'damaged');

/** Keeps that damage was met, over restarts: a database opens although much of it cannot be read. */
export async function markDamaged(folder: string): Promise<void> {
  await writeFile(markIn(folder), '', { mode: 0o600 });
}

/** True when damage was met and nobody has looked at every page since. */
export async function isMarkedDamaged(folder: string): Promise<boolean> {
  return readFile(markIn(folder)).then(
    () => true,
    () => false,
  );
}

/** Every page was looked at, or the database is another. */
export async function unmarkDamaged(folder: string): Promise<void> {
  await rm(markIn(folder), { force: true });
}
