import { sql } from 'kysely';
import type { FeedItem } from '../../../contract/centre/index.ts';
import { ERASURE, leftBy } from '../../../domain/kernel/event/erasure.ts';
import { CENTRE_DEVICE } from '../../../domain/kernel/event/event.ts';
import { digestOf, leftOf } from '../../../protocol/sealed-facts.ts';
import type { Reader, Writer } from './access.ts';
import { envelopeOf } from './event-log.ts';
import { TAKEN_OUT, type EventTable } from './schema.ts';
import { wantedStreams, type StreamKey } from './streams.ts';

/** A record that was erased, and the place of that in the feed. */
export type Erased = { stream: StreamKey; position: number };

/** Whether an item of the feed is an erasure, and the centre's: nobody else erases. */
export function isErasure({ event, status }: FeedItem): boolean {
  return event.type === ERASURE && event.device === CENTRE_DEVICE && status === 'accepted';
}

/** The erasures among items of the feed. */
export function erasuresIn(items: readonly FeedItem[]): Erased[] {
  return items.filter(isErasure).map(({ event, position }) => ({ stream: event.stream, position }));
}

/**
 * Does here what an erasure says, in the caller's transaction, once the record's state is that of it: its keys are destroyed, and what is
 * not sealed goes from facts, papers and forms begun. A fact that waits is left as it is, since its hash is on its way; the centre
 * refuses it. Files of evidence go by `eraseWithdrawn`.
 */
export async function eraseRecords(writer: Writer, erased: readonly Erased[]): Promise<void> {
  if (erased.length === 0) return;
  const streams = erased.map(({ stream }) => stream);
  const wanted = sql`(SELECT value ->> 'kind', value ->> 'id' FROM json_each(${wantedStreams(streams)}))`;
  const ids = sql`(SELECT value ->> 'id' FROM json_each(${wantedStreams(streams)}))`;
  await sql`
    DELETE FROM record_key WHERE stream_id IN ${ids} AND (stream_kind, stream_id) IN ${wanted}`.execute(
    writer,
  );
  await sql`DELETE FROM document_file WHERE case_id IN ${ids}`.execute(writer);
  await sql`
    DELETE FROM draft WHERE EXISTS (SELECT 1 FROM json_each(${wantedStreams(streams)}) AS one
      WHERE draft.key LIKE '%:' || (one.value ->> 'id')
        OR draft.key LIKE '%:' || (one.value ->> 'id') || '#%')`.execute(writer);
  for (const { stream, position } of erased) {
    // What a snapshot brought is not to come back when the record is made anew.
    await sql`
      UPDATE stream_base SET position = ${position}, state = (SELECT stream.state FROM stream
        WHERE stream.kind = stream_base.kind AND stream.id = stream_base.id)
      WHERE kind = ${stream.kind} AND id = ${stream.id} AND EXISTS (SELECT 1 FROM stream
        WHERE stream.kind = stream_base.kind AND stream.id = stream_base.id AND stream.state LIKE '%"erased":{%')`.execute(
      writer,
    );
  }
  const { rows } = await sql<EventTable>`
    SELECT * FROM event WHERE (stream_kind, stream_id) IN ${wanted} AND sealed_with IS NULL
      AND status <> 'pending'`.execute(writer);
  for (const row of rows) {
    const left = leftOf(envelopeOf(row));
    if (left === null) continue;
    await writer
      .updateTable('event')
      .set({ payload: JSON.stringify(left.payload), sealed_with: TAKEN_OUT })
      .where('id', '=', row.id)
      .execute();
  }
}

/** What erasures of some records' streams say is left of their facts: digests by the ids of events; and which records were erased at all. */
export async function erasuresOf(
  from: Reader | Writer,
  streams: readonly StreamKey[],
): Promise<{ erased: ReadonlySet<string>; left: ReadonlyMap<string, string> }> {
  const [erased, left] = [new Set<string>(), new Map<string, string>()];
  if (streams.length === 0) return { erased, left };
  const { rows } = await sql<{ kind: string; id: string; payload: string }>`
    SELECT stream_kind AS kind, stream_id AS id, payload FROM event
    WHERE (stream_kind, stream_id) IN (
        SELECT value ->> 'kind', value ->> 'id' FROM json_each(${wantedStreams(streams)}))
      AND type = ${ERASURE} AND device = ${CENTRE_DEVICE} AND status = 'accepted' AND json_valid(payload)`.execute(
    from,
  );
  for (const { kind, id, payload } of rows) {
    const said = leftBy(JSON.parse(payload));
    if (said === null) continue;
    erased.add(`${kind}:${id}`);
    for (const [event, digest] of said) left.set(event, digest);
  }
  return { erased, left };
}

/** Whether what is left of a fact, out of which something was taken, is what the erasure of its record says. */
export function isLeft(row: Omit<EventTable, 'local_order'>, left: ReadonlyMap<string, string>): boolean {
  return left.get(row.id) === digestOf(envelopeOf(row));
}
