import { spawnSync } from 'node:child_process';
import { mkdtemp, open, rm, rmdir } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

/** A disk of its own for a folder, which can be filled, and made to take no writing. */
export type SmallDisk = {
  folder: string;
  fill(): Promise<void>;
  makeRoom(): Promise<void>;
  writable(can: boolean): void;
  unmount(): Promise<void>;
};

const run = (...[command = '', ...words]: string[]): boolean => spawnSync(command, words).status === 0;

/** Mounts one; null where this account may not. Apart from other tests' folders, which are removed as a whole. */
export async function mountDisk(megabytes: number): Promise<SmallDisk | null> {
  const folder = await mkdtemp(join(tmpdir(), 'heshi-disk-'));
  if (!run('mount', '-t', 'tmpfs', '-o', `size=${megabytes}m`, 'tmpfs', folder)) {
    await rmdir(folder);
    return null;
  }
  const filler = join(folder, 'filler');
  return {
    folder,
    fill: async () => {
      const handle = await open(filler, 'w');
      const block = Buffer.alloc(4096);
      try {
        for (;;) await handle.write(block);
      } catch {
        // There is no room any more.
      } finally {
        await handle.close();
      }
    },
    makeRoom: () => rm(filler),
    writable: (can) => void run('mount', '-o', `remount,${can ? 'rw' : 'ro'}`, folder),
    unmount: async () => {
      run('umount', '-l', folder);
      await rmdir(folder);
    },
  };
}
