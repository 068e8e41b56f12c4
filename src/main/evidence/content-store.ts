import { mkdir, open, readdir, rename, rm, stat } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { uuidv7 } from 'uuidv7';
import { createSealed, openSealed, readSealed, type SealingWriter } from '../../protocol/sealed-content.ts';
import { StorageError } from '../kernel/store/index.ts';

declare module '../kernel/parts.ts' {
  interface CapabilityParts {
    /** Evidence by its hash, sealed on this workstation's disk. */
    content: ContentStore;
  }
}

/*
 * Content lies under its hash, sealed:
 *
 *   evidence/incoming/<id>.part        being written; worth nothing
 *   evidence/incoming/<sha256>.ready   whole and on the disk, its fact about to be recorded
 *   evidence/<ab>/<sha256>             its fact is recorded
 *
 * The fact is committed between `ready` and the last place. After a crash the database therefore says of
 * whatever lies in `incoming` whether it is kept, and nothing outside `incoming` is deleted but evidence that was withdrawn
 * long ago: a database restored from an older backup does not cost content that it does not know of.
 */
export type ContentStore = {
  /** Starts a file that is gone after a crash. */
  begin(): Promise<{ file: string; writer: SealingWriter }>;
  /**
   * Gives finished content its place under its hash around `commit`, which records it: both or neither.
   * Content that is there already is replaced by the same, which mends one that was damaged.
   */
  place<Result>(file: string, sha256: string, commit: () => Promise<Result>): Promise<Result>;
  has(sha256: string): Promise<boolean>;
  /** Bytes of the plain content. @throws ContentDamaged, ENOENT */
  sizeOf(sha256: string): Promise<number>;
  /** The plain content from `start` to before `end`. @throws ContentDamaged, ENOENT */
  read(sha256: string, start?: number, end?: number): AsyncGenerator<Buffer>;
  /** Takes it off the disk for good; nothing where it is not there. */
  erase(sha256: string): Promise<void>;
  /** Clears what a crash left behind; `recorded` says whether the database holds a hash. */
  sweep(recorded: (sha256: string) => Promise<boolean>): Promise<void>;
};

async function exists(file: string): Promise<boolean> {
  return stat(file).then(
    () => true,
    () => false,
  );
}

/** A rename is on the disk once its folder is. */
async function syncFolder(folder: string): Promise<void> {
  // Windows opens no folders and writes renames through by itself.
  if (process.platform === 'win32') return;
  const handle = await open(folder, 'r');
  await handle.sync().finally(() => handle.close());
}

/** The file system's error as ours where a person can do something about it. */
export function asDiskError(error: unknown): unknown {
  const code = typeof error === 'object' && error !== null && 'code' in error ? error.code : '';
  return code === 'ENOSPC' || code === 'EDQUOT' ? new StorageError('full', error) : error;
}

/** Content of one workstation, below its data folder; `dataKey` is asked for when it is first needed. */
export function createContentStore(dataFolder: string, dataKey: () => Promise<Uint8Array>): ContentStore {
  const root = join(dataFolder, 'evidence');
  const incoming = join(root, 'incoming');
  let last: Promise<unknown> = Promise.resolve();
  const pathOf = (sha256: string): string => join(root, sha256.slice(0, 2), sha256);
  const readyOf = (sha256: string): string => join(incoming, `${sha256}.ready`);

  /** One placing at a time: two captures of the same content must not take it from each other. */
  const exclusive = <Result>(work: () => Promise<Result>): Promise<Result> => {
    const run = last.then(work);
    // The caller has the failure; the next placing must not have it too.
    last = run.catch(() => undefined);
    return run;
  };
  const settle = async (sha256: string): Promise<void> => {
    const path = pathOf(sha256);
    await mkdir(dirname(path), { recursive: true, mode: 0o700 });
    try {
      // Over what is there already: the same content, and this copy is known to be whole.
      await rename(readyOf(sha256), path);
    } catch (error) {
      // Windows renames over no file that is being read; then that one stays.
      if (!(await exists(path))) throw error;
      await rm(readyOf(sha256), { force: true });
    }
    await syncFolder(dirname(path));
  };
  const locate = async (sha256: string): Promise<string> => {
    const path = pathOf(sha256);
    return (await exists(path)) || !(await exists(readyOf(sha256))) ? path : readyOf(sha256);
  };

  return {
    begin: async () => {
      await mkdir(incoming, { recursive: true, mode: 0o700 });
      const file = join(incoming, `${uuidv7()}.part`);
      return { file, writer: await createSealed(file, await dataKey()) };
    },
    place: (file, sha256, commit) =>
      exclusive(async () => {
        await rename(file, readyOf(sha256));
        await syncFolder(incoming);
        let result;
        try {
          result = await commit();
        } catch (error) {
          await rm(readyOf(sha256), { force: true });
          throw error;
        }
        await settle(sha256);
        return result;
      }),
    has: async (sha256) => exists(await locate(sha256)),
    sizeOf: async (sha256) => {
      const reader = await openSealed(await locate(sha256), await dataKey());
      await reader.close();
      return reader.size;
    },
    read: async function* (sha256, start, end) {
      yield* readSealed(await locate(sha256), await dataKey(), start, end);
    },
    erase: (sha256) => exclusive(() => rm(pathOf(sha256), { force: true })),
    sweep: async (recorded) => {
      const names = await readdir(incoming).catch(() => []);
      for (const name of names) {
        const sha256 = name.endsWith('.ready') ? name.slice(0, -'.ready'.length) : null;
        if (sha256 !== null && (await recorded(sha256))) await settle(sha256);
        else await rm(join(incoming, name), { force: true });
      }
    },
  };
}
