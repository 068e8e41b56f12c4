import { createPrivateKey, createPublicKey } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { Attestation, DeviceCertificate } from '../../src/contract/centre/exchange.ts';
import { deviceText, logText } from '../../src/protocol/attestation.ts';
import {
  answerText,
  bodyHashOf,
  centreKeyOf,
  fingerprintOf,
  headText,
} from '../../src/protocol/centre-key.ts';
import { merkleRoot } from '../../src/protocol/merkle.ts';
import { describe, expect, it } from 'vitest';
import { z } from 'zod';
import { centreErrors, FEED_LIMIT, PUSH_LIMIT, PushedEvent } from '../../src/contract/centre/index.ts';
import { canonicalJson } from '../../src/domain/kernel/event/canonical.ts';
import { EventEnvelope } from '../../src/domain/kernel/event/event.ts';
import { CHAIN_START, eventHash, feedDigest } from '../../src/protocol/chain.ts';
import { pushText, sessionText, signText, verifyText } from '../../src/protocol/keys.ts';

const text = readFileSync(new URL('../../docs/sync-protocol.md', import.meta.url), 'utf8');

/** One block of the worked example, as the document has it. */
function example(name: string): string {
  const block = new RegExp(`^\`\`\`\\w+ example:${name}\n([^]*?)\n\`\`\`$`, 'm').exec(text)?.[1];
  if (block === undefined) throw new Error(`The document has no example ${name}`);
  return block;
}

const Push = z.object({
  events: z.array(PushedEvent),
  signature: z.string(),
  attestation: z.string(),
});
const Feed = z.object({
  items: z.array(
    z.object({ position: z.int(), hash: z.string(), previousHash: z.string(), event: EventEnvelope }),
  ),
  attestations: z.array(Attestation),
  devices: z.array(DeviceCertificate),
  headSignature: z.string(),
  head: z.object({ position: z.int(), digest: z.string() }),
  deviceHead: z.object({ sequence: z.int(), hash: z.string() }),
});

/** PKCS#8 of an Ed25519 private key is these sixteen bytes and the key (RFC 8410). */
const privateKey = Buffer.from(`302e020100300506032b657004220420${example('private-key-hex')}`, 'hex');
const push = Push.parse(JSON.parse(example('push')));
const feed = Feed.parse(JSON.parse(example('feed')));

describe('the protocol’s worked example', () => {
  it('has a key pair that is one', () => {
    const key = createPrivateKey({ key: privateKey, format: 'der', type: 'pkcs8' });
    expect(createPublicKey(key).export({ format: 'jwk' }).x).toBe(example('public-key'));
  });

  it('chains its events by the hashes it shows, over the text it shows', () => {
    let previous = CHAIN_START;
    for (const [index, event] of push.events.entries()) {
      expect(event.deviceSequence).toBe(index + 1);
      expect(event.previousHash).toBe(previous);
      expect(event.hash).toBe(eventHash(event, previous));
      previous = event.hash;
    }
    const [first] = push.events;
    expect(canonicalJson({ ...first, hash: undefined })).toBe(example('canonical'));
  });

  it('is signed as it says', () => {
    const last = push.events.at(-1);
    const signed = pushText(last?.device ?? '', last?.deviceSequence ?? 0, last?.hash ?? '');
    expect(signed).toBe(example('push-text'));
    expect(signText(privateKey, signed)).toBe(push.signature);
    expect(verifyText(example('public-key'), signed, push.signature)).toBe(true);
    expect(sessionText(last?.device ?? '', 'CHALLENGE')).toBe(example('session-text'));
    expect(signText(privateKey, example('session-text'))).toBe(example('session-signature'));
  });

  it('is proved by what device and centre have signed', () => {
    const centre = centreKeyOf(privateKey);
    const [part] = feed.attestations;
    const [device] = feed.devices;
    const root = merkleRoot(feed.items.map((item) => item.hash));
    if (part === undefined || device === undefined) throw new Error('No attestation');
    expect(logText(part.device, part.from, part.to, root)).toBe(example('log-text'));
    expect(part.signature).toBe(signText(privateKey, example('log-text')));
    expect(push.attestation).toBe(part.signature);
    expect(deviceText(device.device, device.unitPath, device.publicKey)).toBe(example('device-text'));
    expect(device.certificate).toBe(centre.sign(example('device-text')));
    expect(headText(device.unitPath, feed.head, '')).toBe(example('head-text'));
    expect(feed.headSignature).toBe(centre.sign(example('head-text')));
    expect(fingerprintOf(centre.publicKey)).toBe(example('fingerprint'));
    const [, nonce = '', call = ''] = example('answer-text').split(':');
    const [method = '', path = ''] = call.split(' ');
    const asked = { nonce, method, path, bodyHash: bodyHashOf('') };
    expect(answerText(asked, 200, '{}')).toBe(example('answer-text'));
    expect(centre.sign(example('answer-text'))).toBe(example('answer-signature'));
  });

  it('comes back by a feed with the digest and the device’s head it shows', () => {
    let digest = CHAIN_START;
    for (const [index, item] of feed.items.entries()) {
      expect(item.position).toBe(index + 1);
      const { previousHash, hash, ...event } = push.events[index] ?? { previousHash: '', hash: '' };
      expect(item).toMatchObject({ previousHash, hash, event });
      digest = feedDigest(digest, item.hash);
    }
    expect(feed.head).toEqual({ position: push.events.length, digest });
    const last = push.events.at(-1);
    expect(feed.deviceHead).toEqual({ sequence: last?.deviceSequence, hash: last?.hash });
  });
});

describe('the protocol’s document', () => {
  it('names every error of the contract with its status', () => {
    const rows = text.split('\n').filter((line) => line.startsWith('| `'));
    for (const [code, { status }] of Object.entries(centreErrors)) {
      const row = rows.find((line) => line.includes(`\`${code}\``));
      expect(row, code).toContain(String(status));
    }
  });

  it('names the limits and the members of an event as the code has them', () => {
    expect(text).toContain(`a push 1 to ${PUSH_LIMIT} events`);
    expect(text).toContain(`a page 1 to ${FEED_LIMIT} items`);
    for (const name of Object.keys(EventEnvelope.shape)) expect(text, name).toContain(`\`${name}\``);
  });
});
