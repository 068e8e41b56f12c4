import { spawn } from 'node:child_process';
import { accessSync, constants, existsSync, globSync, statSync } from 'node:fs';
import { dirname, join, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';

const ROOT = fileURLToPath(new URL('..', import.meta.url));
const OUT = join(ROOT, 'out/renderer');
/** What the screens are made from. */
const SOURCES = [
  'src/renderer',
  'src/contract',
  'src/domain',
  'vite.renderer.config.ts',
  'package-lock.json',
];

function isFresh(folder: string): boolean {
  const page = join(folder, 'index.html');
  if (!existsSync(page)) return false;
  const built = statSync(page).mtimeMs;
  const newer = (path: string): boolean => statSync(join(ROOT, path)).mtimeMs > built;
  return !SOURCES.some((source) =>
    statSync(join(ROOT, source)).isDirectory()
      ? globSync(`${source}/**/*.{ts,tsx,css,html,json}`, { cwd: ROOT }).some(newer)
      : newer(source),
  );
}

/** True when the project's own folder for what is built can be written. */
export function canBuildInProject(): boolean {
  const folder = existsSync(OUT) ? OUT : existsSync(dirname(OUT)) ? dirname(OUT) : ROOT;
  try {
    accessSync(folder, constants.W_OK);
    return true;
  } catch {
    return false;
  }
}

/**
 * Builds the screens when they are missing or older than their sources, and says where they are: in the project, or in
 * `otherwise` where the project cannot be written.
 * @throws Error when the build fails
 */
export async function ensureRenderer(otherwise?: string): Promise<string> {
  if (isFresh(OUT)) return OUT;
  const folder = otherwise === undefined || canBuildInProject() ? OUT : resolve(otherwise);
  if (isFresh(folder)) return folder;
  const vite = join(ROOT, 'node_modules/vite/bin/vite.js');
  const config = ['--config', 'vite.renderer.config.ts'];
  // Vite's own loader writes into node_modules, which may be read-only too.
  const loader = ['--configLoader', 'native'];
  const child = spawn(
    process.execPath,
    [vite, 'build', ...config, ...loader, '--outDir', folder, '--logLevel', 'warn'],
    {
      cwd: ROOT,
      stdio: ['ignore', 'inherit', 'inherit'],
      // A test runner's own would be built in: component libraries then give every element the same id.
      env: { ...process.env, NODE_ENV: 'production' },
    },
  );
  const code = await new Promise<number | null>((ended) => child.once('exit', ended));
  if (code !== 0) throw new Error(`The screens could not be built (exit code ${code})`);
  return folder;
}
