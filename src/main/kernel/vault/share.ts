import { randomBytes } from 'node:crypto';
import { readMeta, writeMeta, type Reader, type Store, type Writer } from '../store/index.ts';
import { CentreError, type CentreLink } from '../sync/centre-link.ts';
import type { Vault } from './vault.ts';
import { KEY_BYTES } from './wrap.ts';

const SHARE = 'recovery-share';
const TOLD = 'recovery-share-told';

/** What the centre keeps for this workstation; null before it was made. */
export async function readShare(from: Reader | Writer): Promise<Uint8Array | null> {
  const text = await readMeta(from, SHARE);
  return text === null ? null : Buffer.from(text, 'base64');
}

/**
 * Makes what opens this workstation, together with its own disk, on the day on which nobody's password does: the only person has
 * gone, or has forgotten theirs. Neither the centre nor the disk alone opens anything.
 */
export async function keepShare(store: Store, vault: Vault, key: Uint8Array): Promise<void> {
  const known = await readShare(store.read);
  const share = known ?? randomBytes(KEY_BYTES);
  if (known === null)
    await store.write((writer) => writeMeta(writer, SHARE, Buffer.from(share).toString('base64')));
  await vault.keepShare(key, share);
}

/** Gives it to the centre, once for each identity; a centre of an older release has no place for it. */
export async function tellShare(store: Store, link: CentreLink, deviceId: string): Promise<void> {
  const share = await readShare(store.read);
  if (share === null || (await readMeta(store.read, TOLD)) === deviceId) return;
  try {
    await link.call((client) => client.keyShare({ share: Buffer.from(share).toString('base64') }));
  } catch (error) {
    if (error instanceof CentreError && error.code === 'NOT_FOUND') return;
    throw error;
  }
  await store.write((writer) => writeMeta(writer, TOLD, deviceId));
}
