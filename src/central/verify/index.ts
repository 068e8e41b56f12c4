import { asOfImports, topOf, type Rulebook } from '../../domain/procedure/index.ts';
import { rollupDeltas } from '../../domain/streams.ts';
import { makeCreditAnew } from '../credit/index.ts';
import type { Database } from '../kernel/db/database.ts';
import type { ConsumerMarks } from '../repeats/index.ts';
import { numbersAreAccounted } from '../numbers/index.ts';
import { codesEqualMerchants } from '../public/index.ts';
import { createDeltaSum, prepareDeltas, writeDeltas } from '../rollup/index.ts';
import type { UnitCache } from '../kernel/units.ts';
import { archiveIsClosed } from './archive.ts';
import type { Invariant } from './check.ts';
import { createCopies, parentsEqualChildren, rebuildEquals } from './counters.ts';
import { factsStandOnce } from './facts.ts';
import { feedsAreWhole, feedsCarrySight } from './feeds.ts';
import { marksAreWhole } from './marks.ts';
import { deviceChains, replayStreams } from './log.ts';
import { sightIsAllowed } from './sight.ts';

/** Events whose additions are held in memory before they go to the copy. */
const FLUSH_EVERY = 20_000;

/**
 * Checks the centre's invariants on one snapshot of a live database: nobody waits, and what comes in meanwhile
 * is not half seen. Each says how much it looked at. Rebuilds the roll-up from the log beside the kept one.
 */
export async function verifyInvariants(
  database: Database,
  units: UnitCache,
  marks: ConsumerMarks,
): Promise<Invariant[]> {
  return database
    .transaction()
    .setIsolationLevel('repeatable read')
    .execute(async (transaction) => {
      await units.reload(transaction);
      const { levelOf, partyOf } = units;
      const rules = units.rules();
      const asOf = rememberedRules(rules);
      const parents = await parentsEqualChildren(transaction);
      const chains = await deviceChains(transaction);
      const copies = await createCopies(transaction);
      const credit = await makeCreditAnew(transaction);
      let sum = createDeltaSum();
      let held = 0;
      const replay = await replayStreams(transaction, rules, async (before, event, after, imports) => {
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
      const rebuild = await rebuildEquals(transaction);
      const observed = { name: 'what is known of merchants equals its replay', ...(await credit.compare()) };
      const feeds = [await feedsAreWhole(transaction), await feedsCarrySight(transaction)];
      const facts = await factsStandOnce(transaction);
      const sight = await sightIsAllowed(transaction, units);
      const archive = await archiveIsClosed(transaction);
      const accounts = [
        await numbersAreAccounted(transaction),
        await marksAreWhole(transaction, marks),
        await codesEqualMerchants(transaction),
      ];
      return [facts, parents, chains, ...replay, ...rebuild, observed, ...feeds, sight, archive, ...accounts];
    });
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
export { replayStreams } from './log.ts';
