import { chmod, mkdtemp, readdir, rm, statfs } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { shared } from './shared.ts';

/** Where Linux keeps files in memory. */
const IN_MEMORY = '/dev/shm';
const BEGINNING = 'heshi-tests-';
/** A whole run needs a few hundred MB. */
const ENOUGH_BYTES = 3 * 1024 ** 3;

async function freeBytes(): Promise<number> {
  const { bavail, bsize } = await statfs(IN_MEMORY);
  return Math.min(bavail * bsize, process.availableMemory());
}

function isRunning(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch {
    return false;
  }
}

/** Takes away what runs that were killed have left in memory. */
async function sweep(): Promise<void> {
  for (const name of await readdir(IN_MEMORY)) {
    const [, pid] = new RegExp(`^${BEGINNING}(\\d+)-`).exec(name) ?? [];
    if (pid !== undefined && !isRunning(Number(pid)))
      await rm(join(IN_MEMORY, name), { recursive: true, force: true });
  }
}

/**
 * Lets the temporary files of a run lie in memory, where there is enough of it: its databases and stores are made and
 * dropped by the hundred, and most of their time would go into waiting for the disk. What a test kills is a process,
 * which loses nothing of a file either way; no test can take the power away.
 */
export function setup(): Promise<() => Promise<void>> {
  return shared('memory', async () => {
    if ((await freeBytes().catch(() => 0)) < ENOUGH_BYTES) return async () => undefined;
    await sweep();
    const folder = await mkdtemp(join(IN_MEMORY, `${BEGINNING}${process.pid}-`));
    // PostgreSQL's own account has to pass, where the run is root's.
    await chmod(folder, 0o711);
    const before = tmpdir();
    process.env['TMPDIR'] = folder;
    return async () => {
      process.env['TMPDIR'] = before;
      await rm(folder, { recursive: true, force: true });
    };
  });
}
