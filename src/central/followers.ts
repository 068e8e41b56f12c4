import { bringBack } from './archive/follower.ts';
import { observeMerchants } from './credit/follower.ts';
import type { Followers } from './kernel/ingest/follower.ts';
import { bookNumbers } from './numbers/follower.ts';
import { keepPublicCodes } from './public/index.ts';
import { markConsumers } from './repeats/follower.ts';
import type { ConsumerMarks } from './repeats/index.ts';
import { addUp } from './rollup/follower.ts';
import { keepTasks } from './tasks/follower.ts';

/**
 * All that is written in step with the records, in the order in which it is written. Two batches in two processes do it in the same
 * order, so that none waits for what the other holds while that one waits for it.
 */
export const createFollowers = (marks: ConsumerMarks): Followers => ({
  // First what concerns only the batch's own records and workstation, whose locks it holds already: nobody else waits for it.
  // Last the merchants' counts, which two workstations may add to: both take them before any feed.
  behindRecords: [bringBack, bookNumbers, keepPublicCodes, observeMerchants],
  // Marks and tasks cost this process more than the database: they are worked out while the records are taken in, which are locked, too.
  withFeeds: [markConsumers(marks), keepTasks],
  // The rows of a district are everybody's: whoever has added to them holds them to the end, so that only the end may follow.
  atEnd: [addUp],
});
