import type { ResyncResult } from '../../../contract/centre/fleet.ts';
import { CHAIN_START, feedDigest } from '../../../protocol/chain.ts';
import { FeedBroken, holdsHead, loadState, readMeta, SecondLog, writeMeta } from '../store/index.ts';
import type { ReadPage } from '../store/event-log.ts';
import { placesOf } from '../store/evict.ts';
import { ARCHIVE_READ, dropBootstrap } from '../store/snapshot.ts';
import { adoptOwn, allStreams, comparePage, mendStreams, notInFeed, sendAgain } from '../store/resync.ts';
import { readFeed } from './feed.ts';
import type { CycleParts } from './parts.ts';
import { RESYNC_DONE } from './report.ts';

/** Streams looked at in one transaction: others write in between. */
const STREAMS_AT_ONCE = 200;

export type Compared = Omit<ResyncResult, 'asked' | 'at'> & { again: number };

/**
 * Reads the unit's feed from its beginning and compares every item with what is held here, whatever the cursor says;
 * then makes states anew that are not what their facts lead to. What was not sent stays in the outbox, and people go
 * on recording meanwhile. `restored`: the centre was put back from a backup, so that what it lost is sent again. `adopts`: the store
 * was made anew, so that facts of this device that only the centre has are its own log again.
 * @throws SecondLog when the centre's log of this device is not this one
 */
export async function compareWithFeed(
  parts: CycleParts,
  restored: boolean,
  { adopts = false, onPage }: { adopts?: boolean; onPage?: (done: number, total: number) => void } = {},
): Promise<Compared> {
  const { store, directory, link } = parts;
  const pageAfter = (position: number): Promise<ReadPage> => readFeed(link, position, 'bare');
  const seen = new Set<string>();
  const compared: Compared = { compared: 0, missing: 0, different: 0, extra: 0, mended: 0, again: 0 };
  let cursor = { position: 0, digest: CHAIN_START };
  let page = await pageAfter(0);
  const requireHead = async (): Promise<void> => {
    if (!(await holdsHead(store.read, page.deviceHead))) throw new SecondLog(page.deviceHead?.sequence ?? 0);
  };
  if (!adopts) await requireHead();
  const head = page.deviceHead?.sequence ?? 0;
  for (;;) {
    const places = placesOf(page);
    for (const { position, hash, id } of places) {
      if (position !== cursor.position + 1) throw new FeedBroken(cursor.position + 1, position);
      cursor = { position, digest: feedDigest(cursor.digest, hash) };
      seen.add(id);
    }
    if (places.length > 0) {
      const current = page;
      const shown = await store.write((writer) => comparePage(writer, current, directory));
      compared.compared += places.length;
      compared.missing += shown.missing;
      compared.different += shown.different;
    }
    onPage?.(cursor.position, page.head.position);
    if (places.length === 0 || cursor.position >= page.head.position) break;
    page = await pageAfter(cursor.position);
  }
  if (adopts) {
    await store.write((writer) => adoptOwn(writer, parts.deviceId));
    await requireHead();
  }
  const lost = await notInFeed(store.read, seen);
  compared.extra = lost.length;
  const read = cursor;
  await store.write(async (writer) => {
    if (restored) compared.again = (await sendAgain(writer, head, lost)).again;
    await writeMeta(writer, 'cursor', JSON.stringify(read));
    await dropBootstrap(writer);
    // A centre put back from a backup may archive again, under numbers that were read before.
    await writeMeta(writer, ARCHIVE_READ, '0');
  });
  const streams = await allStreams(store.read);
  for (let start = 0; start < streams.length; start += STREAMS_AT_ONCE) {
    const some = streams.slice(start, start + STREAMS_AT_ONCE);
    compared.mended += await store.write((writer) => mendStreams(writer, some, directory));
  }
  return compared;
}

/** The resync that was asked of this workstation and is not done yet; null when there is none. */
export async function resyncAsked({ store, deviceId }: CycleParts): Promise<string | null> {
  const asked = (await loadState(store.read, 'workstation', deviceId))?.resync;
  if (!asked || asked.result !== null) return null;
  const done = await readMeta(store.read, RESYNC_DONE);
  return done !== null && (JSON.parse(done) as ResyncResult).asked === asked.id ? null : asked.id;
}

/** Does what was asked, and keeps what it found until the centre's record of it has come back. */
export async function resyncAsAsked(parts: CycleParts, asked: string, clock: () => Date): Promise<void> {
  const { again: _again, ...found } = await compareWithFeed(parts, false);
  const result: ResyncResult = { asked, ...found, at: clock().toISOString() };
  await parts.store.write((writer) => writeMeta(writer, RESYNC_DONE, JSON.stringify(result)));
}
