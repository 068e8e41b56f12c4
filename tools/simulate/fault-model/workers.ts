import { fork, type ChildProcess } from 'node:child_process';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { Fault } from './kinds.ts';
import type { SeedResult } from './truth.ts';

export type Worker = {
  run(seed: number): Promise<SeedResult>;
  /** Ends it; its exit code. */
  stop(): Promise<number | null>;
};

const SMALL_PAGES = new URL('small-pages.ts', import.meta.url).href;

/** A process of its own that runs seeds of so many steps. `imports` are loaded before anything else: planted bugs. */
export async function startWorker(
  serverUrl: string,
  faults: ReadonlySet<Fault>,
  options: { steps?: number; imports?: readonly string[]; environment?: Record<string, string> } = {},
): Promise<Worker> {
  const child = fork(
    fileURLToPath(new URL('worker.ts', import.meta.url)),
    [serverUrl, [...faults].join(','), ...(options.steps === undefined ? [] : [String(options.steps)])],
    {
      execArgv: [
        ...process.execArgv,
        ...[SMALL_PAGES, ...(options.imports ?? [])].flatMap((file) => ['--import', file]),
      ],
      // Many start one after the other, and compile the same sources.
      env: {
        NODE_COMPILE_CACHE: join(tmpdir(), 'heshi-compile-cache'),
        ...process.env,
        ...options.environment,
      },
    },
  );
  await nextMessage(child);
  return {
    run: async (seed) => {
      child.send(seed);
      // Only ever what `worker.ts` sends.
      return (await nextMessage(child)) as SeedResult;
    },
    stop: async () => {
      if (child.exitCode !== null || child.signalCode !== null) return child.exitCode;
      const gone = new Promise<number | null>((resolve) => child.once('exit', resolve));
      child.send('stop');
      return gone;
    },
  };
}

function nextMessage(child: ChildProcess): Promise<unknown> {
  return new Promise((resolve, reject) => {
    const onMessage = (message: unknown): void => {
      child.off('exit', onExit);
      resolve(message);
    };
    const onExit = (code: number | null): void => {
      child.off('message', onMessage);
      reject(new Error(`A worker of the simulation ended with code ${code}`));
    };
    child.once('message', onMessage);
    child.once('exit', onExit);
  });
}
