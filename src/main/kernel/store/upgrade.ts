import { sql } from 'kysely';
import type { Directory } from './directory.ts';
import { ALTERED, UNKNOWN_AT_CENTRE } from './event-log.ts';
import { rebase } from './incoming.ts';
import { readMeta, writeMeta } from './meta.ts';
import type { Store } from './store.ts';
import type { StreamKey } from './streams.ts';
import { workOutAllTasks } from './tasks.ts';

/**
 * A new release may understand what an older one set aside: events it did not know or could not apply are
 * tried again, and each projection works out anew what the release may see otherwise, once per release. What the centre does not know
 * waits for the centre (`main/kernel/sync/unknown.ts`), which alone can say whether it holds.
 */
export async function retryAfterUpgrade(store: Store, directory: Directory, release: string): Promise<void> {
  if ((await readMeta(store.read, 'release')) === release) return;
  await store.write(async (writer) => {
    const { rows } = await sql<StreamKey>`
      UPDATE event SET status = 'accepted', refusal = NULL
      WHERE status IN ('quarantined', 'unknown') AND feed_position IS NOT NULL
        AND coalesce(refusal, '') NOT IN (${JSON.stringify(UNKNOWN_AT_CENTRE)}, ${JSON.stringify(ALTERED)})
      RETURNING stream_kind AS kind, stream_id AS id`.execute(writer);
    await rebase(writer, rows, directory);
    for (const { afterUpgrade } of directory.projections.all) await afterUpgrade?.(writer, directory);
    await workOutAllTasks(writer, directory);
    await writeMeta(writer, 'release', release);
  });
}
