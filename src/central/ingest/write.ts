import { sql } from 'kysely';
import type { PushedEvent, Receipt } from '../../contract/central.ts';
import type { UnitState } from '../../domain/org/unit.ts';
import { numberArray } from '../db/arrays.ts';
import type { Work } from '../db/database.ts';
import { circleOf } from '../db/schema.ts';
import { keyOf, type Appender, type StreamRecord } from './judge.ts';

/** Another batch wrote a stream that this one took for new: judge again against what is there now. */
export class StaleStream extends Error {}

/** The log's home: a workstation's circle, or `centre`. */
export function homeOf(appender: Appender): string {
  return appender.centre ? appender.id : circleOf(appender.unitPath);
}

export async function insertEvents(
  work: Work,
  appender: Appender,
  events: readonly PushedEvent[],
  receipts: readonly Receipt[],
  receivedAt: Date,
): Promise<void> {
  const column = <Value>(of: (event: PushedEvent) => Value): Value[] => events.map(of);
  await sql`
    INSERT INTO event (circle, id, stream_kind, stream_id, type, version, payload, actor, device, device_sequence,
      at, unit_path, previous_hash, hash, status, refusal, received_at)
    SELECT ${homeOf(appender)}, *, ${receivedAt}::timestamptz FROM unnest(
      ${column((event) => event.id)}::uuid[],
      ${column((event) => event.stream.kind)}::text[],
      ${column((event) => event.stream.id)}::text[],
      ${column((event) => event.type)}::text[],
      ${numberArray(column((event) => event.version))}::int[],
      ${column((event) => JSON.stringify(event.payload ?? null))}::text[],
      ${column((event) => JSON.stringify(event.actor))}::text[],
      ${column((event) => event.device)}::text[],
      ${numberArray(column((event) => event.deviceSequence))}::bigint[],
      ${column((event) => event.at)}::text[],
      ${column((event) => event.unitPath)}::text[],
      ${column((event) => event.previousHash)}::text[],
      ${column((event) => event.hash)}::text[],
      ${receipts.map((receipt) => receipt.status)}::text[],
      ${receipts.map((receipt) => (receipt.refusal ? JSON.stringify(receipt.refusal) : null))}::text[])`.execute(
    work,
  );
}

/** @throws StaleStream when a stream was made or changed by somebody else meanwhile. */
export async function saveStreams(
  work: Work,
  appender: Appender,
  streams: Iterable<StreamRecord>,
): Promise<void> {
  const changed = [...streams]
    .filter((one) => one.changed)
    .toSorted((a, b) => (keyOf(a) < keyOf(b) ? -1 : 1));
  if (changed.length === 0) return;
  const result = await sql`
    INSERT INTO stream (kind, id, circle, revision, state, sight)
    SELECT kind, id, ${homeOf(appender)}, revision, state, sight FROM unnest(
      ${changed.map((one) => one.kind)}::text[],
      ${changed.map((one) => one.id)}::text[],
      ${numberArray(changed.map((one) => one.revision + 1))}::bigint[],
      ${changed.map((one) => (one.state === undefined ? null : JSON.stringify(one.state.state)))}::text[],
      ${changed.map((one) => JSON.stringify([...one.sight]))}::text[]) AS fresh (kind, id, revision, state, sight)
    ON CONFLICT (kind, id) DO UPDATE
    SET revision = excluded.revision, state = excluded.state, sight = excluded.sight
    WHERE stream.revision = excluded.revision - 1`.execute(work);
  if (Number(result.numAffectedRows ?? 0) !== changed.length) throw new StaleStream();
}

export async function saveUnits(work: Work, units: readonly UnitState[]): Promise<void> {
  if (units.length === 0) return;
  await sql`
    INSERT INTO unit (path, id, name, level, party, dispute_point)
    SELECT * FROM unnest(
      ${units.map((unit) => unit.path)}::text[],
      ${units.map((unit) => unit.id)}::text[],
      ${units.map((unit) => unit.name)}::text[],
      ${numberArray(units.map((unit) => unit.level))}::int[],
      ${units.map((unit) => unit.party)}::text[],
      ${units.map((unit) => unit.disputePoint)}::boolean[])
    ON CONFLICT (path) DO UPDATE SET name = excluded.name`.execute(work);
}
