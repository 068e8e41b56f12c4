import { sql } from 'kysely';
import type { AttentionItem, SyncStatus } from '../../contract/workstation/sync.ts';
import type { EventEnvelope, StreamKind } from '../../domain/event/event.ts';
import { maskPayload } from '../../domain/text/index.ts';
import { envelopeOf, type Reader } from '../store/index.ts';
import type { EventTable } from '../store/schema.ts';
import { keyOf } from '../store/streams.ts';
import { requireStaff, type CallContext } from './desk.ts';
import { os } from './implementer.ts';

/** What a person recognises records by, for a whole page at once; those that stand on no list are left out. */
async function titlesOf(read: Reader, events: readonly EventEnvelope[]): Promise<Map<string, string>> {
  const ids = (kind: StreamKind): string =>
    JSON.stringify(events.flatMap(({ stream }) => (stream.kind === kind ? [stream.id] : [])));
  const { rows } = await sql<{ kind: StreamKind; id: string; title: string }>`
    SELECT 'case' AS kind, id, number AS title FROM case_row
      WHERE id IN (SELECT value FROM json_each(${ids('case')}))
    UNION ALL SELECT 'return', id, number FROM return_row
      WHERE id IN (SELECT value FROM json_each(${ids('return')}))
    UNION ALL SELECT 'merchant', id, name FROM merchant_row
      WHERE id IN (SELECT value FROM json_each(${ids('merchant')}))`.execute(read);
  return new Map(rows.map(({ kind, id, title }) => [keyOf({ kind, id }), title]));
}

/** The title of what is on no list: the number that the fact itself gives, else the id. */
function titleIn({ payload, stream }: EventEnvelope): string {
  return typeof payload === 'object' && payload !== null && 'number' in payload
    ? String(payload.number)
    : stream.id;
}

async function attention(context: CallContext): Promise<AttentionItem[]> {
  requireStaff(context);
  const { rows } = await sql<EventTable>`
    SELECT * FROM event
    WHERE (status IN ('rejected', 'quarantined', 'unknown') AND dismissed_at IS NULL)
      OR id IN (SELECT event_id FROM salvaged_event WHERE dismissed_at IS NULL)
    ORDER BY local_order DESC LIMIT 200`.execute(context.desk.store.read);
  const events = rows.map((row) => ({ row, event: envelopeOf(row) }));
  const titles = await titlesOf(
    context.desk.store.read,
    events.map(({ event }) => event),
  );
  return events.map(({ row, event }): AttentionItem => {
    return {
      eventId: event.id,
      stream: event.stream,
      title: titles.get(keyOf(event.stream)) ?? titleIn(event),
      type: event.type,
      at: event.at,
      actorName: event.actor.name,
      status:
        row.status === 'pending' || row.status === 'accepted' || row.dismissed_at !== null
          ? 'salvaged'
          : row.status,
      refusal: row.refusal === null ? null : (JSON.parse(row.refusal) as AttentionItem['refusal']),
      payload: maskPayload(event.payload),
    };
  });
}

/** The status now and at every change, until the caller goes away. */
async function* watch({ desk }: CallContext, signal: AbortSignal | undefined): AsyncGenerator<SyncStatus> {
  let wake: () => void = () => undefined;
  let latest: SyncStatus | null = desk.sync.status();
  const unsubscribe = desk.sync.subscribe((status) => {
    latest = status;
    wake();
  });
  const stop = (): void => wake();
  signal?.addEventListener('abort', stop);
  try {
    while (!signal?.aborted) {
      if (latest !== null) {
        const next = latest;
        latest = null;
        yield next;
        continue;
      }
      await new Promise<void>((resolve) => {
        wake = resolve;
      });
    }
  } finally {
    signal?.removeEventListener('abort', stop);
    unsubscribe();
  }
}

export const sync = {
  status: os.sync.status.handler(({ context }) => context.desk.sync.refresh()),
  watch: os.sync.watch.handler(({ context, signal }) => watch(context, signal)),
  now: os.sync.now.handler(async ({ context }) => {
    const status = await context.desk.sync.run();
    // Files follow at their own pace; the status tells of them.
    void context.desk.uploads.run();
    return status;
  }),
  attention: os.sync.attention.handler(({ context }) => attention(context)),
  dismiss: os.sync.dismiss.handler(async ({ context, input }) => {
    requireStaff(context);
    const { desk } = context;
    const at = desk.clock().toISOString();
    await desk.store.write(async (writer) => {
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
    await desk.sync.refresh();
    return { ok: true as const };
  }),
};
