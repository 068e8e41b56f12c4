import { sql } from 'kysely';
import type { SnapshotPage } from '../../../contract/centre/snapshot.ts';
import { canonicalJson } from '../../../domain/kernel/event/canonical.ts';
import { storedState, type AnyState } from '../../../domain/streams.ts';
import { CHAIN_START, feedDigest } from '../../../protocol/chain.ts';
import type { Directory } from './directory.ts';
import { eventRows, knownEvents, loggedItem, type ReadPage } from './event-log.ts';
import { writeEvents } from './fact-write.ts';
import { FeedBroken, readCursor, rebase, type Cursor } from './incoming.ts';
import { confirmBare, placesOf } from './evict.ts';
import { readMeta, writeMeta } from './meta.ts';
import { saveFacts, type Change } from './save-facts.ts';
import type { Reader, Writer } from './store.ts';
import { keyOf, loadStates, type StreamKey } from './streams.ts';

/**
 * How far a new workstation has got. snapshot: states arrive, `after` is where the next page begins. history: the events
 * behind them arrive, up to the position at which the snapshot began. check: each state is made anew of its events.
 */
export type Bootstrap =
  | { stage: 'snapshot'; after: number | null; until: Cursor }
  | { stage: 'history'; read: Cursor; until: Cursor }
  | { stage: 'check'; until: Cursor };

const KEY = 'bootstrap';
/** How far the centre's archive has been followed. */
export const ARCHIVE_READ = 'archive-read';

/** Null when nothing of a snapshot is outstanding. */
export async function readBootstrap(from: Reader | Writer): Promise<Bootstrap | null> {
  const text = await readMeta(from, KEY);
  return text === null ? null : (JSON.parse(text) as Bootstrap);
}

const writeBootstrap = (writer: Writer, bootstrap: Bootstrap): Promise<void> =>
  writeMeta(writer, KEY, JSON.stringify(bootstrap));

/** True while nothing was read and nothing recorded here, so that states can stand for the history before them. */
export async function isEmpty(read: Reader): Promise<boolean> {
  if ((await readCursor(read)).position > 0) return false;
  const { rows } = await sql`SELECT 1 FROM event LIMIT 1`.execute(read);
  return rows.length === 0;
}

/** The parts of a page that are being read may be parsed once, outside the transaction that saves them. */
type Received = { current: AnyState; updatedAt: string; state: string };

/**
 * Saves one page of the snapshot with how far it goes, in the caller's transaction. The first page also sets the cursor: the
 * feed goes on from there. What is known here already came by the feed or began here, and is left as it is.
 */
export async function applySnapshotPage(
  writer: Writer,
  page: SnapshotPage,
  directory: Directory,
): Promise<Bootstrap> {
  const before = await readBootstrap(writer);
  const until = before === null ? page.head : before.until;
  if (before === null) {
    await writeMeta(writer, 'cursor', JSON.stringify(until));
    // What is in the archive by now is in no page.
    await writeMeta(writer, ARCHIVE_READ, String(page.archive ?? 0));
  }
  const known = await loadStates(
    writer,
    page.streams.map(({ kind, id }) => ({ kind, id })),
  );
  const received = page.streams
    .filter((one) => !known.has(keyOf(one)))
    .flatMap(({ kind, state, updatedAt }): Received[] => {
      // The centre's reducers are this release's: the form was compared when the page was asked for.
      const current = storedState(kind, state);
      return current ? [{ current, updatedAt, state }] : [];
    });
  await saveFacts(
    writer,
    [],
    received.map(({ current, updatedAt }): Change => ({ current, updatedAt, search: 'new' })),
    directory,
  );
  const bases = received.map(({ current, updatedAt, state }) => ({
    kind: current.kind,
    id: current.state.id,
    updatedAt,
    state,
  }));
  await sql`
    INSERT INTO stream_base (kind, id, position, updated_at, state)
    SELECT value ->> 'kind', value ->> 'id', ${page.head.position}, value ->> 'updatedAt', value ->> 'state'
    FROM json_each(${JSON.stringify(bases)})`.execute(writer);
  const after: Bootstrap =
    page.next === null
      ? { stage: 'history', read: { position: 0, digest: CHAIN_START }, until }
      : { stage: 'snapshot', after: page.next, until };
  await writeBootstrap(writer, after);
  return after;
}

/**
 * Saves one page of the history behind the snapshot: events only, their effects are in the states. With its end the digest
 * must be the one that the centre named when the snapshot began. @throws FeedBroken when it is not, or positions do not follow on
 */
export async function applyHistoryPage(
  writer: Writer,
  page: ReadPage,
  bootstrap: Extract<Bootstrap, { stage: 'history' }>,
): Promise<Bootstrap> {
  const { until } = bootstrap;
  const read = { ...bootstrap.read };
  const isNext = (one: { position: number }): boolean =>
    one.position > read.position && one.position <= until.position;
  const items = page.items.filter(isNext);
  const bare = (page.bare ?? []).filter(isNext);
  // Of records that came back from the archive while their history was being read.
  const all = [...(page.back ?? []), ...items];
  for (const place of placesOf({ items, bare })) {
    if (place.position !== read.position + 1) throw new FeedBroken(read.position + 1, place.position);
    read.position = place.position;
    read.digest = feedDigest(read.digest, place.hash);
  }
  await confirmBare(writer, bare);
  const known = await knownEvents(
    writer,
    all.map((item) => item.event.id),
  );
  const logged = all.filter((item) => !known.has(item.event.id)).map(loggedItem);
  await writeEvents(writer, eventRows(logged));
  if (read.position < until.position && items.length + bare.length === 0)
    throw new FeedBroken(read.position + 1, 0);
  if (read.position === until.position && read.digest !== until.digest)
    throw new FeedBroken(until.position, read.position);
  const after: Bootstrap =
    read.position === until.position ? { stage: 'check', until } : { stage: 'history', read, until };
  await writeBootstrap(writer, after);
  return after;
}

/** Streams checked in one transaction: few enough that a command never waits long for it. */
const CHECKED_AT_ONCE = 250;

/**
 * Makes the next states anew of their events, which have all arrived, and gives up their bases: from here on they rest on this
 * workstation's own log; one that is about to leave has no history to be made of, and keeps its base. Returns how many differed from the centre's, which they then replace, and whether all are done.
 */
export async function checkBases(
  writer: Writer,
  directory: Directory,
): Promise<{ differing: StreamKey[]; done: boolean }> {
  const { rows: keys } = await sql<StreamKey>`
    DELETE FROM stream_base WHERE (kind, id) IN (SELECT base.kind, base.id FROM stream_base AS base
      LEFT JOIN left_stream AS gone ON gone.kind = base.kind AND gone.id = base.id
      WHERE gone.id IS NULL ORDER BY base.kind, base.id LIMIT ${CHECKED_AT_ONCE})
    RETURNING kind, id`.execute(writer);
  const before = await loadStates(writer, keys);
  const differing: StreamKey[] = [];
  await rebase(writer, keys, directory, (current) => {
    const kept = before.get(keyOf({ kind: current.kind, id: current.state.id }));
    // Through JSON once, as the kept one went: members that are undefined are not kept.
    const same =
      kept !== undefined &&
      canonicalJson(kept.state) === canonicalJson(JSON.parse(JSON.stringify(current.state)));
    if (!same) differing.push({ kind: current.kind, id: current.state.id });
    return same;
  });
  const done = keys.length < CHECKED_AT_ONCE;
  if (done) await writer.deleteFrom('meta').where('key', '=', KEY).execute();
  return { differing, done };
}

/** Ends a walk that is under way: the whole feed has been read otherwise, and states are made of it. */
export async function dropBootstrap(writer: Writer): Promise<void> {
  await sql`DELETE FROM stream_base`.execute(writer);
  await writer.deleteFrom('meta').where('key', '=', KEY).execute();
}
