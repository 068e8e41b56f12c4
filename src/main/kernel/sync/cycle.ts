import { PUSH_LIMIT, type PushResult } from '../../../contract/centre/index.ts';
import { logText } from '../../../protocol/attestation.ts';
import { merkleRoot } from '../../../protocol/merkle.ts';
import { asideText, pushText, signText } from '../../../protocol/keys.ts';
import {
  applyFeedPage,
  applyReceipts,
  applyRuns,
  holdsHead,
  isEmpty,
  readCursor,
  readMeta,
  SecondLog,
  startSealing,
  writeMeta,
  type Cursor,
} from '../store/index.ts';
import type { ReadPage } from '../store/event-log.ts';
import { lastAcknowledged } from '../store/resync.ts';
import { keepPublicUrl } from '../public-url.ts';
import { fittingOneRequest, OUTGOING_BODY, pushBody, type Outgoing } from './batch.ts';
import { loadSnapshot } from './bootstrap.ts';
import { readFeed } from './feed.ts';
import type { CycleParts } from './parts.ts';
import { feedIsProved, keepSignedHead } from './proof.ts';
import { askAgain } from './unknown.ts';
import { CentreError, neverConnected } from './centre-link.ts';

/** The centre reads one batch while it writes the one before. */
const IN_FLIGHT = 2;

/** The waiting facts after a device sequence, in device order, up to the first that is held. */
async function nextBatch(
  { store, held }: CycleParts,
  after: number,
  limit: number,
): Promise<readonly Outgoing[]> {
  const facts = await store.read
    .selectFrom('outbox')
    .innerJoin('event', 'event.id', 'outbox.event_id')
    .select(['event.id', 'event.device_sequence as deviceSequence', 'event.hash', 'event.at'])
    .select(OUTGOING_BODY.as('body'))
    .where('outbox.device_sequence', '>', after)
    .orderBy('outbox.device_sequence')
    .limit(limit)
    .execute();
  const firstHeld = held ? facts.findIndex((fact) => held(fact.at)) : -1;
  return fittingOneRequest(firstHeld < 0 ? facts : facts.slice(0, firstHeld));
}

type OnItsWay = {
  batch: readonly Outgoing[];
  body: Uint8Array<ArrayBuffer>;
  answer: Promise<PushResult>;
  behind: boolean;
};

/** Fewer facts than usual at once, or so many batches and no more; `setAside` is the number of one that is not to be judged. */
export type PushPart = { limit?: number; batches?: number; setAside?: number };

/**
 * Empties the outbox in device order, batch by batch, except of what is held. Safe to cut at any point: the centre knows events
 * by id and answers a repeated batch with the same receipts. While the centre works on one batch, the next is
 * on its way and the receipts of the one before are booked, in order.
 */
export async function push(
  parts: CycleParts,
  { limit = PUSH_LIMIT, batches = Infinity, setAside }: PushPart = {},
): Promise<{ pushed: number; centreTime: string | null }> {
  const { store, directory, link, deviceId } = parts;
  const inFlight = limit < PUSH_LIMIT ? 1 : (parts.inFlight ?? IN_FLIGHT);
  const key = await link.privateKey();
  let pushed = 0;
  let centreTime: string | null = null;
  let booked: Promise<unknown> = Promise.resolve();
  let after = 0;
  let sent = 0;
  const onTheirWay: OnItsWay[] = [];

  /** Sends what comes next; false when nothing does. */
  const send = async (): Promise<boolean> => {
    const batch = sent < batches ? await nextBatch(parts, after, limit) : [];
    const last = batch.at(-1);
    if (last === undefined) return false;
    sent += 1;
    after = last.deviceSequence;
    const first = batch[0]?.deviceSequence ?? after;
    const root = merkleRoot(batch.map((one) => one.hash));
    const body = pushBody(
      batch,
      signText(key, pushText(deviceId, after, last.hash)),
      signText(key, logText(deviceId, first, after, root)),
      setAside === undefined
        ? undefined
        : { deviceSequence: setAside, signature: signText(key, asideText(deviceId, setAside)) },
    );
    const leaving = parts.leaving?.(last.deviceSequence);
    const answer = link.push(body).catch((error: unknown) => {
      if (neverConnected(error)) leaving?.stayed();
      throw error;
    });
    // Awaited in its turn; until then a failure must not count as unhandled.
    answer.catch(() => undefined);
    onTheirWay.push({ batch, body, answer, behind: onTheirWay.length > 0 });
    return true;
  };

  try {
    for (;;) {
      while (onTheirWay.length < inFlight && (await send()));
      const first = onTheirWay.shift();
      if (first === undefined) break;
      const result = await first.answer.catch((error: unknown) => {
        // It overtook the batch before it, which the centre has by now.
        if (first.behind && error instanceof CentreError && error.code === 'SEQUENCE_GAP') {
          return link.push(first.body);
        }
        throw error;
      });
      await booked;
      const answered = { events: first.batch, receivedAt: result.centreTime };
      booked = store.write(async (writer) => {
        await applyRuns(writer, result.runs ?? [], answered);
        await applyReceipts(writer, result.receipts, directory);
      });
      // Awaited before the next batch is booked, or at the end.
      booked.catch(() => undefined);
      centreTime = result.centreTime;
      pushed += first.batch.length;
    }
  } finally {
    // What is on its way still counts as sent; its receipts are given again when it is sent again.
    await Promise.allSettled(onTheirWay.map((one) => one.answer));
    await booked;
  }
  return { pushed, centreTime };
}

export type PullResult = {
  pulled: number;
  centreTime: string;
  /** Position and digest agree with the centre's: this workstation holds all that its unit may see. */
  agrees: boolean;
  /** How far the centre's archive goes; 0 with a centre of an older release. */
  archive: number;
};

/** The centre has less than it had: it was put back from a backup. */
export class CentreRestored extends Error {
  constructor(sequence: number) {
    super(`The centre's database is another than before; of this device it has ${sequence} facts`);
  }
}

/** The history of the centre's database as this workstation last found both sides agreeing. */
export const EPOCH = 'centre-epoch';

/**
 * True when the centre lost what it once had: it acknowledged more of this device than it has, its feed is shorter than
 * what was read of it, or its database has another history and the feed another content.
 */
async function wasRestored(
  { store, deviceId }: CycleParts,
  page: ReadPage,
  cursor: Cursor,
  agrees: boolean,
): Promise<boolean> {
  const { deviceHead, head, epoch } = page;
  if (deviceHead !== undefined && deviceHead.sequence < (await lastAcknowledged(store.read, deviceId)))
    return true;
  if (head.position < cursor.position) return true;
  const before = await readMeta(store.read, EPOCH);
  return !agrees && epoch !== undefined && before !== null && before !== epoch;
}

/**
 * Reads the unit's feed to its end, page by page; each page and its cursor are saved together. A new workstation loads a
 * snapshot before.
 * @throws after the last page: SecondLog when the centre's log of this device is not this one, CentreRestored when the
 * centre has less than it had
 */
export async function pull(parts: CycleParts): Promise<PullResult> {
  const { store, directory, link } = parts;
  const empty = await isEmpty(store.read);
  await loadSnapshot(parts);
  const pageAfter = (position: number): Promise<ReadPage> => readFeed(link, position);
  let pulled = 0;
  let cursor = await readCursor(store.read);
  let page = await pageAfter(cursor.position);
  // From the first item on, each is worked out anew when it comes.
  if (empty && link.proves()) await feedIsProved(store);
  for (;;) {
    const last = page.items.at(-1)?.position ?? cursor.position;
    // The next page is on its way while this one is applied.
    const following = last < page.head.position && page.items.length > 0 ? pageAfter(last) : null;
    // Awaited below; until then a failure must not count as unhandled.
    following?.catch(() => undefined);
    if (page.items.length > 0) {
      const current = page;
      cursor = await store.write((writer) => applyFeedPage(writer, current, directory));
      pulled += current.items.length;
    }
    if (following === null) {
      if (!(await holdsHead(store.read, page.deviceHead)))
        throw new SecondLog(page.deviceHead?.sequence ?? 0);
      const agrees = cursor.position === page.head.position && cursor.digest === page.head.digest;
      const { epoch, knows } = page;
      if (await wasRestored(parts, page, cursor, agrees))
        throw new CentreRestored(page.deviceHead?.sequence ?? 0);
      if (agrees && epoch !== undefined && epoch !== (await readMeta(store.read, EPOCH)))
        await store.write((writer) => writeMeta(writer, EPOCH, epoch));
      const centreKey = link.centreKey();
      if (agrees && centreKey !== undefined)
        await keepSignedHead(store, { unitPath: parts.unitPath, centreKey }, page);
      await askAgain(parts, knows);
      await keepPublicUrl(store, page.publicUrl);
      if (page.seals === true && !directory.seals())
        await store.write(async (writer) => {
          await startSealing(writer);
          await directory.reload(writer);
        });
      return { pulled, centreTime: page.centreTime, agrees, archive: page.archive ?? 0 };
    }
    page = await following;
  }
}
