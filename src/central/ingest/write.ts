import { sql } from 'kysely';
import type { PushedEvent, Receipt } from '../../contract/central.ts';
import type { UnitState } from '../../domain/org/unit.ts';
import { jsonTextArray, numberArray, textArray } from '../db/arrays.ts';
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
  judged: { receipts: readonly Receipt[]; receivedAt: Date; calendarImports: number },
): Promise<void> {
  const { receipts } = judged;
  const column = <Value>(of: (event: PushedEvent) => Value): Value[] => events.map(of);
  await sql`
    INSERT INTO event (circle, device, id, stream_kind, stream_id, type, version, payload, actor, device_sequence,
      at, unit_path, previous_hash, hash, status, refusal, received_at, calendar_imports)
    SELECT ${homeOf(appender)}, ${appender.id}, *, ${judged.receivedAt}::timestamptz,
      ${judged.calendarImports}::int FROM unnest(
      ${textArray(column((event) => event.id))}::uuid[],
      ${textArray(column((event) => event.stream.kind))}::text[],
      ${textArray(column((event) => event.stream.id))}::text[],
      ${textArray(column((event) => event.type))}::text[],
      ${numberArray(column((event) => event.version))}::int[],
      ${jsonTextArray(column((event) => JSON.stringify(event.payload ?? null)))}::text[],
      ${jsonTextArray(column((event) => JSON.stringify(event.actor)))}::text[],
      ${numberArray(column((event) => event.deviceSequence))}::bigint[],
      ${textArray(column((event) => event.at))}::text[],
      ${textArray(column((event) => event.unitPath))}::text[],
      ${textArray(column((event) => event.previousHash))}::text[],
      ${textArray(column((event) => event.hash))}::text[],
      ${textArray(receipts.map((receipt) => receipt.status))}::text[],
      ${jsonTextArray(receipts.map((receipt) => (receipt.refusal ? JSON.stringify(receipt.refusal) : null)))}::text[])`.execute(
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
      ${textArray(changed.map((one) => one.kind))}::text[],
      ${textArray(changed.map((one) => one.id))}::text[],
      ${numberArray(changed.map((one) => one.revision + 1))}::bigint[],
      ${jsonTextArray(changed.map((one) => (one.state === undefined ? null : JSON.stringify(one.state.state))))}::text[],
      ${jsonTextArray(changed.map((one) => JSON.stringify([...one.sight])))}::text[]) AS fresh (kind, id, revision, state, sight)
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
      ${textArray(units.map((unit) => unit.path))}::text[],
      ${textArray(units.map((unit) => unit.id))}::text[],
      ${textArray(units.map((unit) => unit.name))}::text[],
      ${numberArray(units.map((unit) => unit.level))}::int[],
      ${textArray(units.map((unit) => unit.party))}::text[],
      ${units.map((unit) => unit.disputePoint)}::boolean[])
    ON CONFLICT (path) DO UPDATE SET name = excluded.name`.execute(work);
}
