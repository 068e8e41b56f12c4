import { sql } from 'kysely';
import { CHAIN_START, eventHash } from '../../protocol/chain.ts';
import { envelopeOf, type StreamKey, type Writer } from '../kernel/store/index.ts';
import { eventRows, type LoggedEvent } from '../kernel/store/event-log.ts';
import { writeEvents } from '../kernel/store/fact-write.ts';
import { TAKEN_OUT, type EventTable } from '../kernel/store/schema.ts';
import type { Damaged } from '../kernel/store/salvage.ts';

/** This device's own facts that can be read and that wait or are behind a number, in their order. */
export async function ownFacts(source: Damaged, device: string): Promise<EventTable[]> {
  const found: EventTable[] = [];
  for await (const { rows } of source.rows('event'))
    for (const row of rows as EventTable[])
      if (row.origin === 'local' && row.device === device) found.push(row);
  return found.toSorted((one, other) => one.device_sequence - other.device_sequence);
}

type Head = { sequence: number; hash: string };

async function headOf(writer: Writer): Promise<Head> {
  const { rows } = await sql<Head>`
    SELECT device_sequence AS sequence, hash FROM event WHERE origin = 'local'
    ORDER BY device_sequence DESC LIMIT 1`.execute(writer);
  return rows[0] ?? { sequence: 0, hash: CHAIN_START };
}

/**
 * Adds own facts that the store does not have behind the end of its log, each with its id, time, person and content; number and
 * hashes are what they were where the log goes on as it did, and new where some before them are gone. Returns their records.
 */
export async function carryOver(writer: Writer, facts: readonly EventTable[]): Promise<StreamKey[]> {
  if (facts.length === 0) return [];
  const ids = JSON.stringify(facts.map(({ id }) => id));
  const { rows: known } = await sql<{ id: string }>`
    SELECT id FROM event WHERE id IN (SELECT value FROM json_each(${ids}))`.execute(writer);
  const here = new Set(known.map(({ id }) => id));
  let head = await headOf(writer);
  const missing = facts.filter(({ id }) => !here.has(id));
  const logged = missing.map((row): LoggedEvent => {
    const event = { ...envelopeOf(row), deviceSequence: head.sequence + 1 };
    const before = head.hash;
    // Its hash is of what was in it before its record was erased.
    const takenOut = row.sealed_with === TAKEN_OUT;
    const hash = takenOut && row.previous_hash === before ? row.hash : eventHash(event, before);
    const asItWas = hash === row.hash;
    head = { sequence: event.deviceSequence, hash };
    return {
      event,
      takenOut,
      previousHash: before,
      hash,
      origin: 'local',
      // What has another number now is another fact to the centre until it has said so.
      status: asItWas ? row.status : 'pending',
      feedPosition: null,
      receivedAt: asItWas ? row.received_at : null,
      refusal: null,
    };
  });
  await writeEvents(writer, eventRows(logged));
  await sql`
    DELETE FROM outbox WHERE event_id IN (SELECT id FROM event WHERE status IN ('accepted', 'rejected'))`.execute(
    writer,
  );
  return missing.map((row) => ({ kind: row.stream_kind, id: row.stream_id }));
}
