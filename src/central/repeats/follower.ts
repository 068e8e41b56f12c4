import { streamOf } from '../../domain/streams.ts';
import type { Follower, JudgedBatch } from '../kernel/ingest/follower.ts';
import { keyOf } from '../kernel/ingest/judge.ts';
import type { ConsumerMarks } from './keys.ts';
import { markInsert, markRowOf, type MarkRow } from './rows.ts';

/** Marks the consumers of the records that a batch has made, or whose consumer it has changed. */
export function markConsumers(marks: ConsumerMarks): Follower {
  return {
    name: 'consumer marks',
    follow: (batch) => {
      const rows = Map.groupBy(rowsOf(batch, marks), (row) => batch.streams.get(keyOf(row))?.revision === 0);
      const statements = [
        markInsert(rows.get(false) ?? [], 'replace'),
        markInsert(rows.get(true) ?? [], 'none'),
      ];
      return statements.filter((one) => one !== null);
    },
  };
}

/** One a record, as the batch leaves it. */
function rowsOf({ changes, streams }: JudgedBatch, marks: ConsumerMarks): MarkRow[] {
  const rows = new Map<string, MarkRow>();
  for (const { event } of changes) {
    const key = keyOf(event.stream);
    const state = streams.get(key)?.state;
    if (!state || rows.has(key) || !streamOf(state.kind).consumer?.changedBy.includes(event.type)) continue;
    const row = markRowOf(state, marks);
    if (row !== null) rows.set(key, row);
  }
  return [...rows.values()];
}
