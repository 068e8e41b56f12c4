import { sql } from 'kysely';
import type { PushedEvent, Receipt } from '../../contract/central.ts';
import { defaultCalendar } from '../../domain/calendar/index.ts';
import type { StreamKind } from '../../domain/event/event.ts';
import type { Refusal } from '../../domain/event/ruling.ts';
import type { StaffState } from '../../domain/org/staff.ts';
import { rollupDeltas } from '../../domain/rollup/deltas.ts';
import { applyFact, sightOf, type AnyState } from '../../domain/streams.ts';
import type { Work } from '../db/database.ts';
import { appendToFeeds, type FeedEntry, type FeedEvent } from '../feeds/append.ts';
import { createDeltaSum, writeDeltas } from '../rollup/write.ts';
import type { UnitCache } from '../units.ts';

/** Who pushes: a workstation at its unit, or the centre's own administration. */
export type Appender = { id: string; unitPath: string; centre: boolean };

type StreamRecord = {
  kind: StreamKind;
  id: string;
  state: AnyState | undefined;
  sight: string[];
  changed: boolean;
  /** It has events from before this batch. */
  existed: boolean;
  /** Events accepted or kept in this batch, for units that come to see the stream later in it. */
  fresh: FeedEvent[];
};

export function circleOf(unitPath: string): string {
  return unitPath.split('/').slice(0, 3).join('/');
}

const keyOf = (stream: { kind: string; id: string }): string => `${stream.kind}:${stream.id}`;

/** What a workstation may not write: those records are the centre's. */
function refusedForDevice(event: PushedEvent): Refusal | null {
  const { kind } = event.stream;
  if (kind === 'unit' || kind === 'workstation') return { rule: 'stream-not-yours' };
  if (kind === 'staff' && event.type !== 'password-changed') return { rule: 'stream-not-yours' };
  return null;
}

/**
 * Judges a run of events that continues the appender's log and writes all that follows from them: log,
 * states, feeds, roll-up; in the caller's transaction. Returns one receipt an event, in order. An event that
 * is not legal is recorded as rejected with its rule and blocks nothing behind it.
 */
export async function appendEvents(
  work: Work,
  appender: Appender,
  events: readonly PushedEvent[],
  units: UnitCache,
  receivedAt: Date,
): Promise<Receipt[]> {
  const streams = await lockStreams(work, events);
  const staff = appender.centre ? new Map<string, StaffState>() : await staffOf(work, events);
  const sum = createDeltaSum();
  const feeds = new Map<string, FeedEntry[]>();
  const late: { stream: StreamRecord; unitPath: string }[] = [];
  const receipts: Receipt[] = [];
  const context = { levelOf: units.levelOf, partyOf: units.partyOf, calendar: defaultCalendar };

  for (const event of events) {
    const stream = streams.get(keyOf(event.stream));
    if (!stream) throw new Error('A stream of the batch was not loaded');
    const receipt: Receipt = { id: event.id, deviceSequence: event.deviceSequence, status: 'accepted' };
    receipts.push(receipt);
    const refusal = appender.centre ? null : refusalOf(event, appender, staff);
    const ruling = refusal === null ? applyFact(stream.state, event) : { kind: 'illegal' as const, refusal };
    if (ruling.kind === 'illegal') {
      receipt.status = 'rejected';
      receipt.refusal = ruling.refusal;
      continue;
    }
    const before = stream.state;
    let sight = stream.sight;
    if (ruling.kind === 'unknown') {
      receipt.status = 'unknown';
      if (sight.length === 0) sight = [appender.unitPath];
    } else {
      stream.state = ruling.state;
      sight = sightAfter(ruling.state, stream.sight, units);
      if (ruling.state.kind === 'unit') await projectUnit(work, ruling.state.state, units);
      const deltas = rollupDeltas(before, event, ruling.state, context);
      sum.add(deltas);
    }
    stream.changed = true;
    const entry: FeedEvent = { eventId: event.id, hash: event.hash };
    for (const path of sight) {
      if (!stream.sight.includes(path) && (stream.existed || stream.fresh.length > 0)) {
        late.push({ stream, unitPath: path });
        // The whole history comes first; the batch's own part of it is in `fresh`.
        push(feeds, path, { historyOf: keyOf(event.stream), fresh: [...stream.fresh] });
      }
      push(feeds, path, entry);
    }
    stream.sight = sight;
    stream.fresh.push(entry);
  }

  const histories = await historiesOf(
    work,
    late.map((one) => one.stream),
  );
  await insertEvents(work, events, receipts, receivedAt);
  await saveStreams(work, [...streams.values()], appender.unitPath);
  await appendToFeeds(work, feeds, histories);
  await writeDeltas(work, sum);
  return receipts;
}

function push(feeds: Map<string, FeedEntry[]>, path: string, entry: FeedEntry): void {
  const list = feeds.get(path);
  if (list) list.push(entry);
  else feeds.set(path, [entry]);
}

function sightAfter(state: AnyState, before: readonly string[], units: UnitCache): string[] {
  const sight = new Set([...before, ...sightOf(state, units.levelOf)]);
  if (state.kind === 'unit') {
    // Everyone below needs the units above: to know whom they escalate to.
    for (const unit of units.all()) if (unit.path.startsWith(`${state.state.path}/`)) sight.add(unit.path);
  }
  return [...sight];
}

function refusalOf(event: PushedEvent, appender: Appender, staff: Map<string, StaffState>): Refusal | null {
  const own = refusedForDevice(event);
  if (own !== null) return own;
  if (event.unitPath !== appender.unitPath) return { rule: 'outside-scope', field: 'unitPath' };
  const person = staff.get(event.actor.staffId);
  const assigned = person?.assignments.some(
    (one) => one.role === event.actor.role && one.unitPath === event.actor.unitPath,
  );
  // What was done under an earlier assignment stays valid; what nobody was ever assigned to does not.
  return assigned ? null : { rule: 'actor-unknown', field: 'actor' };
}

async function lockStreams(work: Work, events: readonly PushedEvent[]): Promise<Map<string, StreamRecord>> {
  const streams = new Map<string, StreamRecord>();
  for (const { stream } of events) {
    streams.set(keyOf(stream), {
      ...stream,
      state: undefined,
      sight: [],
      changed: false,
      existed: false,
      fresh: [],
    });
  }
  const wanted = [...streams.values()];
  const { rows } = await sql<{ kind: StreamKind; id: string; state: string | null; sight: string[] }>`
    SELECT stream.kind, stream.id, stream.state, stream.sight FROM stream
    JOIN unnest(${wanted.map((one) => one.kind)}::text[], ${wanted.map((one) => one.id)}::text[]) AS wanted (kind, id)
      ON stream.kind = wanted.kind AND stream.id = wanted.id
    ORDER BY stream.kind, stream.id FOR UPDATE OF stream`.execute(work);
  for (const row of rows) {
    const record = streams.get(keyOf(row));
    if (!record) continue;
    record.sight = row.sight;
    record.existed = true;
    // Written by `saveStreams` from a value of exactly this type.
    if (row.state !== null) record.state = { kind: row.kind, state: JSON.parse(row.state) };
  }
  return streams;
}

async function staffOf(work: Work, events: readonly PushedEvent[]): Promise<Map<string, StaffState>> {
  const ids = [...new Set(events.map((event) => event.actor.staffId))];
  const { rows } = await sql<{ id: string; state: string }>`
    SELECT id, state FROM stream WHERE kind = 'staff' AND id = ANY(${ids}::text[]) AND state IS NOT NULL`.execute(
    work,
  );
  return new Map(rows.map((row) => [row.id, JSON.parse(row.state) as StaffState]));
}

async function projectUnit(
  work: Work,
  unit: { path: string; id: string; name: string; level: number; party: string; disputePoint: boolean },
  units: UnitCache,
): Promise<void> {
  await sql`
    INSERT INTO unit (path, id, name, level, party, dispute_point)
    VALUES (${unit.path}, ${unit.id}, ${unit.name}, ${unit.level}, ${unit.party}, ${unit.disputePoint})
    ON CONFLICT (path) DO UPDATE SET name = excluded.name`.execute(work);
  await units.reload(work);
}

async function historiesOf(work: Work, streams: readonly StreamRecord[]): Promise<Map<string, FeedEvent[]>> {
  const histories = new Map<string, FeedEvent[]>();
  if (streams.length === 0) return histories;
  const { rows } = await sql<{ kind: string; id: string; eventId: string; hash: string }>`
    SELECT event.stream_kind AS kind, event.stream_id AS id, event.id AS "eventId", event.hash FROM event
    WHERE (stream_kind, stream_id) IN (
      SELECT * FROM unnest(${streams.map((one) => one.kind)}::text[], ${streams.map((one) => one.id)}::text[]))
      AND status <> 'rejected'
    ORDER BY position`.execute(work);
  for (const row of rows) {
    const key = keyOf(row);
    const list = histories.get(key) ?? [];
    list.push({ eventId: row.eventId, hash: row.hash });
    histories.set(key, list);
  }
  return histories;
}

async function insertEvents(
  work: Work,
  events: readonly PushedEvent[],
  receipts: readonly Receipt[],
  receivedAt: Date,
): Promise<void> {
  const column = <Value>(of: (event: PushedEvent) => Value): Value[] => events.map(of);
  await sql`
    INSERT INTO event (id, circle, stream_kind, stream_id, type, version, payload, actor, device, device_sequence,
      at, unit_path, previous_hash, hash, status, refusal, received_at)
    SELECT *, ${receivedAt}::timestamptz FROM unnest(
      ${column((event) => event.id)}::uuid[],
      ${column((event) => circleOf(event.unitPath))}::text[],
      ${column((event) => event.stream.kind)}::text[],
      ${column((event) => event.stream.id)}::text[],
      ${column((event) => event.type)}::text[],
      ${column((event) => event.version)}::int[],
      ${column((event) => JSON.stringify(event.payload ?? null))}::text[],
      ${column((event) => JSON.stringify(event.actor))}::text[],
      ${column((event) => event.device)}::text[],
      ${column((event) => event.deviceSequence)}::bigint[],
      ${column((event) => event.at)}::text[],
      ${column((event) => event.unitPath)}::text[],
      ${column((event) => event.previousHash)}::text[],
      ${column((event) => event.hash)}::text[],
      ${receipts.map((receipt) => receipt.status)}::text[],
      ${receipts.map((receipt) => (receipt.refusal ? JSON.stringify(receipt.refusal) : null))}::text[])`.execute(
    work,
  );
}

async function saveStreams(work: Work, streams: readonly StreamRecord[], unitPath: string): Promise<void> {
  const changed = streams.filter((one) => one.changed).toSorted((a, b) => (keyOf(a) < keyOf(b) ? -1 : 1));
  if (changed.length === 0) return;
  // Sight as JSON text: unnest would flatten an array of arrays.
  await sql`
    INSERT INTO stream (kind, id, circle, state, sight)
    SELECT kind, id, ${circleOf(unitPath)}, state, ARRAY(SELECT json_array_elements_text(sight::json))
    FROM unnest(
      ${changed.map((one) => one.kind)}::text[],
      ${changed.map((one) => one.id)}::text[],
      ${changed.map((one) => (one.state === undefined ? null : JSON.stringify(one.state.state)))}::text[],
      ${changed.map((one) => JSON.stringify(one.sight))}::text[]) AS fresh (kind, id, state, sight)
    ON CONFLICT (kind, id) DO UPDATE SET state = excluded.state, sight = excluded.sight`.execute(work);
}
