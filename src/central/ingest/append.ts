import { setImmediate as nextTurn } from 'node:timers/promises';
import type { RawBuilder } from 'kysely';
import type { PushedEvent, Receipt } from '../../contract/central.ts';
import { calendarImports } from '../../domain/procedure/rulebook.ts';
import { bringBack, perhapsArchived } from '../archive/bring-back.ts';
import type { Work } from '../db/database.ts';
import { appendToFeeds, type FeedEvent } from '../feeds/append.ts';
import { marksOf } from '../marks/batch.ts';
import type { ConsumerMarks } from '../marks/keys.ts';
import { markInsert, writeMarks, type MarkRow } from '../marks/rows.ts';
import { saveIssuedNumbers } from '../numbers/issued.ts';
import { prepareDeltas, ROLLUP_TABLES, writeDeltas, type PreparedDeltas } from '../rollup/write.ts';
import type { UnitCache } from '../units.ts';
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
import { prepareEvents, saveEvents, saveUnits, type PreparedEvents } from './write.ts';

export type AppendOptions = {
  units: UnitCache;
  receivedAt: Date;
  /** Marks the consumers of cases and returns; the centre's own facts have none. */
  marks?: ConsumerMarks;
  /** Streams the events concern without naming them: the units above a new one. */
  alsoConcerned?: readonly StreamKey[];
  /** Filled with the units whose feeds move. */
  moved?: Set<string>;
  /** Look for ids that are taken: a batch before this one met a unique violation. */
  checkIds?: boolean;
  /** The events as the log takes them, where they are ready. */
  prepared?: PreparedEvents;
  /** What else is to be written of the batch, by its receipts; it goes with the last statement. */
  last?: (receipts: readonly Receipt[]) => RawBuilder<unknown>;
  /** Work for this process while the database writes; the batch fails with it. */
  meanwhile?: () => Promise<void>;
};

/**
 * Judges a run of events that continues the appender's log and writes all that follows: log, states, feeds,
 * roll-up; in the caller's transaction. Returns one receipt an event, in order. An event that is not legal is
 * recorded as rejected with its rule and blocks nothing behind it. @throws StaleStream, to be tried again.
 */
export async function appendEvents(
  work: Work,
  appender: Appender,
  events: readonly PushedEvent[],
  options: AppendOptions,
): Promise<PlacedReceipt[]> {
  const { units, receivedAt, marks, alsoConcerned = [], checkIds = false, moved, meanwhile } = options;
  const prepared = options.prepared ?? prepareEvents(events);
  const streams = await lockStreams(work, [...events.map((event) => event.stream), ...alsoConcerned]);
  const staff = appender.centre ? new Map<string, never>() : await loadStaff(work, events);
  const takenIds = checkIds ? await loadTakenIds(work, events) : new Set<string>();
  // The same all through the batch, whatever another request reads meanwhile.
  const rules = units.rules();
  const closed = perhapsArchived(streams.values());
  const judgement = judgeEvents(events, appender, { streams, staff, takenIds, rules }, units);

  for (const path of judgement.feeds.keys()) moved?.add(path);

  // What this process has to do goes on while the database takes in the events, the longest of its work.
  let deltas: PreparedDeltas | undefined;
  let marked: MarkRow[] | undefined;
  const mark = (): MarkRow[] => (marks ? marksOf(events, judgement.receipts, streams, marks) : []);
  const beside = async (): Promise<void> => {
    await nextTurn();
    deltas = prepareDeltas(judgement.sum);
    marked = mark();
    await meanwhile?.();
  };
  const write = async (): Promise<void> => {
    // Histories before the batch's own events join the log.
    const histories = await loadHistories(work, concernedBy(judgement.feeds));
    const judged = {
      receipts: judgement.receipts,
      receivedAt,
      calendarImports: calendarImports(rules, appender.unitPath),
    };
    await saveEvents(work, appender, prepared, judged, streams.values());
    await bringBack(work, closed, receivedAt);
    await saveUnits(work, [...judgement.units.values()]);
    await saveIssuedNumbers(work, appender, events, judgement.receipts);
    const rows = Map.groupBy(marked ?? mark(), (row) => streams.get(keyOf(row))?.revision === 0);
    await writeMarks(work, rows.get(false) ?? []);
    const feeds = expand(judgement.feeds, histories);
    const before = await appendToFeeds(work, feeds, markInsert(rows.get(true) ?? [], 'none'));
    placeReceipts(judgement.receipts, feeds.get(appender.unitPath), before.get(appender.unitPath));
    const last = options.last?.(judgement.receipts) ?? null;
    await writeDeltas(work, deltas ?? prepareDeltas(judgement.sum), ROLLUP_TABLES, last);
  };
  const [written, done] = await Promise.allSettled([write(), beside()]);
  // What is wrong with the batch itself says more than what the database made of it.
  if (done.status === 'rejected') throw done.reason;
  if (written.status === 'rejected') throw written.reason;
  return judgement.receipts;
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

function concernedBy(feeds: Map<string, FeedEntry[]>): Set<StreamRecord> {
  const streams = new Set<StreamRecord>();
  for (const entries of feeds.values()) {
    for (const entry of entries) if ('historyOf' in entry) streams.add(entry.historyOf);
  }
  return streams;
}

function expand(
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
