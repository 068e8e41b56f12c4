import { sql, type RawBuilder } from 'kysely';
import type { PushedEvent, Receipt } from '../../contract/central.ts';
import type { UnitState } from '../../domain/org/unit.ts';
import { eventTexts, type EventTexts } from '../../protocol/chain.ts';
import { numberArray, textArray } from '../db/arrays.ts';
import { bigintColumn, intColumn, textColumn, uuidColumn } from '../db/binary-arrays.ts';
import type { Work } from '../db/database.ts';
import { circleOf } from '../db/schema.ts';
import { keyOf, type Appender, type StreamRecord } from './judge.ts';

/** Another batch wrote a stream that this one took for new: judge again against what is there now. */
export class StaleStream extends Error {}

/** The log's home: a workstation's circle, or `centre`. */
export function homeOf(appender: Appender): string {
  return appender.centre ? appender.id : circleOf(appender.unitPath);
}

/** A batch's events as the log takes them, made before anything is locked for them. */
export type PreparedEvents = {
  events: readonly PushedEvent[];
  /** Actor and payload of each. */
  texts: readonly EventTexts[];
  columns: RawBuilder<unknown>;
};

/** Makes the columns of a batch, which are most of its bytes. */
export function prepareEvents(events: readonly PushedEvent[]): PreparedEvents {
  const texts = events.map(eventTexts);
  const column = <Value>(of: (event: PushedEvent) => Value): Value[] => events.map(of);
  const columns = sql`
      ${uuidColumn(column((event) => event.id))}::uuid[],
      ${textColumn(column((event) => event.stream.kind))}::text[],
      ${textColumn(column((event) => event.stream.id))}::text[],
      ${textColumn(column((event) => event.type))}::text[],
      ${intColumn(column((event) => event.version))}::int[],
      ${textColumn(texts.map((one) => one.payload))}::text[],
      ${textColumn(texts.map((one) => one.actor))}::text[],
      ${bigintColumn(column((event) => event.deviceSequence))}::bigint[],
      ${textColumn(column((event) => event.at))}::text[],
      ${textColumn(column((event) => event.unitPath))}::text[],
      ${textColumn(column((event) => event.previousHash))}::text[],
      ${textColumn(column((event) => event.hash))}::text[]`;
  return { events, texts, columns };
}

/** What the log is told of a batch beside its events. */
type Judged = { receipts: readonly Receipt[]; receivedAt: Date; calendarImports: number };

function eventInsert(
  appender: Appender,
  { columns }: PreparedEvents,
  { receipts, receivedAt, calendarImports }: Judged,
): RawBuilder<unknown> {
  return sql`
    INSERT INTO event (circle, device, id, stream_kind, stream_id, type, version, payload, actor, device_sequence,
      at, unit_path, previous_hash, hash, status, refusal, received_at, calendar_imports)
    SELECT ${homeOf(appender)}, ${appender.id}, *, ${receivedAt}::timestamptz, ${calendarImports}::int
    FROM unnest(${columns},
      ${textColumn(receipts.map((receipt) => receipt.status))}::text[],
      ${textColumn(receipts.map((receipt) => (receipt.refusal ? JSON.stringify(receipt.refusal) : null)))}::text[])`;
}

/**
 * Writes a batch into the log, and the streams as it leaves them. Events and new streams are one statement: between two the
 * database would wait for this process, which may be reading the next batch.
 * @throws StaleStream when a stream was changed by somebody else meanwhile; made by somebody else, it is a unique violation.
 */
export async function saveEvents(
  work: Work,
  appender: Appender,
  prepared: PreparedEvents,
  judged: Judged,
  streams: Iterable<StreamRecord>,
): Promise<void> {
  const changed = [...streams]
    .filter((one) => one.changed)
    .toSorted((a, b) => (keyOf(a) < keyOf(b) ? -1 : 1));
  // Most streams of a batch are new; looking for each before it is inserted would cost as much as inserting it.
  const fresh = changed.filter((one) => one.revision === 0);
  const logged = eventInsert(appender, prepared, judged);
  const statement =
    fresh.length === 0 ? logged : sql`WITH logged AS (${logged}) ${streamInsert(appender, fresh)}`;
  await statement.execute(work);
  await updateStreams(
    work,
    changed.filter((one) => one.revision > 0),
  );
}

function streamColumns(streams: readonly StreamRecord[]): RawBuilder<unknown> {
  return sql`unnest(
      ${textColumn(streams.map((one) => one.kind))}::text[],
      ${textColumn(streams.map((one) => one.id))}::text[],
      ${bigintColumn(streams.map((one) => one.revision + 1))}::bigint[],
      ${textColumn(streams.map((one) => (one.state === undefined ? null : JSON.stringify(one.state.state))))}::text[],
      ${textColumn(streams.map((one) => JSON.stringify([...one.sight])))}::text[]) AS fresh (kind, id, revision, state, sight)`;
}

function streamInsert(appender: Appender, streams: readonly StreamRecord[]): RawBuilder<unknown> {
  return sql`
    INSERT INTO stream (kind, id, circle, revision, state, sight)
    SELECT kind, id, ${homeOf(appender)}, revision, state, sight FROM ${streamColumns(streams)}`;
}

async function updateStreams(work: Work, streams: readonly StreamRecord[]): Promise<void> {
  if (streams.length === 0) return;
  const result = await sql`
    UPDATE stream SET revision = fresh.revision, state = fresh.state, sight = fresh.sight
    FROM ${streamColumns(streams)}
    WHERE stream.kind = fresh.kind AND stream.id = fresh.id AND stream.revision = fresh.revision - 1`.execute(
    work,
  );
  if (Number(result.numAffectedRows ?? 0) !== streams.length) throw new StaleStream();
}

export async function saveUnits(work: Work, units: readonly UnitState[]): Promise<void> {
  if (units.length === 0) return;
  await sql`
    INSERT INTO unit (path, id, name, level, party, dispute_point)
    SELECT * FROM unnest(
      ${textArray(units.map((unit) => unit.path))}::text[],
      ${textArray(units.map((unit) => unit.id))}::text[],
      ${textArray(units.map((unit) => unit.name))}::text[],
      ${numberArray(units.map((unit) => unit.level))}::int[],
      ${textArray(units.map((unit) => unit.party))}::text[],
      ${units.map((unit) => unit.disputePoint)}::boolean[])
    ON CONFLICT (path) DO UPDATE SET name = excluded.name`.execute(work);
}
