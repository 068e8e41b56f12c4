import { Worker } from 'node:worker_threads';
import type { Database } from '../kernel/db/database.ts';
import { sumOf, type Rebuilt } from '../rebuild/index.ts';
import type { Invariant } from '../verify/index.ts';
import { isInHand, performRun } from './perform.ts';
import { beginRun, readRun, unfinishedRuns, type Run, type RunKind } from './runs.ts';
import type { MaintenanceOrder } from './thread.ts';

export type Maintenance = {
  /** Whether what the database holds is what its log leads to; goes on with a run that was stopped. */
  verify(): Promise<Invariant[]>;
  /** Makes states, figures and codes anew from the log. */
  rebuild(options: { dryRun: boolean }): Promise<Rebuilt[]>;
  /** Goes on with runs that nobody is at. */
  resume(): Promise<void>;
  stop(): Promise<void>;
};

export type MaintenanceParts = {
  database: Database;
  databaseUrl: string;
  clock: () => Date;
  /** False where it may hold up the thread that serves: tests, each of which would wait for a thread of its own. */
  ownThread: boolean;
};

/**
 * Verification and rebuilding walk the whole log. They do so in a thread with connections of its own, so that whoever is served does not
 * wait for it, and what they have done is kept: whatever stops them, they go on there. (Not in a process of its own: to start one from a
 * process of this size holds the serving thread for longer than all the rest.)
 */
export function createMaintenance({
  database,
  databaseUrl,
  clock,
  ownThread,
}: MaintenanceParts): Maintenance {
  type Running = { ended: Promise<void>; stop(): Promise<unknown> };
  const running = new Map<string, Running>();

  const begin = (runId: string): Running => {
    if (!ownThread) return { ended: performRun(database, runId, { clock }), stop: async () => undefined };
    const order: MaintenanceOrder = { databaseUrl, runId };
    const worker = new Worker(new URL('./thread.ts', import.meta.url), { workerData: order, execArgv: [] });
    const ended = new Promise<void>((resolve, reject) => {
      worker.once('error', reject);
      worker.once('exit', () => resolve());
    });
    return { ended, stop: () => worker.terminate() };
  };
  const perform = async (id: string): Promise<void> => {
    const found = running.get(id);
    if (found) return found.ended;
    const begun = begin(id);
    running.set(id, begun);
    return begun.ended.finally(() => running.delete(id));
  };
  const run = async (kind: RunKind): Promise<Run> => {
    const { id } = await beginRun(database, kind, clock());
    await perform(id);
    const ended = await readRun(database, id);
    if (ended.failed) throw new Error(`${kind} failed`);
    if (!ended.finished) throw new Error(`${kind} was stopped; asked again, it goes on`);
    return ended;
  };
  return {
    verify: async () => (await run('verify')).progress.invariants,
    rebuild: async ({ dryRun }) => sumOf((await run(dryRun ? 'rehearsal' : 'rebuild')).progress.rebuilt),
    resume: async () => {
      for (const { id } of await unfinishedRuns(database))
        if (!running.has(id) && !(await isInHand(database, id))) await perform(id);
    },
    stop: async () => {
      await Promise.allSettled([...running.values()].flatMap(({ ended, stop }) => [stop(), ended]));
    },
  };
}

export { performRun } from './perform.ts';
export { beginRun, readRun, type Run, type RunKind } from './runs.ts';
