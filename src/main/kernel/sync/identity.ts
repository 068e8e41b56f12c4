import type { Host } from '../host.ts';
import { readMeta, writeMeta, type Store } from '../store/index.ts';

/** Who this installation is, once a centre has enrolled it. The private key is sealed by the host. */
export type Identity = {
  deviceId: string;
  deviceCode: string;
  deviceName: string;
  unitPath: string;
  centreUrl: string;
  /** The key by which the centre is known here; absent in one enrolled by an older release, until the first contact. */
  centreKey?: string;
  /** A person had the centre's fingerprint from elsewhere than the line; otherwise the key was taken as it came at first. */
  centreKeyCompared?: boolean;
  publicKey: string;
  /** base64 of the sealed PKCS#8 key. */
  sealedKey: string;
};

export async function loadIdentity(store: Store): Promise<Identity | null> {
  const text = await readMeta(store.read, 'identity');
  return text === null ? null : (JSON.parse(text) as Identity);
}

export async function saveIdentity(store: Store, identity: Identity): Promise<void> {
  await store.write((writer) => writeMeta(writer, 'identity', JSON.stringify(identity)));
}

/** Opens the private key with the host's own means. */
export async function privateKeyOf(identity: Identity, host: Host): Promise<Uint8Array> {
  return host.openSecret(Buffer.from(identity.sealedKey, 'base64'));
}
