import { sql } from 'kysely';
import { recomputeDeadlines } from '../../case/deadline-column.ts';
import { FOLLOWED, recomputeFollowUps } from '../../case/follow-up-columns.ts';
import type { Directory } from './directory.ts';
import { UNKNOWN_AT_CENTRE } from './event-log.ts';
import { rebase } from './incoming.ts';
import { readMeta, writeMeta } from './meta.ts';
import type { Store } from './store.ts';
import type { StreamKey } from './streams.ts';

/**
 * A new release may understand what an older one set aside: events it did not know or could not apply are
 * tried again, and provisional deadlines are worked out anew, once per release. What the centre does not know
 * waits for the centre (`main/kernel/sync/unknown.ts`), which alone can say whether it holds.
 */
export async function retryAfterUpgrade(store: Store, directory: Directory, release: string): Promise<void> {
  if ((await readMeta(store.read, 'release')) === release) return;
  await store.write(async (writer) => {
    const { rows } = await sql<StreamKey>`
      UPDATE event SET status = 'accepted', refusal = NULL
      WHERE status IN ('quarantined', 'unknown') AND feed_position IS NOT NULL
        AND coalesce(refusal, '') <> ${JSON.stringify(UNKNOWN_AT_CENTRE)}
      RETURNING stream_kind AS kind, stream_id AS id`.execute(writer);
    await rebase(writer, rows, directory);
    // A release may bring the holidays of another year: only what is provisional waits for one.
    await recomputeDeadlines(writer, directory, '9999-12-31');
    await recomputeFollowUps(writer, directory, FOLLOWED);
    await writeMeta(writer, 'release', release);
  });
}
