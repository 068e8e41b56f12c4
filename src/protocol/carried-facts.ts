import { createCipheriv, createDecipheriv, randomBytes, scrypt } from 'node:crypto';
import { z } from 'zod';
import { canonicalJson } from '../domain/kernel/event/canonical.ts';
import { PushedEvent } from '../contract/centre/index.ts';
import { CHAIN_START, eventHash } from './chain.ts';
import { pushText, verifyText } from './keys.ts';

/*
 * Facts that never reached the centre, in a file that a person carries. What they are about is sealed under a passphrase
 * (scrypt, AES-256-GCM): whoever finds the file learns whose it is and how much, and nothing else.
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
/** What stands on the outside of a file of carried facts. */
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
/** A run of a device's log, signed over its end as in a push. */
export type CarriedFacts = z.infer<typeof Inside>;

/** The file cannot be read: no such file, or not this passphrase. */
export class CarriedUnreadable extends Error {}
/** It was opened, and is not what that device had recorded. */
export class CarriedForged extends Error {}

/** 64 MB and a fifth of a second for each try. */
const COST = { N: 65_536, r: 8, p: 1, maxmem: 128 * 1024 * 1024 };

const keyOf = (passphrase: string, salt: Buffer): Promise<Buffer> =>
  new Promise((resolve, reject) => {
    scrypt(passphrase.normalize('NFC'), salt, 32, COST, (error, key) =>
      error === null ? resolve(key) : reject(error),
    );
  });

/** Seals facts for their way. `inside` is JSON of `CarriedFacts`. @returns the file's text */
export async function sealCarried(
  about: AboutCarried,
  inside: Uint8Array,
  passphrase: string,
): Promise<string> {
  const [salt, nonce] = [randomBytes(16), randomBytes(12)];
  const cipher = createCipheriv('aes-256-gcm', await keyOf(passphrase, salt), nonce);
  // What stands outside is bound to what is inside.
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
 * Opens a file of carried facts and proves that the device recorded them so. `keyOfDevice` is its public key as the centre has
 * it. @throws CarriedUnreadable, CarriedForged
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
