import { globSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { ROOT } from './test/command.ts';

/** Files that cannot run without Electron: they import its values. */
const ELECTRON_ONLY = ['src/main/index.ts', 'src/preload/**/*.ts'];
const ALL = ['src/main/**/*.ts', 'src/preload/**/*.ts', 'src/renderer/**/*.{ts,tsx}'];

/** Lines that are neither blank nor comment. */
function linesOf(patterns: readonly string[]): number {
  const files = new Set(patterns.flatMap((pattern) => globSync(pattern, { cwd: ROOT })));
  let lines = 0;
  for (const file of files) {
    for (const line of readFileSync(join(ROOT, file), 'utf8').split('\n')) {
      if (!/^\s*($|\/\/|\/\*|\*)/.test(line)) lines += 1;
    }
  }
  return lines;
}

/** How much of the workstation can run only in Electron. */
export function countElectronOnly(): { only: number; all: number; percent: number } {
  const only = linesOf(ELECTRON_ONLY);
  const all = linesOf(ALL);
  return { only, all, percent: Math.round((only / all) * 10_000) / 100 };
}

if (import.meta.main) {
  const { only, all, percent } = countElectronOnly();
  process.stdout.write(`${only} of ${all} lines run only in Electron: ${percent} %\n`);
}
