import { createCipheriv, createDecipheriv, createSecretKey, hash, randomBytes } from 'node:crypto';
import { z } from 'zod';
import { canonicalJson } from '../domain/kernel/event/canonical.ts';
import { ERASED, putBack, takeOut } from '../domain/kernel/event/erasure.ts';
import type { EventEnvelope } from '../domain/kernel/event/event.ts';
import { sealedPathsOf } from '../domain/streams.ts';

/*
 * What is personal in a fact is sealed in it under a key of its record's own (AES-256-GCM): hashes, signatures and logs are over the sealed
 * form, and the key travels beside the fact. Where the key is destroyed nobody reads those texts again, and every chain goes on to
 * prove itself. `docs/decisions/0034-erasing.md`.
 */

/** A record's key: 32 bytes in base64, and its name, by which no other key can be passed off for it. */
export type RecordKey = { id: string; key: string };

/** The member of a payload that holds what was taken out of it, and nothing besides: it is not judged with what is opened. */
const Sealed = z.strictObject({
  /** Nonce, texts as JSON, tag; base64. */
  box: z.base64().max(400_000),
  /** Where the texts belong, as `consumer.name`. */
  fields: z
    .array(z.string().regex(/^[A-Za-z0-9_.]{1,120}$/))
    .min(1)
    .max(1000),
  /** The name of the key. */
  key: z.string().regex(/^[0-9a-f]{32}$/),
});

const [NONCE, TAG] = [12, 16];

/** A sealed fact does not open with the key that came with it: one of them is not what it was. */
export class SealBroken extends Error {}

/** The name of a key in base64: half of its SHA-256, hex. */
export function keyName(key: string): string {
  return hash('sha256', Buffer.from(key, 'base64'), 'hex').slice(0, 32);
}

/** A key for a record that has none yet. */
export function newRecordKey(): RecordKey {
  const key = randomBytes(32).toString('base64');
  return { id: keyName(key), key };
}

type Content = Pick<EventEnvelope, 'id' | 'stream' | 'type' | 'version' | 'payload'>;
/** With who did it, when and where: all that is the fact's own, whatever log it stands in. */
type Whole = Content & Pick<EventEnvelope, 'actor' | 'at' | 'unitPath'>;

/** What the texts are bound to, so that no box opens in another fact or with other places. */
function boundTo({ id, stream, type, version }: Content, fields: readonly string[]): Buffer {
  return Buffer.from(canonicalJson(['heshi-sealed', id, stream.kind, stream.id, type, version, fields]));
}

/**
 * The payload of a fact with what is personal in it sealed under the key that `keyOf` gives; the very same where nothing is,
 * and the key is then not asked for.
 */
export function sealedPayload(event: Content, keyOf: () => RecordKey): unknown {
  const taken = takeOut(event.payload, sealedPathsOf(event));
  if (taken === null) return event.payload;
  const { payload, fields, texts } = taken;
  const { id, key } = keyOf();
  const nonce = randomBytes(NONCE);
  const cipher = createCipheriv('aes-256-gcm', createSecretKey(key, 'base64'), nonce);
  cipher.setAAD(boundTo(event, fields));
  const box = Buffer.concat([
    nonce,
    cipher.update(JSON.stringify(texts), 'utf8'),
    cipher.final(),
    cipher.getAuthTag(),
  ]).toString('base64');
  return { ...payload, sealed: { box, fields, key: id } satisfies z.infer<typeof Sealed> };
}

/** The name of the key under which a payload is sealed; null for one that is not. */
export function sealedWith(payload: unknown): string | null {
  if (typeof payload !== 'object' || payload === null || !('sealed' in payload)) return null;
  const read = Sealed.safeParse(payload.sealed);
  return read.success ? read.data.key : null;
}

/**
 * The payload of a fact as it was entered. `ERASED` stands for what cannot be opened any more, because its key is not there.
 * @throws SealBroken where the key is not the one that it was sealed under, or the box is not what it was
 */
export function openedPayload(event: Content, key: string | null): unknown {
  const { payload } = event;
  if (typeof payload !== 'object' || payload === null || !('sealed' in payload)) return payload;
  const read = Sealed.safeParse(payload.sealed);
  if (!read.success) return payload;
  const { sealed: _sealed, ...rest } = payload;
  const { box, fields, key: name } = read.data;
  if (key === null)
    return putBack(
      rest,
      fields,
      fields.map(() => ERASED),
    );
  if (keyName(key) !== name) throw new SealBroken('Another key than the one it was sealed under');
  return putBack(rest, fields, openBox(box, key, boundTo(event, fields)));
}

function openBox(box: string, key: string, bound: Buffer): string[] {
  const bytes = Buffer.from(box, 'base64');
  try {
    const decipher = createDecipheriv(
      'aes-256-gcm',
      createSecretKey(key, 'base64'),
      bytes.subarray(0, NONCE),
      {
        authTagLength: TAG,
      },
    );
    decipher.setAAD(bound);
    decipher.setAuthTag(bytes.subarray(-TAG));
    const text = decipher.update(bytes.subarray(NONCE, -TAG), undefined, 'utf8') + decipher.final('utf8');
    return z.array(z.string()).parse(JSON.parse(text));
  } catch (cause) {
    throw new SealBroken('The box does not open', { cause });
  }
}

/**
 * What is left of a fact that was recorded before facts were sealed, once what was personal in it is erased, and what proves that nothing else
 * of it was changed.
 */
export function leftOf(event: Whole): { payload: unknown; digest: string } | null {
  const taken = takeOut(event.payload, sealedPathsOf(event));
  if (taken === null) return null;
  const payload = putBack(
    taken.payload,
    taken.fields,
    taken.fields.map(() => ERASED),
  );
  return { payload, digest: digestOf({ ...event, payload }) };
}

/** The digest by which an erasure names what is left of a fact. */
export function digestOf({ id, stream, type, version, payload, actor, at, unitPath }: Whole): string {
  return hash(
    'sha256',
    canonicalJson([id, stream.kind, stream.id, type, version, payload, actor, at, unitPath]),
  );
}
