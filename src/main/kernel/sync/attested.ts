import { verify, createPublicKey, type KeyObject } from 'node:crypto';
import { promisify } from 'node:util';
import {
  ATTESTED_LIMIT,
  type Attestation,
  type DeviceCertificate,
  type FeedItem,
} from '../../../contract/centre/exchange.ts';
import { deviceText, logText, vouchedText } from '../../../protocol/attestation.ts';
import { verifyText } from '../../../protocol/keys.ts';
import { provenRoot } from '../../../protocol/merkle.ts';
import type { FeedPage } from '../../../contract/centre/index.ts';

/** Beside this thread: a page may have a signature for every item. */
const verifyBeside = promisify(verify);

const keyOf = (publicKey: string): KeyObject =>
  createPublicKey({ key: { kty: 'OKP', crv: 'Ed25519', x: publicKey }, format: 'jwk' });

/** The keys of devices that the centre has given its word on; whose certificate is not the centre's has none. */
function certifiedKeys(devices: readonly DeviceCertificate[], centreKey: string): Map<string, KeyObject> {
  const certified = devices.filter(({ device, unitPath, publicKey, certificate }) =>
    verifyText(centreKey, deviceText(device, unitPath, publicKey), certificate),
  );
  return new Map(certified.map(({ device, publicKey }) => [device, keyOf(publicKey)]));
}

type Log = Map<number, FeedItem>;

async function isSigned(one: Attestation, log: Log, key: KeyObject | undefined): Promise<boolean> {
  const size = one.to - one.from + 1;
  if (key === undefined || size > ATTESTED_LIMIT) return false;
  const shown = new Map<number, string>();
  for (let place = 0; place < size; place += 1) {
    const item = log.get(one.from + place);
    if (item) shown.set(place, item.hash);
  }
  const root = provenRoot(size, shown, one.proof);
  if (root === null) return false;
  const text = (one.by === 'centre' ? vouchedText : logText)(one.device, one.from, one.to, root);
  return verifyBeside(null, Buffer.from(text), key, Buffer.from(one.signature, 'base64url'));
}

/**
 * The first item that nobody answers for; undefined where every one stands in a part of a log that its device has signed, by the key
 * that the centre certified when it was enrolled, or that the centre itself has signed. That `hash` is the item's own is
 * another question.
 */
export async function unattested(
  { attestations = [], devices = [] }: Pick<FeedPage, 'attestations' | 'devices'>,
  items: readonly FeedItem[],
  centreKey: string,
): Promise<FeedItem | undefined> {
  const keys = certifiedKeys(devices, centreKey);
  const ofCentre = keyOf(centreKey);
  const logs = new Map<string, Log>();
  for (const item of items) {
    const { device, deviceSequence } = item.event;
    const log = logs.get(device) ?? new Map<number, FeedItem>();
    const other = log.get(deviceSequence);
    // Two facts under one number cannot both be the one that was signed.
    if (other !== undefined && other.hash !== item.hash) return item;
    log.set(deviceSequence, item);
    logs.set(device, log);
  }
  const signed = await Promise.all(
    attestations.map((one) =>
      isSigned(one, logs.get(one.device) ?? new Map(), one.by === 'centre' ? ofCentre : keys.get(one.device)),
    ),
  );
  const parts = Map.groupBy(
    attestations.filter((_, index) => signed[index]),
    (one) => one.device,
  );
  return items.find(
    ({ event: { device, deviceSequence } }) =>
      !parts.get(device)?.some((one) => deviceSequence >= one.from && deviceSequence <= one.to),
  );
}
