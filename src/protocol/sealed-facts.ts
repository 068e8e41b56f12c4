import { createCipheriv, createDecipheriv, createSecretKey, hash, randomBytes } from 'node:crypto';
import { z } from 'zod';
import { canonicalJson } from '../domain/kernel/event/canonical.ts';
import { ERASED, putBack, takeOut } from '../domain/kernel/event/erasure.ts';
import type { EventEnvelope } from '../domain/kernel/event/event.ts';
import { sealedPathsOf } from '../domain/streams.ts';

/*
 * Personal fields of a fact are encrypted under a key of the record it belongs to (AES-256-GCM). Hashes, signatures and logs cover
 * the encrypted form, and the key travels beside the fact. Destroying the key erases those texts while every hash chain still
 * verifies (crypto-shredding, `docs/decisions/0034-erasing.md`).
 */

/** A record's key: 32 bytes in base64, and its id, which is derived from the key so that no other key can be substituted. */
export type RecordKey = { id: string; key: string };

/** The member of a payload that holds the encrypted fields. Strict, because it is not judged together with the decrypted payload. */
const Sealed = z.strictObject({
  /** Nonce, texts as JSON, tag; base64. */
  box: z.base64().max(400_000),
  /** The paths of the texts, such as `consumer.name`. */
  fields: z
    .array(z.string().regex(/^[A-Za-z0-9_.]{1,120}$/))
    .min(1)
    .max(1000),
  /** The name of the key. */
  key: z.string().regex(/^[0-9a-f]{32}$/),
});

const [NONCE, TAG] = [12, 16];

/** A sealed fact cannot be decrypted with the key that came with it: one of the two was altered. */
export class SealBroken extends Error {}

/** The id of a key given in base64: the first half of its SHA-256, in hex. */
export function keyName(key: string): string {
  return hash('sha256', Buffer.from(key, 'base64'), 'hex').slice(0, 32);
}

/** Makes a key for a record that has none yet. */
export function newRecordKey(): RecordKey {
  const key = randomBytes(32).toString('base64');
  return { id: keyName(key), key };
}

type Content = Pick<EventEnvelope, 'id' | 'stream' | 'type' | 'version' | 'payload'>;
/** Also who, when and where: everything that belongs to the fact itself, whichever log it is in. */
type Whole = Content & Pick<EventEnvelope, 'actor' | 'at' | 'unitPath'>;

/** The associated data: it binds the encrypted texts to their fact and their paths. */
function boundTo({ id, stream, type, version }: Content, fields: readonly string[]): Buffer {
  return Buffer.from(canonicalJson(['heshi-sealed', id, stream.kind, stream.id, type, version, fields]));
}

/**
 * The payload of a fact with its personal fields encrypted under the key from `keyOf`. Returns the same object, without calling
 * `keyOf`, when it has none.
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

/** The id of the key under which a payload is sealed; null when it is not sealed. */
export function sealedWith(payload: unknown): string | null {
  if (typeof payload !== 'object' || payload === null || !('sealed' in payload)) return null;
  const read = Sealed.safeParse(payload.sealed);
  return read.success ? read.data.key : null;
}

/**
 * The payload of a fact as it was entered, with `ERASED` in place of texts whose key no longer exists.
 * @throws SealBroken when the key is not the one it was sealed under, or the ciphertext was altered
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
 * An unsealed fact of an older release after its personal fields were erased, with the digest that proves that nothing else in it
 * changed.
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

/** The digest under which an erasure lists what remains of a fact. */
export function digestOf({ id, stream, type, version, payload, actor, at, unitPath }: Whole): string {
  return hash(
    'sha256',
    canonicalJson([id, stream.kind, stream.id, type, version, payload, actor, at, unitPath]),
  );
}
