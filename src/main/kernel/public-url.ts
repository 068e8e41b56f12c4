import { readMeta, writeMeta, type Store } from './store/index.ts';

const PUBLIC_URL = 'public-url';

/** Where everybody finds the centre's public pages, as it last said; null where it has no such address, or has not said yet. */
export async function publicUrlOf(from: Store['read']): Promise<string | null> {
  const url = await readMeta(from, PUBLIC_URL);
  return url === null || url === '' ? null : url;
}

/** Keeps what the centre says of it. */
export async function keepPublicUrl(store: Store, said: string | undefined): Promise<void> {
  if ((said ?? null) === (await publicUrlOf(store.read))) return;
  await store.write((writer) => writeMeta(writer, PUBLIC_URL, said ?? ''));
}
