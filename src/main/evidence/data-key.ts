import { randomBytes } from 'node:crypto';
import { DATA_KEY_BYTES } from '../../protocol/sealed-content.ts';
import type { Host } from '../kernel/host.ts';
import { readMeta, writeMeta, type Store } from '../kernel/store/index.ts';

/**
 * The random key of all content on this workstation, made on first use and kept sealed by the host as the
 * device key is. Asked for more than once, it is opened once.
 */
export function createDataKey(store: Store, host: Host): () => Promise<Uint8Array> {
  let key: Promise<Uint8Array> | undefined;
  const open = async (): Promise<Uint8Array> => {
    const fresh = Buffer.from(await host.sealSecret(randomBytes(DATA_KEY_BYTES))).toString('base64');
    const sealed = await store.write(async (writer) => {
      const known = await readMeta(writer, 'evidence-key');
      if (known === null) await writeMeta(writer, 'evidence-key', fresh);
      return known ?? fresh;
    });
    return host.openSecret(Buffer.from(sealed, 'base64'));
  };
  return () => {
    key ??= open().catch((error: unknown) => {
      // A keychain that was locked a moment ago may be open the next time.
      key = undefined;
      throw error;
    });
    return key;
  };
}
