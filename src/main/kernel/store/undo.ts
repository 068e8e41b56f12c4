import { sql } from 'kysely';
import type { EventEnvelope } from '../../../domain/kernel/event/event.ts';
import type { Directory } from './directory.ts';
import { envelopeOf } from './event-log.ts';
import { saveFacts } from './save-facts.ts';
import { refold } from './refold.ts';
import type { EventTable } from './schema.ts';
import type { Reader, Store, Writer } from './store.ts';
import type { StreamKey } from './streams.ts';

/** The end of this device's log: 0 before anything was recorded. */
export async function lastRecorded(store: Store): Promise<number> {
  const { rows } = await sql<{ last: number | null }>`
    SELECT max(device_sequence) AS last FROM event WHERE origin = 'local'`.execute(store.read);
  return rows[0]?.last ?? 0;
}

/** What may be taken back: the person's own last step of these types on the stream; `after` is the last that may have left. */
export type Wanted = { stream: StreamKey; staffId: string; types: ReadonlySet<string>; after: number };

/** The last fact of this device's log while it waits here, when it is the one that is wanted; else null. */
export async function lastUndoable(from: Reader | Writer, wanted: Wanted): Promise<EventEnvelope | null> {
  const { rows } = await sql<EventTable>`
    SELECT * FROM event WHERE origin = 'local' ORDER BY device_sequence DESC LIMIT 1`.execute(from);
  const row = rows[0];
  if (!row || row.status !== 'pending' || row.device_sequence <= wanted.after) return null;
  const event = envelopeOf(row);
  const fits =
    event.stream.kind === wanted.stream.kind &&
    event.stream.id === wanted.stream.id &&
    event.actor.staffId === wanted.staffId &&
    wanted.types.has(event.type);
  return fits ? event : null;
}

/**
 * Takes back the last fact of this device's log, as if it had never been recorded: nothing is chained to it yet, and
 * nobody else has it. False when it is of another record or kind, or may have left the workstation. The
 * caller sees to it that nothing is being sent meanwhile.
 */
export async function takeBack(writer: Writer, directory: Directory, wanted: Wanted): Promise<boolean> {
  const event = await lastUndoable(writer, wanted);
  if (event === null) return false;
  await sql`DELETE FROM outbox WHERE event_id = ${event.id}`.execute(writer);
  await sql`DELETE FROM event WHERE id = ${event.id}`.execute(writer);
  const { states } = await refold(writer, [event.stream], directory.rules());
  await saveFacts(
    writer,
    [],
    [...states.values()].map((one) => ({ ...one, search: 'again' as const })),
    directory,
  );
  return true;
}
