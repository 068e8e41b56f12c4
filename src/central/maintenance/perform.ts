import type { Database } from '../kernel/db/database.ts';
import { whenElected } from '../kernel/jobs/elected.ts';
import { createUnitCache } from '../kernel/units.ts';
import { makePart, REBUILD_STEPS } from '../rebuild/index.ts';
import { createConsumerMarks } from '../repeats/index.ts';
import { checkStep, VERIFY_STEPS } from '../verify/index.ts';
import { endRun, readRun, saveProgress, type Progress, type RunKind } from './runs.ts';

const LOOK_AGAIN_MS = 500;

export type PerformOptions = {
  /** Told the name of each step, and of each part of a long one, before it begins. */
  onStep?: (name: string) => void;
  clock?: () => Date;
};

/** Checks what a run has not checked yet. */
async function verify(
  database: Database,
  progress: Progress,
  keep: (progress: Progress) => Promise<Progress>,
  onStep: (name: string) => void,
): Promise<void> {
  const units = createUnitCache();
  const marks = await createConsumerMarks(database);
  let now = progress;
  for (const step of VERIFY_STEPS.filter(({ name }) => !progress.steps.includes(name))) {
    onStep(step.name);
    const found = await checkStep(database, units, marks, step);
    now = await keep({
      ...now,
      steps: [...now.steps, step.name],
      invariants: [...now.invariants, ...found],
    });
  }
}

/** Makes anew what a run has not made yet. */
async function rebuild(
  database: Database,
  progress: Progress,
  keep: (progress: Progress) => Promise<Progress>,
  { onStep, dryRun }: { onStep: (name: string) => void; dryRun: boolean },
): Promise<void> {
  const units = createUnitCache();
  let now = progress;
  for (const step of REBUILD_STEPS.filter(({ name }) => !progress.steps.includes(name))) {
    for (let over = false; !over;) {
      onStep(step.name);
      const { rebuilt, next } = await makePart(database, units, step, {
        from: now.from ?? undefined,
        dryRun,
      });
      over = next === null;
      now = await keep({
        ...now,
        from: next,
        steps: over ? [...now.steps, step.name] : now.steps,
        rebuilt: [...now.rebuilt, ...rebuilt],
      });
    }
  }
}

function work(
  database: Database,
  kind: RunKind,
  progress: Progress,
  keep: (progress: Progress) => Promise<Progress>,
  onStep: (name: string) => void,
): Promise<void> {
  return kind === 'verify'
    ? verify(database, progress, keep, onStep)
    : rebuild(database, progress, keep, { onStep, dryRun: kind === 'rehearsal' });
}

/**
 * Brings a run to its end, from where it stands; what each step found is kept when it is over. Waits where another process is at it, and
 * goes on in its place should that one die.
 * @throws what failed, with which the run has ended
 */
export async function performRun(
  database: Database,
  id: string,
  { onStep = () => undefined, clock = () => new Date() }: PerformOptions = {},
): Promise<void> {
  for (;;) {
    const elected = await whenElected(database, `maintenance ${id}`, async () => {
      const { kind, finished, progress } = await readRun(database, id);
      if (finished) return;
      const keep = async (next: Progress): Promise<Progress> => {
        await saveProgress(database, id, next);
        return next;
      };
      try {
        await work(database, kind, progress, keep, onStep);
      } catch (error) {
        await endRun(database, id, true, clock());
        throw error;
      }
      await endRun(database, id, false, clock());
    });
    if (elected || (await readRun(database, id)).finished) return;
    await new Promise((resolve) => setTimeout(resolve, LOOK_AGAIN_MS));
  }
}

/** True while some process is at a run. */
export async function isInHand(database: Database, id: string): Promise<boolean> {
  return !(await whenElected(database, `maintenance ${id}`, async () => undefined));
}
