import { createCipheriv, createDecipheriv, randomBytes, scrypt } from 'node:crypto';
import { z } from 'zod';
import { canonicalJson } from '../domain/kernel/event/canonical.ts';
import { PushedEvent } from '../contract/centre/index.ts';
import { CHAIN_START, eventHash } from './chain.ts';
import { pushText, verifyText } from './keys.ts';

/*
 * A file that carries unsent facts to the centre by hand. Its content is encrypted under a passphrase (scrypt, AES-256-GCM):
 * whoever finds the file learns which device it came from and how many facts it holds, and nothing else.
 */
const FORMAT = 'heshi-carried@1';

const About = z.object({
  deviceId: z.string(),
  deviceCode: z.string(),
  unitPath: z.string(),
  madeAt: z.string(),
  madeBy: z.string(),
  facts: z.int().min(1),
  firstAt: z.string(),
  lastAt: z.string(),
});
/** The unencrypted header of a file of carried facts. */
export type AboutCarried = z.infer<typeof About>;

const Carried = z.object({
  format: z.literal(FORMAT),
  about: About,
  salt: z.base64(),
  nonce: z.base64(),
  tag: z.base64(),
  sealed: z.base64(),
});
const Inside = z.object({ events: z.array(PushedEvent).min(1), signature: z.string() });
/** A range of a device's log, signed over its last event as a push is. */
export type CarriedFacts = z.infer<typeof Inside>;

/** The file cannot be read: it is missing, or the passphrase is wrong. */
export class CarriedUnreadable extends Error {}
/** The file was decrypted, but its facts are not what that device recorded. */
export class CarriedForged extends Error {}

/** Scrypt costs 64 MB and about 0.2 s for each guess. */
const COST = { N: 65_536, r: 8, p: 1, maxmem: 128 * 1024 * 1024 };

const keyOf = (passphrase: string, salt: Buffer): Promise<Buffer> =>
  new Promise((resolve, reject) => {
    scrypt(passphrase.normalize('NFC'), salt, 32, COST, (error, key) =>
      error === null ? resolve(key) : reject(error),
    );
  });

/** Encrypts facts for carrying. `inside` is `CarriedFacts` as JSON. @returns the text of the file */
export async function sealCarried(
  about: AboutCarried,
  inside: Uint8Array,
  passphrase: string,
): Promise<string> {
  const [salt, nonce] = [randomBytes(16), randomBytes(12)];
  const cipher = createCipheriv('aes-256-gcm', await keyOf(passphrase, salt), nonce);
  // The header is authenticated together with the content.
  cipher.setAAD(Buffer.from(canonicalJson(about)));
  const sealed = Buffer.concat([cipher.update(inside), cipher.final()]);
  const text = (bytes: Buffer): string => bytes.toString('base64');
  return JSON.stringify(
    {
      format: FORMAT,
      about,
      salt: text(salt),
      nonce: text(nonce),
      tag: text(cipher.getAuthTag()),
      sealed: text(sealed),
    } satisfies z.infer<typeof Carried>,
    null,
    1,
  );
}

/**
 * Decrypts a file of carried facts and verifies that the device recorded them. `keyOfDevice` is its public key as known to the
 * centre. @throws CarriedUnreadable, CarriedForged
 */
export async function openCarried(
  text: string,
  passphrase: string,
  keyOfDevice: (deviceId: string) => Promise<string | null>,
): Promise<{ about: AboutCarried; facts: CarriedFacts }> {
  const { about, facts } = await unseal(text, passphrase);
  const publicKey = await keyOfDevice(about.deviceId);
  const last = facts.events.at(-1);
  if (publicKey === null) throw new CarriedForged(`The centre has no device ${about.deviceId}`);
  let previousHash = facts.events[0]?.previousHash ?? CHAIN_START;
  for (const event of facts.events) {
    if (event.device !== about.deviceId || event.previousHash !== previousHash)
      throw new CarriedForged(`Fact ${event.deviceSequence} does not follow on`);
    if (eventHash(event, previousHash) !== event.hash)
      throw new CarriedForged(`Fact ${event.deviceSequence} is not what was recorded`);
    previousHash = event.hash;
  }
  const signed = last && pushText(about.deviceId, last.deviceSequence, last.hash);
  if (!signed || !verifyText(publicKey, signed, facts.signature))
    throw new CarriedForged('The signature is not that of the device');
  return { about, facts };
}

async function unseal(
  text: string,
  passphrase: string,
): Promise<{ about: AboutCarried; facts: CarriedFacts }> {
  try {
    const { about, salt, nonce, tag, sealed } = Carried.parse(JSON.parse(text));
    const bytes = (base64: string): Buffer => Buffer.from(base64, 'base64');
    const decipher = createDecipheriv('aes-256-gcm', await keyOf(passphrase, bytes(salt)), bytes(nonce));
    decipher.setAAD(Buffer.from(canonicalJson(about)));
    decipher.setAuthTag(bytes(tag));
    const inside = Buffer.concat([decipher.update(bytes(sealed)), decipher.final()]);
    return { about, facts: Inside.parse(JSON.parse(inside.toString())) };
  } catch (error) {
    throw new CarriedUnreadable('No file of carried facts, or not its passphrase', { cause: error });
  }
}
