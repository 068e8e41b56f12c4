import { sql } from 'kysely';
import { asOfImports } from '../../../domain/procedure/index.ts';
import {
  applyFact,
  isStreamKind,
  recordsIn,
  rollupDeltas,
  sightOf,
  type AnyState,
} from '../../../domain/streams.ts';
import { knowledge } from '../../../protocol/state-form.ts';
import { uuidColumn } from '../db/binary-arrays.ts';
import type { Transaction } from '../db/database.ts';
import { inOneStatement } from '../db/one-statement.ts';
import { inTransaction } from '../db/retry.ts';
import { appendToFeeds, lockHeads } from '../feeds/append.ts';
import type { UnitCache } from '../units.ts';
import { LOG_COLUMNS, openedOf, type LogRow } from '../db/logged-event.ts';
import { JOIN_KEY } from '../keys/record-keys.ts';
import { concernedBy, expand, type IngestParts } from './append.ts';
import { statementsOf, type JudgedBatch } from './follower.ts';
import {
  keyOf,
  ruleOn,
  show,
  type Change,
  type FeedEntry,
  type StreamKey,
  type StreamRecord,
} from './judge.ts';
import { loadHistories, loadStaff, lockStreams } from './load.ts';
import { saveStreams, StaleStream } from './write.ts';

const SETTING = 'unknown-tried-by';

type ReceivedRow = LogRow & { received_at: Date };

type Parts = IngestParts & {
  /** Told which units' feeds it moved. */
  moved?: (paths: Iterable<string>) => void;
};

/** What trying a stream's unknown facts again came to: the state, and what those change that are legal where they stand. */
type Tried = { state: AnyState | undefined; changes: Change[] };

/**
 * Judges again what an older release set aside as unknown, once for all that this release knows: each fact in its place
 * in the log. A fact that is still unknown, or is not legal there, stays as it is. So do all of a stream where they would
 * change what its accepted facts were judged or counted by: what was acknowledged is never taken back. Returns how many
 * were accepted. Cut at any point, the next run goes on.
 */
export async function retryUnknown(parts: Parts, stopped: () => boolean = () => false): Promise<number> {
  const { database } = parts;
  const known = knowledge();
  const { rows } = await sql`SELECT 1 FROM setting WHERE key = ${SETTING} AND value = ${known}`.execute(
    database,
  );
  if (rows.length > 0) return 0;
  const streams = await sql<StreamKey>`
    SELECT DISTINCT stream_kind AS kind, stream_id AS id FROM event WHERE status = 'unknown'
    ORDER BY kind, id`.execute(database);
  let accepted = 0;
  for (const key of streams.rows) {
    if (stopped()) return accepted;
    if (!isStreamKind(key.kind)) continue;
    const moved = new Set<string>();
    accepted += await inTransaction(
      database,
      (transaction) => retryStream(transaction, parts, key, moved),
      (error) => error instanceof StaleStream,
    );
    parts.moved?.(moved);
  }
  await sql`
    INSERT INTO setting (key, value) VALUES (${SETTING}, ${known})
    ON CONFLICT (key) DO UPDATE SET value = excluded.value`.execute(database);
  return accepted;
}

async function retryStream(
  transaction: Transaction,
  { units, followers }: IngestParts,
  key: StreamKey,
  moved: Set<string>,
): Promise<number> {
  const streams = await lockStreams(transaction, [key]);
  const stream = streams.get(keyOf(key));
  if (!stream) return 0;
  const { rows } = await sql<ReceivedRow>`
    SELECT ${LOG_COLUMNS}, event.received_at FROM event ${JOIN_KEY}
    WHERE event.stream_kind = ${key.kind} AND event.stream_id = ${key.id} AND event.status <> 'rejected'
    ORDER BY position`.execute(transaction);
  const { state, changes } = await tryAgain(transaction, units, stream, rows);
  if (changes.length === 0 || state === undefined) return 0;
  stream.state = state;
  stream.changed = true;
  const ids = changes.map(({ event }) => event.id);
  await sql`
    UPDATE event SET status = 'accepted' WHERE stream_kind = ${key.kind} AND stream_id = ${key.id}
      AND status = 'unknown' AND id = ANY(${uuidColumn(ids)}::uuid[])`.execute(transaction);
  const entries = new Map<string, FeedEntry[]>();
  for (const path of sightOf(state, units.levelOf)) show(stream, path, entries);
  await saveStreams(transaction, { id: '', unitPath: '/', centre: true }, [stream]);
  const batch: JudgedBatch = { changes, streams, rulesRevision: units.rulesRevision(), newFacts: null };
  for (const statement of statementsOf(followers.behindRecords, batch)) await statement.execute(transaction);
  const histories = await loadHistories(transaction, concernedBy(entries));
  const heads = await lockHeads(transaction, [...entries.keys()]);
  await appendToFeeds(
    transaction,
    heads,
    expand(entries, histories),
    statementsOf(followers.withFeeds, batch),
  );
  await inOneStatement(statementsOf(followers.atEnd, batch))?.execute(transaction);
  for (const path of entries.keys()) moved.add(path);
  return changes.length;
}

async function tryAgain(
  transaction: Transaction,
  units: UnitCache,
  stream: StreamRecord,
  rows: readonly ReceivedRow[],
): Promise<Tried> {
  const nothing: Tried = { state: stream.state, changes: [] };
  const rules = units.rules();
  const events = rows.map(openedOf);
  const staff = await loadStaff(transaction, events);
  const streams = await lockStreams(transaction, events.flatMap(recordsIn));
  const tried: Tried = { state: undefined, changes: [] };
  /** The stream by its accepted facts alone, as it was judged and counted until now. */
  let before: AnyState | undefined;
  for (const [index, event] of events.entries()) {
    const row = rows[index];
    const context = { ...units, rules: asOfImports(rules, event.unitPath, row?.calendar_imports ?? 0) };
    if (row?.status === 'unknown') {
      const appender = { id: event.device, unitPath: event.unitPath, centre: event.device === 'centre' };
      const ruling = ruleOn({ state: tried.state, sight: stream.sight }, event, appender, {
        staff,
        streams,
        rules,
        receivedAt: row.received_at.toISOString(),
        get: units.get,
        levelOf: units.levelOf,
        partyOf: units.partyOf,
      });
      if (ruling.kind !== 'legal') continue;
      tried.changes.push({ event, before: tried.state, after: ruling.state, context });
      tried.state = ruling.state;
      continue;
    }
    const [was, is] = [applyFact(before, event, rules), applyFact(tried.state, event, rules)];
    if (was.kind !== 'legal' || is.kind !== 'legal') return nothing;
    const counted = (from: AnyState | undefined, to: AnyState): string =>
      JSON.stringify(rollupDeltas(from, event, to, context));
    if (counted(before, was.state) !== counted(tried.state, is.state)) return nothing;
    before = was.state;
    tried.state = is.state;
  }
  return tried;
}
