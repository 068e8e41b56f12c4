import { sql } from 'kysely';
import { textColumn } from '../kernel/db/binary-arrays.ts';
import type { Sender } from '../kernel/db/pipeline.ts';
import type { StreamRecord } from '../kernel/ingest/judge.ts';

/** Those of a batch's streams that may be in the archive: closed cases, as they were before the batch. */
export function perhapsArchived(streams: Iterable<StreamRecord>): StreamRecord[] {
  return [...streams].filter((one) => one.state?.kind === 'case' && one.state.state.status === 'closed');
}

/**
 * Takes out of the archive what the batch recorded something about, in the transaction that records it. A statement of its own
 * after the streams are locked: what was archived while this batch waited for them is seen.
 */
export async function bringBack(sender: Sender, closed: readonly StreamRecord[], now: Date): Promise<void> {
  const touched = closed.filter((one) => one.changed);
  if (touched.length === 0) return;
  await sql`
    UPDATE archived_stream SET returned_at = ${now}
    FROM unnest(${textColumn(touched.map((one) => one.kind))}::text[], ${textColumn(touched.map((one) => one.id))}::text[])
      AS touched (kind, id)
    WHERE archived_stream.kind = touched.kind AND archived_stream.id = touched.id
      AND archived_stream.returned_at IS NULL`.execute(sender);
}
