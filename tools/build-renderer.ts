import { spawn } from 'node:child_process';
import { existsSync, globSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

const ROOT = fileURLToPath(new URL('..', import.meta.url));
const BUILT = join(ROOT, 'out/renderer/index.html');
/** What the screens are made from. */
const SOURCES = [
  'src/renderer',
  'src/contract',
  'src/domain',
  'vite.renderer.config.ts',
  'package-lock.json',
];

function isFresh(): boolean {
  if (!existsSync(BUILT)) return false;
  const built = statSync(BUILT).mtimeMs;
  const newer = (path: string): boolean => statSync(join(ROOT, path)).mtimeMs > built;
  return !SOURCES.some((source) =>
    statSync(join(ROOT, source)).isDirectory()
      ? globSync(`${source}/**/*.{ts,tsx,css,html,json}`, { cwd: ROOT }).some(newer)
      : newer(source),
  );
}

/** Builds the renderer when it is missing or older than its sources. @throws Error when the build fails. */
export async function ensureRenderer(): Promise<void> {
  if (isFresh()) return;
  const vite = join(ROOT, 'node_modules/vite/bin/vite.js');
  const child = spawn(
    process.execPath,
    [vite, 'build', '--config', 'vite.renderer.config.ts', '--logLevel', 'warn'],
    {
      cwd: ROOT,
      stdio: ['ignore', 'inherit', 'inherit'],
      // A test runner's own would be built in: component libraries then give every element the same id.
      env: { ...process.env, NODE_ENV: 'production' },
    },
  );
  const code = await new Promise<number | null>((resolve) => child.once('exit', resolve));
  if (code !== 0) throw new Error(`The renderer could not be built (exit code ${code})`);
}
