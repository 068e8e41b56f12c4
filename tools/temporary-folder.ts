import { chmod, mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

/**
 * A fresh folder of that name's beginning, for whatever is to be gone afterwards. Others may pass through it and see nothing of it: as
 * root, PostgreSQL runs under an account of its own, and where that cannot pass its files go below `/var/lib` and stay there.
 */
export async function temporaryFolder(
  beginning = 'heshi-',
): Promise<{ folder: string; remove(): Promise<void> }> {
  const folder = await mkdtemp(join(tmpdir(), beginning));
  await chmod(folder, 0o711);
  return { folder, remove: () => rm(folder, { recursive: true, force: true }) };
}
