import { sql } from 'kysely';
import { knownEvents, UNKNOWN_AT_CENTRE } from '../store/event-log.ts';
import { confirmKnown } from '../store/incoming.ts';
import { readMeta, writeMeta } from '../store/index.ts';
import type { Reader } from '../store/store.ts';
import { readFeed } from './feed.ts';
import type { CycleParts } from './parts.ts';

/** What the centre's release knew when it was last asked about what it had not known. */
const CENTRE_KNOWS = 'centre-knows';

/** The next place of the feed, after one, of a fact that the centre did not know; null when there is none. */
async function nextUnknown(read: Reader, after: number): Promise<number | null> {
  const { rows } = await sql<{ place: number | null }>`
    SELECT min(feed_position) AS place FROM event
    WHERE status = 'unknown' AND refusal = ${JSON.stringify(UNKNOWN_AT_CENTRE)}
      AND feed_position > ${after}`.execute(read);
  return rows[0]?.place ?? null;
}

/**
 * Reads again those places of the feed where facts stand that the centre did not know, once it says that it knows
 * something else than when it was last asked: what it has accepted since is applied here. `knows` is as a page of the
 * feed has it.
 */
export async function askAgain(
  { store, directory, link }: Pick<CycleParts, 'store' | 'directory' | 'link'>,
  knows: string | undefined,
): Promise<void> {
  if (knows === undefined || knows === (await readMeta(store.read, CENTRE_KNOWS))) return;
  let after = 0;
  for (;;) {
    const place = await nextUnknown(store.read, after);
    if (place === null) break;
    const from = place - 1;
    const { items } = await readFeed(link, from);
    await store.write(async (writer) => {
      const ids = items.map((item) => item.event.id);
      await confirmKnown(writer, items, await knownEvents(writer, ids), directory);
    });
    after = items.at(-1)?.position ?? place;
  }
  await store.write((writer) => writeMeta(writer, CENTRE_KNOWS, knows));
}
