import { readArguments } from '../arguments.ts';
import { runToolQuietly } from './command.ts';

/** One project a runtime: no DOM in main and central, no Node in the renderer. */
export const PROJECTS = [
  'src/domain/tsconfig.json',
  'src/words/tsconfig.json',
  'src/contract/tsconfig.json',
  'src/protocol/tsconfig.json',
  'src/terminal/tsconfig.json',
  'src/main/tsconfig.json',
  'src/central/tsconfig.json',
  'src/preload/tsconfig.json',
  'src/renderer/tsconfig.json',
  'tsconfig.json',
];

/**
 * Checks every project, two at a time; returns those that failed. Each in one thread: the compiler's several checkers work out
 * the same types each for itself, which on two cores takes more than twice the processor's time.
 */
export async function checkTypes(): Promise<string[]> {
  const failed: string[] = [];
  const waiting = [...PROJECTS];
  const worker = async (): Promise<void> => {
    for (let project = waiting.shift(); project !== undefined; project = waiting.shift()) {
      const code = await runToolQuietly('tsc', ['-p', project, '--singleThreaded']);
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
