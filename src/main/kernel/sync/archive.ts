import { readMeta, writeMeta, type Store } from '../store/index.ts';
import { EVICTED_AT_ONCE, evict, markForEviction } from '../store/evict.ts';
import { ARCHIVE_READ } from '../store/snapshot.ts';
import type { CentreLink } from './centre-link.ts';

/**
 * Learns what the centre has archived since the last time, and lets go of it, a few at a time; what something here keeps is tried
 * again with each round. The centre decides, never this workstation's clock. To be called after the feed was read to its end:
 * what was recorded since of an archived case comes with the next round, and brings it back.
 */
export async function followArchive(
  { store, link }: { store: Store; link: CentreLink },
  { archive, centreTime }: { archive: number; centreTime: string },
): Promise<void> {
  let read = Number((await readMeta(store.read, ARCHIVE_READ)) ?? 0);
  // A centre put back from a backup counts anew.
  if (archive < read) read = 0;
  while (read < archive) {
    const after = read;
    const page = await link.call((client) => client.archive.list({ after }));
    if (page.next <= after) break;
    read = page.next;
    await store.write(async (writer) => {
      await markForEviction(writer, page.streams);
      await writeMeta(writer, ARCHIVE_READ, String(page.next));
    });
  }
  let gone: number;
  do {
    gone = await store.write((writer) => evict(writer, centreTime));
  } while (gone === EVICTED_AT_ONCE);
}
