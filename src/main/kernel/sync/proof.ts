import { headText } from '../../../protocol/centre-key.ts';
import { verifyText } from '../../../protocol/keys.ts';
import type { FeedPage } from '../../../contract/centre/index.ts';
import { readMeta, writeMeta, type Store } from '../store/index.ts';

/**
 * Since when all that came by the feed was worked out anew when it came: `1`. Absent while some of it was taken on the word of an
 * older release.
 */
const FEED_PROVED = 'feed-proved';
/**
 * The last end of the feed that both sides agreed about, as the centre has signed it (`SignedHead`). What is held here can be
 * checked against it without asking anybody.
 */
const SIGNED_HEAD = 'signed-head';

/** What the centre has signed of where a unit's feed ends, with all that the signature is over. */
export type SignedHead = {
  unitPath: string;
  position: number;
  digest: string;
  epoch: string;
  signature: string;
  centreKey: string;
};

/** True when nothing that came by the feed rests on somebody's word. */
export async function isFeedProved(store: Store): Promise<boolean> {
  return (await readMeta(store.read, FEED_PROVED)) !== null;
}

/** From now on nothing that came by the feed rests on somebody's word. */
export async function feedIsProved(store: Store): Promise<void> {
  await store.write((writer) => writeMeta(writer, FEED_PROVED, '1'));
}

/** The last signed end of the feed; null before the first. */
export async function readSignedHead(store: Store): Promise<SignedHead | null> {
  const text = await readMeta(store.read, SIGNED_HEAD);
  return text === null ? null : (JSON.parse(text) as SignedHead);
}

/** Keeps the end of the feed as the centre has signed it, where it is another than is kept. False when its signature is not the centre's. */
export async function keepSignedHead(
  store: Store,
  { unitPath, centreKey }: { unitPath: string; centreKey: string },
  { head, headSignature = '', epoch = '' }: Pick<FeedPage, 'head' | 'headSignature' | 'epoch'>,
): Promise<boolean> {
  const { position, digest } = head;
  const kept = await readSignedHead(store);
  if (
    kept?.position === position &&
    kept.digest === digest &&
    kept.epoch === epoch &&
    kept.centreKey === centreKey &&
    kept.unitPath === unitPath
  )
    return true;
  if (!verifyText(centreKey, headText(unitPath, head, epoch), headSignature)) return false;
  const signed: SignedHead = { unitPath, position, digest, epoch, signature: headSignature, centreKey };
  await store.write((writer) => writeMeta(writer, SIGNED_HEAD, JSON.stringify(signed)));
  return true;
}
