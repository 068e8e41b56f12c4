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

/** Where the compiler keeps what it has checked, so that the next check works out only what a change can have reached. */
const CHECKED = join(ROOT, 'node_modules', '.cache', 'types');

/** By which the compiler goes on from its last check of that project; nothing in a checkout that cannot be written. */
function sinceLast(project: string): string[] {
  try {
    mkdirSync(CHECKED, { recursive: true });
    accessSync(CHECKED, constants.W_OK);
  } catch {
    return [];
  }
  return ['--incremental', '--tsBuildInfoFile', join(CHECKED, `${project.replaceAll('/', '-')}.tsbuildinfo`)];
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
      const code = await runToolQuietly('tsc', ['-p', project, '--singleThreaded', ...sinceLast(project)]);
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
