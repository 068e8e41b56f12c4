import { FEED_LIMIT, PUSH_LIMIT, type PushedEvent } from '../../contract/central.ts';
import { CHAIN_START } from '../../protocol/chain.ts';
import { pushText, signText } from '../../protocol/keys.ts';
import {
  applyFeedPage,
  applyReceipts,
  envelopeOf,
  readCursor,
  type Directory,
  type Store,
} from '../store/index.ts';
import type { CentreLink } from './centre-link.ts';

export type CycleParts = { store: Store; directory: Directory; link: CentreLink; deviceId: string };

/** The next waiting facts in device order. */
async function nextBatch(store: Store): Promise<PushedEvent[]> {
  const rows = await store.read
    .selectFrom('outbox')
    .innerJoin('event', 'event.id', 'outbox.event_id')
    .selectAll('event')
    .orderBy('outbox.device_sequence')
    .limit(PUSH_LIMIT)
    .execute();
  return rows.map((row) => ({
    ...envelopeOf(row),
    previousHash: row.previous_hash ?? CHAIN_START,
    hash: row.hash,
  }));
}

/**
 * Empties the outbox in device order, batch by batch. Safe to cut at any point: the centre knows events
 * by id and answers a repeated batch with the same receipts.
 */
export async function push(parts: CycleParts): Promise<{ pushed: number; centreTime: string | null }> {
  const { store, directory, link, deviceId } = parts;
  const key = await link.privateKey();
  let pushed = 0;
  let centreTime: string | null = null;
  for (;;) {
    const events = await nextBatch(store);
    const last = events.at(-1);
    if (!last) return { pushed, centreTime };
    const signature = signText(key, pushText(deviceId, last.deviceSequence, last.hash));
    const result = await link.call((client) => client.push({ events, signature }));
    centreTime = result.centreTime;
    await store.write((writer) => applyReceipts(writer, result.receipts, directory));
    pushed += events.length;
  }
}

export type PullResult = {
  pulled: number;
  centreTime: string;
  /** Position and digest agree with the centre's: this workstation holds all that its unit may see. */
  agrees: boolean;
};

/** Reads the unit's feed to its end, page by page; each page and its cursor are saved together. */
export async function pull(parts: CycleParts): Promise<PullResult> {
  const { store, directory, link } = parts;
  let pulled = 0;
  let cursor = await readCursor(store.read);
  for (;;) {
    const page = await link.call((client) => client.feed({ after: cursor.position, limit: FEED_LIMIT }));
    if (page.items.length > 0) {
      cursor = await store.write((writer) => applyFeedPage(writer, page, directory));
      pulled += page.items.length;
    }
    if (page.items.length === 0 || cursor.position >= page.head.position) {
      const agrees = cursor.position === page.head.position && cursor.digest === page.head.digest;
      return { pulled, centreTime: page.centreTime, agrees };
    }
  }
}
