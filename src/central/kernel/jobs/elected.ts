import type { Logger } from 'pino';
import type { Database } from '../db/database.ts';
import { tryLockPart, unlockPart } from '../db/locks.ts';

/**
 * Runs `work` unless another process of the same database is at it, and says whether it ran. The lock belongs to a
 * connection that is held meanwhile: a process that dies gives it up with its connection, without anybody's doing.
 */
export async function whenElected(
  database: Database,
  job: string,
  work: () => Promise<void>,
): Promise<boolean> {
  return database.connection().execute(async (held) => {
    if (!(await tryLockPart(held, 'election', job))) return false;
    try {
      await work();
    } finally {
      await unlockPart(held, 'election', job);
    }
    return true;
  });
}

export type Job = {
  /** Names the job among all processes. */
  name: string;
  /** Between two tries of one process, milliseconds. */
  everyMs: number;
  /** One run; true when there will never be anything to do again. */
  run: () => Promise<boolean>;
};

/** Everything but the lasting state of a job lives in the database: any process may do the next run. */
export type RunningJob = { stop(): Promise<void> };

/**
 * How many jobs of one process run at once. Each holds a connection while it runs, and needs others for its work: all of them at once, as
 * when a process starts, would leave none of the pool for that, and wait for one another for ever.
 */
const AT_ONCE = 3;

/** Turns for the jobs of one process. */
export type Turns = { take<Result>(work: () => Promise<Result>): Promise<Result> };

/** As many turns at once as jobs may run; whoever asks for another waits for the first that is given back, in order. */
export function createTurns(): Turns {
  let free = AT_ONCE;
  const waiting: (() => void)[] = [];
  return {
    take: async (work) => {
      if (free > 0) free -= 1;
      else await new Promise<void>((resolve) => waiting.push(resolve));
      try {
        return await work();
      } finally {
        const next = waiting.shift();
        if (next) next();
        else free += 1;
      }
    },
  };
}

/**
 * Does a job again and again, in one process at a time: each tries when it is due, and who is not elected tries
 * again later, so that a job whose process was killed goes on in another. A failed run is logged and tried again.
 */
export function startJob(
  database: Database,
  { name, everyMs, run }: Job,
  log: Logger,
  turns: Turns,
): RunningJob {
  let stopped = false;
  let timer: NodeJS.Timeout | undefined;
  let current: Promise<void> | undefined;
  const attempt = async (): Promise<void> => {
    let over = false;
    try {
      await turns.take(async () => {
        if (stopped) return;
        await whenElected(database, name, async () => {
          over = await run();
        });
      });
    } catch (error) {
      if (!stopped)
        log.error({ job: name, kind: error instanceof Error ? error.name : typeof error }, 'job failed');
    }
    if (stopped || over) return;
    timer = setTimeout(begin, everyMs);
    timer.unref();
  };
  const begin = (): void => {
    current = attempt();
  };
  begin();
  return {
    stop: async () => {
      stopped = true;
      clearTimeout(timer);
      await current;
    },
  };
}

/** In place of `startJob` where a process leaves the jobs to others. */
export function startNothing(): RunningJob {
  return { stop: async () => undefined };
}
