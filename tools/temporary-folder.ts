import { chmod, mkdtemp } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { removeServerData } from '../src/central/kernel/db/postgres-programs.ts';

/**
 * A fresh folder of that name's beginning, for whatever is to be gone afterwards, databases that lie outside of it included.
 * Others may pass through it and see nothing of it: as root, PostgreSQL runs under an account of its own.
 */
export async function temporaryFolder(
  beginning = 'heshi-',
): Promise<{ folder: string; remove(): Promise<void> }> {
  const folder = await mkdtemp(join(tmpdir(), beginning));
  await chmod(folder, 0o711);
  return { folder, remove: () => removeServerData(folder) };
}
