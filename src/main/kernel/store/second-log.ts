import { sql } from 'kysely';
import { CHAIN_START, eventHash } from '../../../protocol/chain.ts';
import { envelopeOf, eventRows, type LoggedEvent } from './event-log.ts';
import { writeEvents } from './fact-write.ts';
import type { EventTable } from './schema.ts';
import type { Reader, Writer } from './store.ts';

/** The centre's log of this device is not this folder's: an old backup was put back, or two have one identity. */
export class SecondLog extends Error {
  constructor(sequence: number) {
    super(`The centre has another fact under number ${sequence} of this device`);
  }
}

/** True when this folder's log holds what the centre says is its last fact of this device. */
export async function holdsHead(
  read: Reader,
  head: { sequence: number; hash: string } | undefined,
): Promise<boolean> {
  if (head === undefined || head.sequence === 0) return true;
  const { rows } = await sql<{ hash: string }>`
    SELECT hash FROM event WHERE origin = 'local' AND device_sequence = ${head.sequence}`.execute(read);
  return rows[0]?.hash === head.hash;
}

/**
 * Starts a new log under a new identity, in the caller's transaction. Facts the centre has not confirmed are
 * recorded anew in their old order, each with its id, time, person and content as they were; only device,
 * number and hashes are new. What the old log had confirmed stays as facts of the feed. Returns how many were
 * carried over. The feed must have been read to its end before, so that nothing is sent twice without need.
 */
export async function startNewLog(writer: Writer, device: string, at: string): Promise<number> {
  const { rows } = await sql<EventTable>`
    SELECT * FROM event WHERE origin = 'local' AND status = 'pending' ORDER BY device_sequence`.execute(
    writer,
  );
  const salvaged = JSON.stringify(
    rows.map(({ id, device: before, device_sequence: sequence }) => ({ id, device: before, sequence })),
  );
  await sql`
    INSERT INTO salvaged_event (event_id, device, device_sequence, salvaged_at)
    SELECT value ->> 'id', value ->> 'device', value ->> 'sequence', ${at} FROM json_each(${salvaged}) WHERE true
    ON CONFLICT (event_id) DO UPDATE SET device = excluded.device, device_sequence = excluded.device_sequence,
      salvaged_at = excluded.salvaged_at, dismissed_at = NULL`.execute(writer);
  await sql`DELETE FROM outbox`.execute(writer);
  await sql`DELETE FROM event WHERE origin = 'local' AND status = 'pending'`.execute(writer);
  await sql`UPDATE event SET origin = 'feed' WHERE origin = 'local'`.execute(writer);
  let previousHash = CHAIN_START;
  const logged = rows.map((row, index): LoggedEvent => {
    const event = { ...envelopeOf(row), device, deviceSequence: index + 1 };
    const before = previousHash;
    previousHash = eventHash(event, before);
    return {
      event,
      previousHash: before,
      hash: previousHash,
      origin: 'local',
      status: 'pending',
      feedPosition: null,
      receivedAt: null,
      refusal: null,
    };
  });
  await writeEvents(writer, eventRows(logged));
  // An upload belongs to the device that began it.
  await sql`UPDATE evidence_link SET upload_path = NULL WHERE upload_path IS NOT NULL`.execute(writer);
  return logged.length;
}
