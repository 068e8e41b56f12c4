import { archiveClosed } from './archive/archive.ts';
import { eraseGranted, eraseOld } from './erasure/index.ts';
import { creditIsWhole, gradeLastMonth, gradeWanted } from './credit/index.ts';
import { keepWhitelist } from './finance/index.ts';
import { adoptLog } from './kernel/keys/adopt.ts';
import type { IngestParts } from './kernel/ingest/append.ts';
import { retryUnknown } from './kernel/ingest/retry.ts';
import type { Job } from './kernel/jobs/elected.ts';
import { keepEventMonths } from './kernel/jobs/event-months.ts';
import type { Maintenance } from './maintenance/index.ts';
import { askForCalls, keepDueMessages, type Messaging, sendMessages } from './messages/index.ts';
import { observeHistory } from './rebuild/index.ts';
import { fillMarks } from './repeats/backfill.ts';
import type { ConsumerMarks } from './repeats/index.ts';
import { packRollup } from './rollup/pack-job.ts';
import { endExpired } from './sanction/index.ts';
import { workOutTasks } from './tasks/index.ts';

/** Between two tries to do what one process does for all. */
const JOB_MS = 60_000;
/** Between two looks for days and months that are over and not packed, and for months that are to come. */
const HOURLY_MS = 3_600_000;
/** Between two looks for closed cases whose period at the workstations is over. */
const DAILY_MS = 86_400_000;

export type JobParts = IngestParts & {
  marks: ConsumerMarks;
  maintenance: Maintenance;
  clock: () => Date;
  /** Off where somebody else says when closed cases are archived. */
  archives: boolean;
  /** False while somebody else says when merchants are graded. */
  grades: () => boolean;
  /** True once the process is to end: a run then stops where it may be cut. */
  stopped: () => boolean;
  /** Takes withdrawn evidence, and that of erased cases, off the disk; null where there is none. */
  eraseWithdrawn: (() => Promise<unknown>) | null;
  /** By which merchants are reminded; null where nothing leaves this centre. */
  messaging: Messaging | null;
  /** Told which units' feeds a job has moved. */
  moved: (paths: Iterable<string>) => void;
  /** Whether processes of an older release may still leave facts unsigned beside this one. */
  adopts: () => boolean;
  /** Told once no fact is left that this release knows and an older one had set aside. */
  caughtUp: () => void;
};

/** All that the centre does by itself, one process for all. */
export function createJobs({
  marks,
  maintenance,
  clock,
  archives,
  eraseWithdrawn,
  messaging,
  grades,
  stopped,
  moved,
  adopts,
  caughtUp,
  ...ingest
}: JobParts): readonly Job[] {
  const { database, units } = ingest;
  return [
    {
      name: 'adoption',
      everyMs: JOB_MS,
      run: async () => {
        if (ingest.key === null || !adopts()) return true;
        await adoptLog(database, ingest.key);
        return false;
      },
    },
    {
      // Nobody waits for what older records get.
      name: 'consumer-marks',
      everyMs: JOB_MS,
      run: async () => {
        await fillMarks(database, marks, stopped);
        return !stopped();
      },
    },
    {
      name: 'unknown-facts',
      everyMs: JOB_MS,
      run: async () => {
        await retryUnknown({ ...ingest, moved }, stopped);
        if (!stopped()) caughtUp();
        return !stopped();
      },
    },
    {
      // What older records lack, and what other holidays or office hours have moved.
      name: 'tasks',
      everyMs: JOB_MS,
      run: async () => {
        await workOutTasks(database, units, stopped);
        return false;
      },
    },
    {
      name: 'rollup-packs',
      everyMs: HOURLY_MS,
      run: async () => {
        await packRollup(database, units, clock(), { stopped });
        return false;
      },
    },
    {
      // Before the first grade: facts from before there was credit.
      name: 'credit-history',
      everyMs: JOB_MS,
      run: async () => {
        await observeHistory(database, units);
        return true;
      },
    },
    {
      name: 'credit-grades',
      everyMs: JOB_MS,
      run: async () => {
        if (!grades() || !(await creditIsWhole(database))) return false;
        await gradeLastMonth(ingest, clock(), stopped);
        await gradeWanted(ingest, clock(), stopped);
        return false;
      },
    },
    {
      // By the day: what has come to its maximum, or has by duties that were recorded since.
      name: 'sanction-expiry',
      everyMs: HOURLY_MS,
      run: async () => {
        await endExpired(ingest, clock(), stopped);
        return false;
      },
    },
    {
      // A consent that was taken back or has ended, a grade that fell, a licence that is old enough by today.
      name: 'finance-whitelist',
      everyMs: HOURLY_MS,
      run: async () => {
        await keepWhitelist(ingest, clock(), stopped);
        return false;
      },
    },
    {
      name: 'reminder-calls',
      everyMs: HOURLY_MS,
      run: async () => {
        await askForCalls(ingest, clock(), stopped);
        return false;
      },
    },
    {
      name: 'messages-due',
      everyMs: HOURLY_MS,
      run: async () => {
        if (messaging !== null) await keepDueMessages({ database, messaging }, clock(), stopped);
        return messaging === null;
      },
    },
    {
      name: 'messages',
      everyMs: JOB_MS,
      run: async () => {
        if (messaging !== null) await sendMessages({ database, messaging }, clock(), stopped);
        return messaging === null;
      },
    },
    {
      // What was stopped with the process that was at it.
      name: 'maintenance',
      everyMs: JOB_MS,
      run: async () => {
        await maintenance.resume();
        return false;
      },
    },
    {
      name: 'event-months',
      everyMs: HOURLY_MS,
      run: async () => {
        await keepEventMonths(database, clock());
        return false;
      },
    },
    {
      name: 'withdrawn-evidence',
      everyMs: DAILY_MS,
      run: async () => {
        await eraseWithdrawn?.();
        return eraseWithdrawn === null;
      },
    },
    {
      name: 'granted-erasures',
      everyMs: JOB_MS,
      run: async () => {
        // Its files go with it, and not only with the next day's.
        if ((await eraseGranted(ingest, clock())) > 0) await eraseWithdrawn?.();
        return false;
      },
    },
    {
      name: 'erasure',
      everyMs: DAILY_MS,
      run: async () => {
        await eraseOld(ingest, clock(), stopped);
        return false;
      },
    },
    {
      name: 'archive',
      everyMs: DAILY_MS,
      run: async () => {
        if (!archives) return true;
        await archiveClosed(database, units, clock(), { stopped });
        return false;
      },
    },
  ];
}
