import { sql } from 'kysely';
import type { AttentionItem, SyncStatus, WatchedStatus } from '../../contract/workstation/sync.ts';
import type { EventEnvelope } from '../../domain/kernel/event/event.ts';
import { may } from '../../domain/organisation/index.ts';
import { streamOf, type AnyState } from '../../domain/streams.ts';
import { serviceError } from '../kernel/errors.ts';
import { noteDamage } from '../kernel/integrity/index.ts';
import { loadStates, openEvents } from '../kernel/store/index.ts';
import type { EventTable } from '../kernel/store/schema.ts';
import { keyOf } from '../kernel/store/streams.ts';
import type { CallContext, StaffContext, StaffSession } from '../kernel/parts.ts';
import { openOs, os } from '../kernel/implementer.ts';

/** What a person recognises a record by; where there is no state of it, what was entered may say. */
function titleOf(current: AnyState | undefined, { stream, payload }: EventEnvelope): string {
  if (current) return streamOf(current.kind).title(current.state);
  return typeof payload === 'object' && payload !== null && 'number' in payload
    ? String(payload.number)
    : stream.id;
}

/**
 * What stands on the list of a role that reads no cases: its own records as they are, and of colleagues' at the same workstation that
 * there is something, and whose.
 */
function asReadBy(item: AttentionItem, event: EventEnvelope, staff: StaffSession): AttentionItem {
  if (may(staff.role, 'case.read') || event.actor.staffId === staff.staffId) return item;
  return { ...item, title: '—', refusal: null, payload: null };
}

async function attention(context: StaffContext): Promise<AttentionItem[]> {
  const { read } = context.workstation.store;
  const { rows } = await sql<EventTable>`
    SELECT * FROM event
    WHERE (status IN ('rejected', 'quarantined', 'unknown') AND dismissed_at IS NULL)
      OR id IN (SELECT event_id FROM salvaged_event WHERE dismissed_at IS NULL)
    ORDER BY local_order DESC LIMIT 200`.execute(read);
  const states = await loadStates(
    read,
    rows.map((row) => ({ kind: row.stream_kind, id: row.stream_id })),
  );
  const events = await openEvents(read, rows);
  return events.flatMap((event, index): AttentionItem[] => {
    const row = rows[index];
    if (!row) return [];
    const item: AttentionItem = {
      eventId: event.id,
      stream: event.stream,
      title: titleOf(states.get(keyOf(event.stream)), event),
      type: event.type,
      at: event.at,
      actorName: event.actor.name,
      status:
        row.status === 'pending' || row.status === 'accepted' || row.dismissed_at !== null
          ? 'salvaged'
          : row.status,
      refusal: row.refusal === null ? null : (JSON.parse(row.refusal) as AttentionItem['refusal']),
      payload: event.payload,
    };
    return [asReadBy(item, event, context.staff)];
  });
}

/** The status now and at every change, until the caller goes away. */
async function* watch(
  { gate, client }: CallContext,
  signal: AbortSignal | undefined,
): AsyncGenerator<WatchedStatus> {
  let wake: () => void = () => undefined;
  let latest: SyncStatus | null = gate.status();
  let session = 0;
  const unsubscribe = gate.subscribe((status) => {
    latest = status;
    wake();
  });
  const moved = (): void => {
    session += 1;
    latest ??= gate.status();
    wake();
  };
  client.listeners.add(moved);
  const stop = (): void => wake();
  signal?.addEventListener('abort', stop);
  try {
    while (!signal?.aborted) {
      if (latest !== null) {
        const next = latest;
        latest = null;
        yield { ...next, session };
        continue;
      }
      await new Promise<void>((resolve) => {
        wake = resolve;
      });
    }
  } finally {
    signal?.removeEventListener('abort', stop);
    unsubscribe();
    client.listeners.delete(moved);
  }
}

export const sync = {
  status: openOs.sync.status.handler(
    async ({ context: { gate } }) => (await gate.parts()?.sync.refresh()) ?? gate.status(),
  ),
  watch: openOs.sync.watch.handler(({ context, signal }) => watch(context, signal)),
  now: openOs.sync.now.handler(async ({ context }) => {
    const { gate } = context;
    const parts = gate.parts();
    // Nobody is here: what waits goes as soon as somebody is.
    if (parts === null) return gate.status();
    const status = await parts.sync.run();
    // Files follow at their own pace; the status tells of them.
    void parts.uploads.run();
    return status;
  }),
  attention: os.sync.attention.handler(({ context }) => attention(context)),
  noteDamage: os.sync.noteDamage.handler(async ({ context }) => {
    await noteDamage(context.workstation.store);
    await context.workstation.sync.refresh();
    return { ok: true as const };
  }),
  dismiss: os.sync.dismiss.handler(async ({ context, input }) => {
    const { workstation, staff } = context;
    const at = workstation.clock().toISOString();
    const listed = may(staff.role, 'case.read') ? [] : await attention(context);
    // Nobody takes off the list what they could not read there.
    if (listed.some(({ eventId, payload }) => eventId === input.eventId && payload === null))
      throw serviceError('NOT_PERMITTED', { capability: 'case.read' });
    await workstation.store.write(async (writer) => {
      // A salvaged fact that is noted may still be refused later, and then shows again.
      await writer
        .updateTable('event')
        .set({ dismissed_at: at })
        .where('id', '=', input.eventId)
        .where('status', 'in', ['rejected', 'quarantined', 'unknown'])
        .execute();
      await writer
        .updateTable('salvaged_event')
        .set({ dismissed_at: at })
        .where('event_id', '=', input.eventId)
        .execute();
    });
    await workstation.sync.refresh();
    return { ok: true as const };
  }),
};
