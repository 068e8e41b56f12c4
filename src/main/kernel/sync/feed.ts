import { setImmediate as nextTurn } from 'node:timers/promises';
import { FEED_LIMIT, type FeedItem } from '../../../contract/centre/index.ts';
import { eventHash } from '../../../protocol/chain.ts';
import { openedPayload, SealBroken } from '../../../protocol/sealed-facts.ts';
import { unattested } from './attested.ts';
import type { ReadPage } from '../store/event-log.ts';
import type { CentreLink } from './centre-link.ts';
import { isProved, toldBy } from './closed.ts';

/** An item of the feed is not what its device has recorded. */
export class FeedForged extends Error {
  constructor({ position, event }: FeedItem, what: string) {
    super(`Feed position ${position}, ${event.device} ${event.deviceSequence}: ${what}`);
  }
}

/** How many hashes are worked out before others get their turn on this thread. */
const SLICE = 200;

/**
 * Works out every item's hash anew. A centre that signs its answers gives the hash before each; one of an older release gives none,
 * and what it sends is taken on its word. @throws FeedForged
 */
async function checkItems(items: readonly FeedItem[], mustProve: boolean): Promise<void> {
  for (const [index, item] of items.entries()) {
    const { event, hash, previousHash, key } = item;
    if (key !== undefined && !opens(event, key)) throw new FeedForged(item, 'it does not open');
    // What is left of it is told by its record's erasure: `closed.ts`.
    if (item.takenOut) continue;
    if (previousHash === undefined) {
      if (mustProve) throw new FeedForged(item, 'without the hash before it');
    } else if (eventHash(event, previousHash) !== hash) {
      throw new FeedForged(item, 'its hash is another');
    }
    if (index % SLICE === SLICE - 1) await nextTurn();
  }
}

function opens(event: FeedItem['event'], key: string): boolean {
  try {
    openedPayload(event, key);
    return true;
  } catch (error) {
    if (error instanceof SealBroken) return false;
    throw error;
  }
}

/**
 * A page of the unit's feed after a position, of which every event is the one whose hash stands beside it and, where the centre has a
 * key, one that its device or the centre has signed. What something is missing of, without an erasure that says so, is `unproved`: it is to
 * be set aside alone, since any device can send such a fact. @throws FeedForged when one is not, and nothing of the page may be applied; CentreError
 */
export async function readFeed(
  link: CentreLink,
  after: number,
  archived: 'whole' | 'bare' = 'whole',
): Promise<ReadPage> {
  const page = await link.call((client) => client.feed({ after, limit: FEED_LIMIT, archived }));
  const items = [...page.items, ...(page.back ?? []), ...(page.erasures ?? [])];
  await checkItems(items, link.proves());
  const centreKey = link.centreKey();
  const nobodys = centreKey === undefined ? undefined : await unattested(page, items, centreKey);
  if (nobodys !== undefined) throw new FeedForged(nobodys, 'nobody answers for it');
  const told = toldBy(items);
  const read = (all: readonly FeedItem[]): ReadPage['items'] =>
    all.map((item) => (isProved(item, told) ? item : { ...item, unproved: true }));
  return { ...page, items: read(page.items), ...(page.back === undefined ? {} : { back: read(page.back) }) };
}
