import { spawn } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { join } from 'node:path';

export const ROOT = fileURLToPath(new URL('../..', import.meta.url));

/** Runs a program from the project's root with its output shown; resolves to its exit code. */
export function run(
  program: string,
  args: readonly string[],
  environment: Record<string, string> = {},
): Promise<number> {
  const child = spawn(program, args, {
    cwd: ROOT,
    stdio: 'inherit',
    env: { ...process.env, ...environment },
  });
  return new Promise((resolve) => {
    child.once('error', () => resolve(127));
    child.once('exit', (code) => resolve(code ?? 1));
  });
}

/** The scripts behind the commands that npm installs; run by this Node, they need no shell and no PATH. */
const SCRIPTS = {
  tsc: 'typescript/bin/tsc',
  oxlint: 'oxlint/bin/oxlint',
  oxfmt: 'oxfmt/bin/oxfmt',
  vitest: 'vitest/vitest.mjs',
  'electron-vite': 'electron-vite/bin/electron-vite.js',
} as const;

type Tool = keyof typeof SCRIPTS;

/** Where Node keeps what it made of sources: tests start hundreds of processes, each of which would read the same ones anew. */
const COMPILED = join(ROOT, 'node_modules', '.cache', 'compiled');

const script = (name: Tool): string => join(ROOT, 'node_modules', SCRIPTS[name]);

/** Runs a program that npm installed; resolves to its exit code. */
export function runTool(
  name: Tool,
  args: readonly string[],
  more: Record<string, string> = {},
): Promise<number> {
  const environment = { NODE_COMPILE_CACHE: process.env['NODE_COMPILE_CACHE'] ?? COMPILED, ...more };
  return run(process.execPath, [script(name), ...args], environment);
}

/** Runs a program that npm installed beside others: what it says is shown in one piece when it has ended. */
export function runToolQuietly(
  name: Tool,
  args: readonly string[],
  more: Record<string, string> = {},
): Promise<number> {
  const child = spawn(process.execPath, [script(name), ...args], {
    cwd: ROOT,
    stdio: ['ignore', 'pipe', 'pipe'],
    env: { ...process.env, ...more },
  });
  let said = '';
  for (const stream of [child.stdout, child.stderr])
    stream.setEncoding('utf8').on('data', (text: string) => {
      said += text;
    });
  return new Promise((resolve) => {
    child.once('error', () => resolve(127));
    child.once('close', (code) => {
      process.stdout.write(said);
      resolve(code ?? 1);
    });
  });
}
