import type { Receipt } from '../../contract/centre/index.ts';
import type { EventEnvelope } from '../../domain/kernel/event/event.ts';
import { streamOf } from '../../domain/streams.ts';
import { keyOf, type StreamRecord } from '../kernel/ingest/judge.ts';
import type { ConsumerMarks } from './keys.ts';
import { markRowOf, type MarkRow } from './rows.ts';

/** The marks that follow from a judged batch, one a record, as the batch leaves it. */
export function marksOf(
  events: readonly EventEnvelope[],
  receipts: readonly Receipt[],
  streams: ReadonlyMap<string, StreamRecord>,
  marks: ConsumerMarks,
): MarkRow[] {
  const rows = new Map<string, MarkRow>();
  events.forEach((event, index) => {
    const key = keyOf(event.stream);
    if (receipts[index]?.status !== 'accepted' || rows.has(key)) return;
    const state = streams.get(key)?.state;
    if (!state || !streamOf(state.kind).consumer?.changedBy.includes(event.type)) return;
    const row = markRowOf(state, marks);
    if (row !== null) rows.set(key, row);
  });
  return [...rows.values()];
}
