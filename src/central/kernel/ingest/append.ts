import { setImmediate as nextTurn } from 'node:timers/promises';
import type { RawBuilder } from 'kysely';
import type { PushedEvent, Receipt } from '../../../contract/centre/index.ts';
import { calendarImports } from '../../../domain/procedure/index.ts';
import { recordsIn } from '../../../domain/streams.ts';
import type { CentreKey } from '../../../protocol/centre-key.ts';
import type { Database, Transaction } from '../db/database.ts';
import { inOneStatement } from '../db/one-statement.ts';
import { later, pipelined, type QueryExecutor } from '../db/pipeline.ts';
import { appendToFeeds, lockHeads, type FeedEvent } from '../feeds/append.ts';
import { keepKeys } from '../keys/record-keys.ts';
import { attestationStatement, vouchedFor, type Attested } from '../keys/attest.ts';
import type { UnitCache } from '../units.ts';
import { statementsOf, type Follower, type Followers, type JudgedBatch } from './follower.ts';
import {
  judgeEvents,
  keyOf,
  type Appender,
  type FeedEntry,
  type StreamKey,
  type StreamRecord,
} from './judge.ts';
import type { PlacedReceipt } from './runs.ts';
import { loadHistories, loadStaff, loadTakenIds, lockStreams } from './load.ts';
import { logCorrected, logJudged, logPresumed, type LogWriter } from './log.ts';
import { prepareEvents, type PreparedEvents } from './prepare.ts';
import { saveStreams, saveUnits } from './write.ts';

/** What facts are taken in with, the same for all of one process. */
export type IngestParts = {
  database: Database;
  /** The centre's own key, by which it answers for what has no device's signature; null where this process was given none. */
  key: CentreKey | null;
  units: UnitCache;
  followers: Followers;
};

export type AppendOptions = Pick<IngestParts, 'key' | 'units' | 'followers'> & {
  receivedAt: Date;
  /** Streams the events concern without naming them: the units above a new one. */
  alsoConcerned?: readonly StreamKey[];
  /** Filled with the units whose feeds move. */
  moved?: Set<string>;
  /** Look for ids that are taken: a batch before this one met a unique violation. */
  checkIds?: boolean;
  /** Who answers for them, where it is their device. */
  attested?: Attested;
  /** The number of an event that is kept as it is, rejected and without being judged. */
  setAside?: number;
  /** The events as the log takes them, where they are ready. */
  prepared?: PreparedEvents;
  /** What else is to be written of the batch, by its receipts; it goes with the last statement, behind what follows the batch. */
  last?: (receipts: readonly Receipt[]) => RawBuilder<unknown>;
  /** Transaction for this process while the database writes; the batch fails with it. */
  meanwhile?: () => Promise<void>;
};

/**
 * Judges a run of events that continues the appender's log and writes all that comes of it: log, states, feeds, and what
 * its followers keep; in the caller's transaction. Returns one receipt an event, in order. An event that is not legal is
 * recorded as rejected with its rule and blocks nothing behind it. @throws StaleStream, to be tried again.
 */
export async function appendEvents(
  transaction: Transaction,
  appender: Appender,
  events: readonly PushedEvent[],
  options: AppendOptions,
): Promise<PlacedReceipt[]> {
  const prepared = options.prepared ?? prepareEvents(events);
  return pipelined(transaction, (executor) => append(executor, appender, prepared, options));
}

async function append(
  executor: QueryExecutor,
  appender: Appender,
  prepared: PreparedEvents,
  options: AppendOptions,
): Promise<PlacedReceipt[]> {
  const { events } = prepared;
  const { units, followers, receivedAt, alsoConcerned = [], setAside, moved, meanwhile } = options;
  const checkIds = (options.checkIds ?? false) || setAside !== undefined;
  // What could not be taken in may be so by what it names.
  const judged = events.filter(({ deviceSequence }) => deviceSequence !== setAside);
  // The same all through the batch, whatever another request reads meanwhile.
  const rules = units.rules();
  const rulesRevision = units.rulesRevision();
  const log: LogWriter = {
    executor,
    appender,
    prepared,
    receivedAt,
    calendarImports: calendarImports(rules, appender.unitPath),
  };
  const loading = Promise.all([
    lockStreams(executor, [
      ...judged.flatMap((event) => [event.stream, ...recordsIn(event)]),
      ...alsoConcerned,
    ]),
    appender.centre ? new Map<string, never>() : loadStaff(executor, judged),
    checkIds ? loadTakenIds(executor, events) : new Set<string>(),
  ]);
  // Nearly all are accepted: while they are judged here, PostgreSQL takes them in as if all were, which is the longest of its
  // work. Not where it may refuse an id.
  const presumed = checkIds ? null : later(logPresumed(log));
  const [streams, staff, takenIds] = await loading;
  const known = { streams, staff, takenIds, rules, setAside };
  const judgement = judgeEvents(prepared, appender, known, units, receivedAt.toISOString());
  const { receipts } = judgement;
  const batch: JudgedBatch = {
    changes: judgement.changes,
    streams,
    rulesRevision,
    newFacts: { appender, events, receipts, receivedAt },
  };
  for (const path of judgement.feeds.keys()) moved?.add(path);
  const attested = options.attested ?? vouched(appender, events, options.key);

  const write = async (): Promise<void> => {
    const saved = Promise.all([
      presumed,
      presumed ? logCorrected(log, receipts) : logJudged(log, receipts),
      saveStreams(executor, appender, streams.values()),
      saveUnits(executor, [...judgement.units.values()]),
      keepKeys(events, receipts)?.execute(executor),
      sendEach(executor, followers.behindRecords, batch),
      attested && attestationStatement(attested).execute(executor),
    ]);
    const ready = later(
      Promise.all([
        saved,
        loadHistories(executor, concernedBy(judgement.feeds), { appender, since: events[0] }),
        lockHeads(executor, [...judgement.feeds.keys()]),
      ]),
    );
    // What this process has to do goes on while the database takes all that in.
    await nextTurn();
    const beside = statementsOf(followers.withFeeds, batch);
    const last = statementsOf(followers.atEnd, batch);
    if (options.last) last.push(options.last(receipts));
    const [, histories, heads] = await ready;
    const feeds = expand(judgement.feeds, histories);
    placeReceipts(receipts, feeds.get(appender.unitPath), heads.get(appender.unitPath)?.position);
    await Promise.all([
      appendToFeeds(executor, heads, feeds, beside),
      inOneStatement(last)?.execute(executor),
    ]);
  };
  const [written, done] = await Promise.allSettled([write(), meanwhile?.()]);
  // What is wrong with the batch itself says more than what the database made of it.
  if (done.status === 'rejected') throw done.reason;
  if (written.status === 'rejected') throw written.reason;
  return receipts;
}

/** The centre's own answer for events that no device has signed a root over. */
function vouched(
  { id }: Appender,
  events: readonly PushedEvent[],
  key: CentreKey | null,
): Attested | undefined {
  const [first] = events;
  if (key === null || first === undefined) return undefined;
  return vouchedFor(
    { device: id, first: first.deviceSequence, hashes: events.map((event) => event.hash) },
    key,
  );
}

/** Sends each of these followers' statements by itself. A promise from the start, so that what fails here fails with the others. */
async function sendEach(
  executor: QueryExecutor,
  followers: readonly Follower[],
  batch: JudgedBatch,
): Promise<void> {
  await Promise.all(statementsOf(followers, batch).map((one) => one.execute(executor)));
}

/** Notes where each event came to stand in the feed of the appender's own unit. */
function placeReceipts(
  receipts: readonly PlacedReceipt[],
  feed: readonly FeedEvent[] | undefined,
  before: number | undefined,
): void {
  if (feed === undefined || before === undefined) return;
  const places = new Map(feed.map(({ eventId }, index) => [eventId, before + index + 1]));
  for (const receipt of receipts) {
    const place = receipt.status === 'rejected' ? undefined : places.get(receipt.id);
    if (place !== undefined) receipt.feedPosition = place;
  }
}

/** The streams whose histories go into these feeds. */
export function concernedBy(feeds: Map<string, FeedEntry[]>): Set<StreamRecord> {
  const streams = new Set<StreamRecord>();
  for (const entries of feeds.values()) {
    for (const entry of entries) if ('historyOf' in entry) streams.add(entry.historyOf);
  }
  return streams;
}

/** The feeds with those histories in their places. */
export function expand(
  feeds: Map<string, FeedEntry[]>,
  histories: Map<string, FeedEvent[]>,
): Map<string, FeedEvent[]> {
  const expanded = new Map<string, FeedEvent[]>();
  for (const [path, entries] of feeds) {
    expanded.set(
      path,
      entries.flatMap((entry) =>
        'historyOf' in entry ? (histories.get(keyOf(entry.historyOf)) ?? []) : [entry],
      ),
    );
  }
  return expanded;
}
