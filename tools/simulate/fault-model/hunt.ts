import type { Mutant } from '../../../tests/sync/mutants/list.ts';
import type { Fault } from './kinds.ts';
import { SMALL_STEPS } from './steps.ts';
import { failed } from './truth.ts';
import { startWorker } from './workers.ts';

const PLANT = new URL('../../../tests/sync/mutants/plant.ts', import.meta.url).href;

/** What became of one planted bug: the seed that found it and by which invariant, or null. */
export type Hunt = { mutant: string; what: string; seed: number | null; tried: number; shownBy: string[] };

/** Runs one planted bug against seeds until one shows it. @throws when it could not be planted */
export async function hunt(
  serverUrl: string,
  mutant: Mutant,
  options: { faults: ReadonlySet<Fault>; seeds: readonly number[]; steps: number },
): Promise<Hunt> {
  const worker = await startWorker(serverUrl, options.faults, {
    steps: options.steps,
    imports: [PLANT],
    environment: { HESHI_MUTANT: mutant.name },
  });
  const result: Hunt = { mutant: mutant.name, what: mutant.what, seed: null, tried: 0, shownBy: [] };
  for (const seed of options.seeds) {
    const run = await worker.run(seed);
    result.tried += 1;
    if (!failed(run)) continue;
    result.seed = seed;
    result.shownBy = [
      ...run.invariants.filter((one) => one.broken > 0).map((one) => one.name),
      ...(run.failure === null ? [] : [run.failure.split('\n')[0] ?? '']),
    ];
    break;
  }
  const code = await worker.stop();
  if (code !== 0) throw new Error(`The bug ${mutant.name} was not planted: the worker ended with ${code}`);
  return result;
}

/** The seeds known to show a planted bug in runs of so many steps. */
export function knownSeeds(mutant: Mutant, steps: number): readonly number[] {
  return steps === SMALL_STEPS ? mutant.smallSeeds : mutant.seeds;
}

/** Planted bugs, two at a time: first the seeds known to show each, then, when asked for, more. */
export async function huntAll(
  serverUrl: string,
  options: {
    mutants: readonly Mutant[];
    faults: ReadonlySet<Fault>;
    steps: number;
    more: number;
    from: number;
    onHunt: (hunt: Hunt) => void;
  },
): Promise<Hunt[]> {
  const waiting = [...options.mutants];
  const hunts: Hunt[] = [];
  const work = async (): Promise<void> => {
    for (let mutant = waiting.shift(); mutant !== undefined; mutant = waiting.shift()) {
      const others = Array.from({ length: options.more }, (_, index) => options.from + index);
      const seeds = [...new Set([...knownSeeds(mutant, options.steps), ...others])];
      const result = await hunt(serverUrl, mutant, { ...options, seeds });
      hunts.push(result);
      options.onHunt(result);
    }
  };
  await Promise.all([work(), work()]);
  return hunts;
}
