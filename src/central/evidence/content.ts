import { randomBytes, randomUUID } from 'node:crypto';
import { createReadStream } from 'node:fs';
import { link, mkdir, open, readFile, rename, rm, stat, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { createSealed, DATA_KEY_BYTES, readSealed } from '../../protocol/sealed-content.ts';

/** Content of the centre: sealed, under its hash, once. Several centre processes may share one folder. */
export type CentreContent = {
  /** Where uploads under way lie, plain until they are whole. */
  uploadsFolder: string;
  has(sha256: string): Promise<boolean>;
  /** Seals a whole upload into its place. Returns the hash its bytes have; kept only when that is `expected`. */
  take(file: string, expected: string): Promise<{ sha256: string; size: number }>;
  /** Takes it off the disk for good; nothing where it is not there. */
  erase(sha256: string): Promise<void>;
  /** The plain content from `start` to before `end`. @throws ContentDamaged, ENOENT */
  read(sha256: string, start: number, end: number): AsyncGenerator<Buffer>;
};

/** The key file is readable by its owner only; whichever process comes first makes it. */
async function folderKey(folder: string): Promise<Buffer> {
  const file = join(folder, 'content.key');
  const fresh = join(folder, `content.key.${randomUUID()}`);
  try {
    return await readFile(file);
  } catch (error) {
    if (!(error instanceof Error) || !('code' in error) || error.code !== 'ENOENT') throw error;
  }
  await writeFile(fresh, randomBytes(DATA_KEY_BYTES), { mode: 0o600, flag: 'wx', flush: true });
  // A link fails where a rename would overwrite another process's key.
  await link(fresh, file).catch(() => undefined);
  await rm(fresh, { force: true });
  return readFile(file);
}

export async function openCentreContent(folder: string): Promise<CentreContent> {
  const incoming = join(folder, 'incoming');
  const uploadsFolder = join(folder, 'uploads');
  await mkdir(incoming, { recursive: true, mode: 0o700 });
  await mkdir(uploadsFolder, { recursive: true, mode: 0o700 });
  const key = await folderKey(folder);
  const pathOf = (sha256: string): string => join(folder, sha256.slice(0, 2), sha256);
  return {
    uploadsFolder,
    has: (sha256) =>
      stat(pathOf(sha256)).then(
        () => true,
        () => false,
      ),
    take: async (file, expected) => {
      const sealed = join(incoming, randomUUID());
      const writer = await createSealed(sealed, key);
      let finished;
      try {
        for await (const piece of createReadStream(file)) await writer.write(piece as Buffer);
        finished = await writer.finish();
      } catch (error) {
        await writer.discard();
        throw error;
      }
      if (finished.sha256 !== expected) {
        await rm(sealed, { force: true });
        return finished;
      }
      const path = pathOf(expected);
      await mkdir(dirname(path), { recursive: true, mode: 0o700 });
      await rename(sealed, path);
      if (process.platform !== 'win32') {
        const handle = await open(dirname(path), 'r');
        await handle.sync().finally(() => handle.close());
      }
      return finished;
    },
    erase: (sha256) => rm(pathOf(sha256), { force: true }),
    read: (sha256, start, end) => readSealed(pathOf(sha256), key, start, end),
  };
}
