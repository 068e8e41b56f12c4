import { createCipheriv, createDecipheriv, hkdfSync, randomBytes } from 'node:crypto';
import { hash } from '@node-rs/argon2';

/** Bytes of the key under which everything that is kept here lies. */
export const KEY_BYTES = 32;
const NONCE_BYTES = 12;
const TAG_BYTES = 16;

/** A password's hash as the accounts have it (PHC string, Argon2id), taken apart. */
const PHC = /^(\$argon2id\$v=19\$m=(\d+),t=(\d+),p=(\d+)\$([A-Za-z0-9+/]+)\$)([A-Za-z0-9+/]+)$/;

/** What of a password's hash may be known to anybody: all but what the password makes of it. Null for another form of hash. */
export function prefixOf(passwordHash: string): string | null {
  return PHC.exec(passwordHash)?.[1] ?? null;
}

/** The hash that a password gives under another one's prefix: the same text when it is the same password. */
export async function hashLike(password: string, prefix: string): Promise<string | null> {
  const [, , memoryCost, timeCost, parallelism, salt] = PHC.exec(`${prefix}AA`) ?? [];
  if (salt === undefined) return null;
  return hash(password, {
    memoryCost: Number(memoryCost),
    timeCost: Number(timeCost),
    parallelism: Number(parallelism),
    salt: Buffer.from(salt, 'base64'),
  });
}

/** What a password makes of its salt: known to who knows the password, and to who keeps its hash. */
export function secretOf(passwordHash: string): Uint8Array {
  const secret = PHC.exec(passwordHash)?.[6];
  if (secret === undefined) throw new Error('Not a hash of a password');
  return Buffer.from(secret, 'base64');
}

/** `use` keeps apart what is wrapped under the same secret for something else. */
function wrappingKey(secret: Uint8Array, use: string): Buffer {
  return Buffer.from(hkdfSync('sha256', secret, use, 'heshi vault', KEY_BYTES));
}

/** A key, closed under a secret. base64. */
export function wrapKey(key: Uint8Array, secret: Uint8Array, use: string): string {
  const nonce = randomBytes(NONCE_BYTES);
  const cipher = createCipheriv('aes-256-gcm', wrappingKey(secret, use), nonce);
  const wrapped = Buffer.concat([cipher.update(key), cipher.final()]);
  return Buffer.concat([nonce, cipher.getAuthTag(), wrapped]).toString('base64');
}

/** The key; null under another secret. */
export function unwrapKey(wrapped: string, secret: Uint8Array, use: string): Uint8Array | null {
  const bytes = Buffer.from(wrapped, 'base64');
  const decipher = createDecipheriv('aes-256-gcm', wrappingKey(secret, use), bytes.subarray(0, NONCE_BYTES));
  decipher.setAuthTag(bytes.subarray(NONCE_BYTES, NONCE_BYTES + TAG_BYTES));
  try {
    return Buffer.concat([decipher.update(bytes.subarray(NONCE_BYTES + TAG_BYTES)), decipher.final()]);
  } catch {
    return null;
  }
}
