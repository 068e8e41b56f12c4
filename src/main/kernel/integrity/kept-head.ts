import { readFile, rename, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { z } from 'zod';
import type { Store } from '../store/store.ts';

/** How far this device's own log goes. */
const Head = z.object({ sequence: z.int().min(0), hash: z.string().max(64) });
export type OwnHead = z.infer<typeof Head>;

/** Beside the database and not in it: what is lost with the one is still known by the other. */
const fileIn = (folder: string): string => join(folder, 'own-log.json');

/** The end of this device's own log as the database has it. */
export async function headInStore({ read }: Pick<Store, 'read'>): Promise<OwnHead> {
  const row = await read
    .selectFrom('event')
    .select(['device_sequence as sequence', 'hash'])
    .where('origin', '=', 'local')
    .orderBy('device_sequence', 'desc')
    .limit(1)
    .executeTakeFirst();
  return row ?? { sequence: 0, hash: '' };
}

/** What was kept of it; null where nothing was, or where it cannot be read: then nothing is claimed to be missing. */
export async function keptHead(folder: string): Promise<OwnHead | null> {
  const text = await readFile(fileIn(folder), 'utf8').catch(() => null);
  if (text === null) return null;
  try {
    return Head.parse(JSON.parse(text));
  } catch {
    return null;
  }
}

/**
 * Keeps the end of this device's own log beside the database, after each change of it. It is written without waiting for the disk,
 * as what was acknowledged is safe in the database: it tells of a database that lost what it had acknowledged.
 */
export type HeadKeeper = { changed(): void; close(): Promise<void> };

/** @param onProblem told when it cannot be written; nothing else fails by that */
export function createHeadKeeper(store: Store, onProblem: (error: unknown) => void): HeadKeeper {
  let writing: Promise<void> | null = null;
  let again = false;
  const keep = async (): Promise<void> => {
    const file = fileIn(store.folder);
    do {
      again = false;
      const head = await headInStore(store);
      await writeFile(`${file}.new`, JSON.stringify(head), { mode: 0o600 });
      await rename(`${file}.new`, file);
    } while (again);
  };
  return {
    changed: () => {
      again = true;
      writing ??= keep()
        .catch(onProblem)
        .finally(() => {
          writing = null;
        });
    },
    close: async () => {
      await writing;
    },
  };
}
