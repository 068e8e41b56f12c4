import { chmod, copyFile, mkdir, readdir, stat } from 'node:fs/promises';
import { join } from 'node:path';

const isGone = (error: unknown): boolean =>
  error instanceof Error && 'code' in error && error.code === 'ENOENT';

/**
 * Copies a tree that may change meanwhile: what is gone before its turn is left out. `skip` names what is not copied,
 * `empty` folders that are made and not filled; both relative to the root.
 */
export async function copyTree(
  from: string,
  to: string,
  rules: { skip: (path: string) => boolean; empty: (path: string) => boolean },
  at = '',
): Promise<number> {
  let files = 0;
  const source = join(from, at);
  await mkdir(join(to, at), { recursive: true });
  await chmod(join(to, at), (await stat(source)).mode & 0o777);
  for (const entry of await readdir(source, { withFileTypes: true })) {
    const path = join(at, entry.name);
    if (rules.skip(path)) continue;
    if (entry.isDirectory()) {
      if (rules.empty(path)) await mkdir(join(to, path), { mode: 0o700 });
      else files += await copyTree(from, to, rules, path);
    } else if (entry.isFile()) {
      try {
        await copyFile(join(from, path), join(to, path));
        files += 1;
      } catch (error) {
        if (!isGone(error)) throw error;
      }
    }
  }
  return files;
}

/** Everything, as it lies there. */
export const ALL = { skip: () => false, empty: () => false };
