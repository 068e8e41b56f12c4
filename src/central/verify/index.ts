import { defaultCalendar } from '../../domain/calendar/index.ts';
import { rollupDeltas } from '../../domain/rollup/deltas.ts';
import type { Database } from '../db/database.ts';
import { numbersAreAccounted } from '../numbers/account.ts';
import { createDeltaSum } from '../rollup/sum.ts';
import { prepareDeltas, writeDeltas } from '../rollup/write.ts';
import type { UnitCache } from '../units.ts';
import type { Invariant } from './check.ts';
import { createCopies, parentsEqualChildren, rebuildEquals } from './counters.ts';
import { factsStandOnce } from './facts.ts';
import { feedsAreWhole, feedsCarrySight } from './feeds.ts';
import { deviceChains, replayStreams } from './log.ts';
import { sightIsAllowed } from './sight.ts';

/** Events whose additions are held in memory before they go to the copy. */
const FLUSH_EVERY = 20_000;

/**
 * Checks the centre's invariants on one snapshot of a live database: nobody waits, and what comes in meanwhile
 * is not half seen. Each says how much it looked at. Rebuilds the roll-up from the log beside the kept one.
 */
export async function verifyInvariants(database: Database, units: UnitCache): Promise<Invariant[]> {
  await units.reload(database);
  const context = { levelOf: units.levelOf, partyOf: units.partyOf, calendar: defaultCalendar };
  return database
    .transaction()
    .setIsolationLevel('repeatable read')
    .execute(async (work) => {
      const parents = await parentsEqualChildren(work);
      const chains = await deviceChains(work);
      const copies = await createCopies(work);
      let sum = createDeltaSum();
      let held = 0;
      const replay = await replayStreams(work, async (before, event, after) => {
        sum.add(rollupDeltas(before, event, after, context));
        held += 1;
        if (held < FLUSH_EVERY) return;
        await writeDeltas(work, prepareDeltas(sum), copies);
        sum = createDeltaSum();
        held = 0;
      });
      await writeDeltas(work, prepareDeltas(sum), copies);
      const rebuild = await rebuildEquals(work);
      const feeds = [await feedsAreWhole(work), await feedsCarrySight(work)];
      const facts = await factsStandOnce(work);
      const sight = await sightIsAllowed(work, units);
      const numbers = await numbersAreAccounted(work);
      return [facts, parents, chains, ...replay, ...rebuild, ...feeds, sight, numbers];
    });
}
