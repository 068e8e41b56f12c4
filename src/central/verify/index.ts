import { asOfImports, topOf, type Rulebook } from '../../domain/procedure/index.ts';
import { rollupDeltas } from '../../domain/streams.ts';
import { makeCreditAnew } from '../credit/index.ts';
import type { Database, Transaction } from '../kernel/db/database.ts';
import type { ConsumerMarks } from '../repeats/index.ts';
import { numbersAreAccounted } from '../numbers/index.ts';
import { codesEqualMerchants } from '../public/index.ts';
import { createDeltaSum, prepareDeltas, writeDeltas } from '../rollup/index.ts';
import type { UnitCache } from '../kernel/units.ts';
import { tasksEqualStates } from '../tasks/index.ts';
import { archiveIsClosed } from './archive.ts';
import { charitiesBalance } from './charity.ts';
import type { Invariant } from './check.ts';
import { createCopies, parentsEqualChildren, rebuildEquals } from './counters.ts';
import { erasuresAreWhole } from './erasures.ts';
import { factsStandOnce } from './facts.ts';
import { feedsAreWhole, feedsCarrySight } from './feeds.ts';
import { marksAreWhole } from './marks.ts';
import { deviceChains, replayStreams } from './log.ts';
import { sightIsAllowed } from './sight.ts';

/** Events whose additions are held in memory before they go to the copy. */
const FLUSH_EVERY = 20_000;

/** Some of the invariants, which are checked together on one snapshot. */
export type VerifyStep = {
  name: string;
  check(transaction: Transaction, units: UnitCache, marks: ConsumerMarks): Promise<Invariant[]>;
};

/** Counts everything anew from the log beside what is kept. */
async function replay(transaction: Transaction, units: UnitCache): Promise<Invariant[]> {
  const { levelOf, partyOf } = units;
  const rules = units.rules();
  const asOf = rememberedRules(rules);
  const copies = await createCopies(transaction);
  const credit = await makeCreditAnew(transaction);
  let sum = createDeltaSum();
  let held = 0;
  const { invariants } = await replayStreams(transaction, rules, async (before, event, after, imports) => {
    const context = { levelOf, partyOf, rules: asOf(event.unitPath, imports) };
    sum.add(rollupDeltas(before, event, after, context));
    await credit.add(before, event, after, context);
    held += 1;
    if (held < FLUSH_EVERY) return;
    await writeDeltas(transaction, prepareDeltas(sum), copies);
    sum = createDeltaSum();
    held = 0;
  });
  await writeDeltas(transaction, prepareDeltas(sum), copies);
  const observed = { name: 'what is known of merchants equals its replay', ...(await credit.compare()) };
  return [...invariants, ...(await rebuildEquals(transaction)), observed];
}

/** All invariants of a centre, in the order in which they are told. */
export const VERIFY_STEPS: readonly VerifyStep[] = [
  { name: 'facts', check: async (transaction) => [await factsStandOnce(transaction)] },
  { name: 'parents', check: async (transaction) => [await parentsEqualChildren(transaction)] },
  { name: 'chains', check: async (transaction) => [await deviceChains(transaction)] },
  { name: 'replay', check: replay },
  { name: 'feeds', check: async (transaction) => [await feedsAreWhole(transaction)] },
  { name: 'carried', check: async (transaction) => [await feedsCarrySight(transaction)] },
  { name: 'sight', check: async (transaction, units) => [await sightIsAllowed(transaction, units)] },
  { name: 'archive', check: async (transaction) => [await archiveIsClosed(transaction)] },
  { name: 'numbers', check: async (transaction) => [await numbersAreAccounted(transaction)] },
  { name: 'marks', check: async (transaction, _units, marks) => [await marksAreWhole(transaction, marks)] },
  { name: 'erasures', check: async (transaction) => [await erasuresAreWhole(transaction)] },
  { name: 'codes', check: async (transaction) => [await codesEqualMerchants(transaction)] },
  { name: 'charity', check: async (transaction) => [await charitiesBalance(transaction)] },
  { name: 'tasks', check: async (transaction, units) => [await tasksEqualStates(transaction, units)] },
];

/**
 * Checks one step on a snapshot of a live database: nobody waits, and what comes in meanwhile is not half seen. Each invariant says how
 * much it looked at.
 */
export function checkStep(
  database: Database,
  units: UnitCache,
  marks: ConsumerMarks,
  step: VerifyStep,
): Promise<Invariant[]> {
  return database
    .transaction()
    .setIsolationLevel('repeatable read')
    .execute(async (transaction) => {
      await units.reload(transaction);
      return step.check(transaction, units, marks);
    });
}

/** Checks all invariants one after the other, each on a snapshot of its own. */
export async function verifyInvariants(
  database: Database,
  units: UnitCache,
  marks: ConsumerMarks,
): Promise<Invariant[]> {
  const found: Invariant[] = [];
  for (const step of VERIFY_STEPS) found.push(...(await checkStep(database, units, marks, step)));
  return found;
}

/** Rulebooks as they were after so many imports of a district, each made once. */
function rememberedRules(rules: Rulebook): (path: string, imports: number) => Rulebook {
  const made = new Map<string, Rulebook>();
  return (path, imports) => {
    const key = `${topOf(path)} ${imports}`;
    const found = made.get(key) ?? asOfImports(rules, path, imports);
    made.set(key, found);
    return found;
  };
}

export { type Invariant, createCheck } from './check.ts';
export { createCopies, rebuildEquals } from './counters.ts';
export { linesOf, verifyDatabase } from './command.ts';
export { replayStreams, type StreamPlace } from './log.ts';
