import { sql } from 'kysely';
import { textColumn } from '../kernel/db/binary-arrays.ts';
import type { Follower } from '../kernel/ingest/follower.ts';

/**
 * Takes out of the archive what a batch records something about, known or not: closed cases, as they were before it. A statement
 * of its own after the streams are locked: what was archived while the batch waited for them is seen. A record with facts that are
 * set aside is not archived, so that none comes back when these are accepted.
 */
export const bringBack: Follower = {
  name: 'archive',
  follow: ({ streams, newFacts }) => {
    if (newFacts === null) return [];
    const touched = [...streams.values()].filter(
      ({ changed, stored }) => changed && stored?.kind === 'case' && stored.state.status === 'closed',
    );
    if (touched.length === 0) return [];
    return [
      sql`
    UPDATE archived_stream SET returned_at = ${newFacts.receivedAt}
    FROM unnest(${textColumn(touched.map((one) => one.kind))}::text[], ${textColumn(touched.map((one) => one.id))}::text[])
      AS touched (kind, id)
    WHERE archived_stream.kind = touched.kind AND archived_stream.id = touched.id
      AND archived_stream.returned_at IS NULL`,
    ];
  },
};
