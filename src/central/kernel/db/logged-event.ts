import { sql } from 'kysely';
import { openedPayload } from '../../../protocol/sealed-facts.ts';
import type { EventEnvelope } from '../../../domain/kernel/event/event.ts';

/** An event as the log holds it. */
export type LoggedEvent = {
  id: string;
  stream_kind: EventEnvelope['stream']['kind'];
  stream_id: string;
  type: string;
  version: number;
  /** JSON, as is `actor`. */
  payload: string;
  actor: string;
  device: string;
  device_sequence: number;
  at: string;
  unit_path: string;
  /** The key that what is personal in it is sealed with; null for none. */
  sealed_with: string | null;
  /** That key; null where there is none, and where it was destroyed. */
  record_key: string | null;
};

/** Its columns but the two longest, `payload` and `actor`, of a table or alias `event` with `JOIN_KEY`. */
export const EVENT_COLUMNS = sql`event.id, event.stream_kind, event.stream_id, event.type, event.version, event.device,
  event.device_sequence, event.at, event.unit_path, event.sealed_with, record_key.key AS record_key`;
export const EVENT_TEXTS = sql`event.payload, event.actor`;

/** The event as it was pushed, sealed. Its texts were written from values of just these types. */
export function envelopeOf(row: LoggedEvent): EventEnvelope {
  return {
    id: row.id,
    stream: { kind: row.stream_kind, id: row.stream_id },
    type: row.type,
    version: row.version,
    payload: JSON.parse(row.payload) as unknown,
    actor: JSON.parse(row.actor) as EventEnvelope['actor'],
    device: row.device,
    deviceSequence: row.device_sequence,
    at: row.at,
    unitPath: row.unit_path,
  };
}

/** The event as it was entered; `ERASED` stands for what cannot be opened any more. @throws SealBroken */
export function openedOf(row: LoggedEvent): EventEnvelope {
  const event = envelopeOf(row);
  return row.sealed_with === null ? event : { ...event, payload: openedPayload(event, row.record_key) };
}

/** An event with its place in the log, and what it was judged by. */
export type LogRow = LoggedEvent & {
  position: number;
  circle: string;
  previous_hash: string;
  hash: string;
  status: 'accepted' | 'rejected' | 'unknown';
  calendar_imports: number;
};

/** The columns of a `LogRow`, of a table or alias `event`. */
export const LOG_COLUMNS = sql`${EVENT_COLUMNS}, ${EVENT_TEXTS}, event.position, event.circle, event.previous_hash, event.hash, event.status,
  event.calendar_imports`;
