import type { PushedEvent, Receipt } from '../../contract/central.ts';
import { keyOf, type StreamRecord } from '../ingest/judge.ts';
import type { ConsumerMarks } from './keys.ts';
import { markRowOf, type MarkRow } from './rows.ts';

/** What brings a telephone number, or puts another in its place. */
const BRING_NUMBERS: ReadonlySet<string> = new Set([
  'case-registered',
  'case-imported',
  'case-corrected',
  'return-requested',
]);

/** The marks that follow from a judged batch, one a record, as the batch leaves it. */
export function marksOf(
  events: readonly PushedEvent[],
  receipts: readonly Receipt[],
  streams: ReadonlyMap<string, StreamRecord>,
  marks: ConsumerMarks,
): MarkRow[] {
  const rows = new Map<string, MarkRow>();
  events.forEach((event, index) => {
    const key = keyOf(event.stream);
    if (receipts[index]?.status !== 'accepted' || !BRING_NUMBERS.has(event.type) || rows.has(key)) return;
    const state = streams.get(key)?.state;
    const row = state === undefined ? null : markRowOf(state, marks);
    if (row !== null) rows.set(key, row);
  });
  return [...rows.values()];
}
