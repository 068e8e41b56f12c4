import type { Logger } from 'pino';
import type { Database } from '../db/database.ts';
import type { UnitCache } from '../units.ts';
import { runElected } from './elected.ts';
import { packRollup } from './pack-rollup.ts';

/** A centre that has just started serves first. */
const FIRST_AFTER_MS = 30_000;
const EVERY_MS = 3_600_000;

export type Schedule = { stop(): Promise<void> };

/** Runs the centre's own work by the hour. Nobody waits for it; a failure is logged and tried again the next time. */
export function startSchedule(
  database: Database,
  units: UnitCache,
  clock: () => Date,
  log: Logger,
): Schedule {
  let stopped = false;
  let running: Promise<unknown> = Promise.resolve();
  const run = async (): Promise<void> => {
    try {
      await runElected(database, 'packRollup', () =>
        packRollup(database, units, clock(), { stopped: () => stopped }),
      );
    } catch (error) {
      log.error({ kind: error instanceof Error ? error.name : typeof error }, 'a job failed');
    }
  };
  const start = (): void => {
    running = running.then(run);
  };
  const first = setTimeout(start, FIRST_AFTER_MS);
  const every = setInterval(start, EVERY_MS);
  first.unref();
  every.unref();
  return {
    stop: async () => {
      stopped = true;
      clearTimeout(first);
      clearInterval(every);
      await running;
    },
  };
}
