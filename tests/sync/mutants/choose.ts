import { FULL } from '../../support/full.ts';
import { MUTANTS, type Mutant } from './list.ts';

/** How many of the planted bugs a run hunts that does not hunt all. */
const A_DAY = 3;
const DAY_MS = 86_400_000;

/** Others each day, so that all have had their turn after a week; those that small runs can find. */
export function ofTheDay(now: Date): Mutant[] {
  const small = MUTANTS.filter((mutant) => mutant.smallSeeds.length > 0);
  const first = (Math.floor(now.getTime() / DAY_MS) * A_DAY) % small.length;
  return [...small, ...small].slice(first, first + A_DAY);
}

/**
 * The planted bugs that this run hunts: those that HESHI_MUTANTS names (how a run is repeated), all in
 * `npm run test:full`, and otherwise three, others each day. @throws for a name that is no planted bug’s
 */
export function chosenMutants(now = new Date()): Mutant[] {
  const named = process.env['HESHI_MUTANTS'];
  if (named === undefined) return FULL ? MUTANTS : ofTheDay(now);
  return named.split(',').map((name) => {
    const mutant = MUTANTS.find((one) => one.name === name);
    if (mutant === undefined) throw new Error(`HESHI_MUTANTS: no planted bug ${name}`);
    return mutant;
  });
}
