import { accessSync, constants, mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { readArguments } from '../arguments.ts';
import { ROOT, runToolQuietly } from './command.ts';

/** One project a runtime: no DOM in main and central, no Node in the renderer. */
export const PROJECTS = [
  'src/domain/tsconfig.json',
  'src/words/tsconfig.json',
  'src/contract/tsconfig.json',
  // main, central and what both stand on, which run in Node.
  'src/tsconfig.json',
  'src/preload/tsconfig.json',
  'src/renderer/tsconfig.json',
  'tsconfig.json',
];

/**
 * The file in which the compiler keeps what it has checked of a project, so that the next check works out only what a change can
 * have reached; null in a checkout that cannot be written. What it keeps says where the sources are, as seen from that file.
 */
export function sinceLast(project: string, root = ROOT, folder = 'types'): string | null {
  const checked = join(root, 'node_modules', '.cache', folder);
  try {
    mkdirSync(checked, { recursive: true });
    accessSync(checked, constants.W_OK);
  } catch {
    return null;
  }
  return join(checked, `${project.replaceAll('/', '-')}.tsbuildinfo`);
}

/**
 * Checks every project, two at a time; returns those that failed. Each in one thread: the compiler's several checkers work out
 * the same types each for itself, which on two cores takes more than twice the processor's time.
 */
export async function checkTypes(): Promise<string[]> {
  const failed: string[] = [];
  const waiting = [...PROJECTS];
  const worker = async (): Promise<void> => {
    for (let project = waiting.shift(); project !== undefined; project = waiting.shift()) {
      const kept = sinceLast(project);
      const further = kept === null ? [] : ['--incremental', '--tsBuildInfoFile', kept];
      const code = await runToolQuietly('tsc', ['-p', project, '--singleThreaded', ...further]);
      process.stdout.write(`types ${project}: ${code === 0 ? 'ok' : 'FAILED'}\n`);
      if (code !== 0) failed.push(project);
    }
  };
  await Promise.all([worker(), worker()]);
  return failed;
}

const USAGE = `npm run test:types

Checks every TypeScript project, two at a time: ${PROJECTS.join(', ')}.`;

if (import.meta.main) {
  readArguments({}, USAGE);
  process.exitCode = (await checkTypes()).length === 0 ? 0 : 1;
}
