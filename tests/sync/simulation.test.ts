import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { huntAll, type Hunt } from '../../tools/simulate/fault-model/hunt.ts';
import { FAULT_NAMES } from '../../tools/simulate/fault-model/kinds.ts';
import { startServer } from '../../tools/simulate/fault-model/server.ts';
import { SMALL_STEPS, STEPS } from '../../tools/simulate/fault-model/steps.ts';
import type { SeedResult } from '../../tools/simulate/fault-model/truth.ts';
import { startWorker } from '../../tools/simulate/fault-model/workers.ts';
import { chosenMutants, ofTheDay } from './mutants/choose.ts';
import { MUTANTS } from './mutants/list.ts';

const FAULTS = new Set(FAULT_NAMES);
/** Lives through several kinds of faults in few steps. */
const SEEDS = [7];
const PATIENCE = { timeout: 240_000 };

let server: Awaited<ReturnType<typeof startServer>>;
beforeAll(async () => {
  server = await startServer();
}, 120_000);
afterAll(() => server.stop());

/** What did not hold, as one reads it. */
function wrongs({ failure, invariants }: SeedResult): string[] {
  const broken = invariants.filter((one) => one.broken > 0);
  return [
    ...broken.map((one) => `${one.name}: ${one.examples.join('; ')}`),
    ...(failure === null ? [] : [failure]),
  ];
}

describe('the simulation under all faults', () => {
  it('holds on every seed, and a seed lives the same life again', PATIENCE, async () => {
    const [first, second] = await Promise.all(
      [0, 1].map(() => startWorker(server.url, FAULTS, { steps: SMALL_STEPS })),
    );
    if (first === undefined || second === undefined) throw new Error('No workers');
    const lives = await Promise.all(
      [first, second].map(async (worker) => {
        const results: SeedResult[] = [];
        for (const seed of SEEDS) results.push(await worker.run(seed));
        await worker.stop();
        return results;
      }),
    );
    const [once = [], again = []] = lives;
    for (const result of [...once, ...again])
      expect({ seed: result.seed, wrongs: wrongs(result) }).toEqual({
        seed: result.seed,
        wrongs: [],
      });
    expect(again.map((one) => one.trace)).toEqual(once.map((one) => one.trace));
    const injected = once.reduce((sum, one) => sum + Object.values(one.faults).reduce((a, b) => a + b, 0), 0);
    expect(injected).toBeGreaterThan(8);
    expect(once.reduce((sum, one) => sum + one.acknowledged, 0)).toBeGreaterThan(15);
  });
});

const HUNTED = chosenMutants();
/** Those that small runs find, and those that live too long for them. */
const [SMALL, LONG] = [true, false].map((small) =>
  HUNTED.filter((mutant) => mutant.smallSeeds.length > 0 === small),
);

describe('a planted bug is found', () => {
  const hunts = new Map<string, Hunt>();
  beforeAll(async () => {
    process.stdout.write(`Hunted (again with HESHI_MUTANTS=${HUNTED.map(({ name }) => name).join(',')})\n`);
    for (const [mutants = [], steps] of [[SMALL, SMALL_STEPS] as const, [LONG, STEPS] as const])
      await huntAll(server.url, {
        mutants,
        faults: FAULTS,
        steps,
        more: 0,
        from: 1,
        onHunt: (one) => void hunts.set(one.mutant, one),
      });
  }, 1_200_000);

  it.each(HUNTED)('$name: $what', ({ name }) => {
    const { seed, shownBy } = hunts.get(name) ?? { seed: null, shownBy: [] };
    expect(seed, 'no known seed finds it any more').not.toBeNull();
    expect(shownBy).not.toEqual([]);
  });

  it('of at least ten kinds', () => {
    expect(new Set(MUTANTS.map((mutant) => mutant.what)).size).toBeGreaterThanOrEqual(10);
  });
});

describe('the planted bugs of a day', () => {
  const day = (number: number): Date => new Date(Date.UTC(2026, 0, number));

  it('are three, others the next, and in a week all that small runs find', () => {
    const week = Array.from({ length: 7 }, (_, index) => ofTheDay(day(index + 1)));
    expect(week.map((mutants) => new Set(mutants).size)).toEqual(week.map(() => 3));
    const small = MUTANTS.filter((mutant) => mutant.smallSeeds.length > 0);
    expect(new Set(week.flat())).toEqual(new Set(small));
  });
});
