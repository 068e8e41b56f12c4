import { sql } from 'kysely';
import { pino } from 'pino';
import { expect, it } from 'vitest';
import { createTurns, startJob } from '../../src/central/kernel/jobs/elected.ts';
import { useCentre } from './setting.ts';

const setting = useCentre();
/** More than the pool has connections. */
const JOBS = 30;

it('however many jobs there are, each gets its turn, and calls are answered meanwhile', async () => {
  const { database } = setting.centre.centre;
  const turns = createTurns();
  const log = pino({ level: 'silent' });
  let most = 0;
  let running = 0;
  const done = new Set<number>();
  const finished = Promise.withResolvers<void>();
  const jobs = Array.from({ length: JOBS }, (_, number) =>
    startJob(
      database,
      {
        name: `job-${number}`,
        everyMs: 60_000,
        run: async () => {
          running += 1;
          most = Math.max(most, running);
          // What a job does takes connections beside the one by which it was elected.
          await Promise.all([sql`SELECT pg_sleep(0.02)`.execute(database), sql`SELECT 1`.execute(database)]);
          running -= 1;
          done.add(number);
          if (done.size === JOBS) finished.resolve();
          return true;
        },
      },
      log,
      turns,
    ),
  );
  expect((await fetch(`${setting.centre.url}/healthz`)).status).toBe(200);
  await finished.promise;
  for (const job of jobs) await job.stop();
  expect(most).toBeGreaterThan(1);
  expect(most).toBeLessThan(6);
});

it('one that fails gives its turn back, and one that waits is stopped without it', async () => {
  const { database } = setting.centre.centre;
  const turns = createTurns();
  const log = pino({ level: 'silent' });
  const held = Promise.withResolvers<boolean>();
  const begun: string[] = [];
  const start = (name: string, run: () => Promise<boolean>) =>
    startJob(
      database,
      {
        name,
        everyMs: 60_000,
        run: () => {
          begun.push(name);
          return run();
        },
      },
      log,
      turns,
    );
  const failing = ['a', 'b', 'c'].map((name) => start(name, () => Promise.reject(new Error('planted'))));
  const holding = ['d', 'e', 'f'].map((name) => start(name, () => held.promise));
  const late = start('late', () => Promise.resolve(true));
  await expect.poll(() => begun.toSorted()).toEqual(['a', 'b', 'c', 'd', 'e', 'f']);
  const stopping = late.stop();
  held.resolve(true);
  await stopping;
  expect(begun).not.toContain('late');
  for (const job of [...failing, ...holding]) await job.stop();
});
