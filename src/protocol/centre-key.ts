import { createPrivateKey, createPublicKey, hash, sign } from 'node:crypto';

/** The centre's identity key. It is kept outside the database. */
export type CentreKey = {
  /** Raw Ed25519 public key, base64url. */
  publicKey: string;
  /** The signature over a text, base64url. */
  sign(text: string): string;
};

/** Loads a centre's key from PKCS#8 DER. @throws when it is not an Ed25519 key */
export function centreKeyOf(privateKey: Uint8Array): CentreKey {
  const key = createPrivateKey({ key: Buffer.from(privateKey), format: 'der', type: 'pkcs8' });
  const { crv, x } = createPublicKey(key).export({ format: 'jwk' });
  if (crv !== 'Ed25519' || x === undefined) throw new Error('Not an Ed25519 key');
  return { publicKey: x, sign: (text) => sign(null, Buffer.from(text), key).toString('base64url') };
}

/** Crockford's alphabet: no I, L, O or U, so that a code is not misread when copied by hand or read aloud. */
const ALPHABET = '0123456789ABCDEFGHJKMNPQRSTVWXYZ';
/** 80 bits: finding a second key with the same fingerprint is not feasible. */
const LETTERS = 16;
/** The one-time code alone, without the fingerprint that follows it. */
const CODE_LETTERS = 10;

/** The fingerprint of a centre's key that people compare: 80 bits of its hash, in groups of four. */
export function fingerprintOf(publicKey: string): string {
  const bytes = hash('sha256', `heshi-centre:${publicKey}`, 'buffer');
  let bits = bytes.subarray(0, 10).reduce((all, byte) => (all << 8n) | BigInt(byte), 0n);
  let letters = '';
  for (let index = 0; index < LETTERS; index += 1) {
    letters = (ALPHABET[Number(bits & 31n)] ?? '') + letters;
    bits >>= 5n;
  }
  return letters.replaceAll(/.{4}(?=.)/g, '$&-');
}

/** Ignores case, spaces and dashes. */
const bare = (text: string): string => text.toUpperCase().replaceAll(/[^A-Z0-9]/g, '');

/** Normalises a typed fingerprint: ignores case, spaces and dashes, and maps the characters that Crockford treats as equal. */
const typed = (text: string): string => bare(text).replaceAll('O', '0').replaceAll(/[IL]/g, '1');

/** True when the typed text is the fingerprint of this key. */
export function isFingerprintOf(text: string, publicKey: string): boolean {
  return typed(text) === bare(fingerprintOf(publicKey));
}

/** An enrolment code as handed out: the one-time code followed by the fingerprint of the centre's key. */
export function enrolmentCode(oneTime: string, publicKey: string): string {
  return `${oneTime}-${fingerprintOf(publicKey)}`;
}

/**
 * Splits a typed enrolment code into the one-time code and the fingerprint. The fingerprint is null when it is missing or
 * incomplete.
 */
export function readEnrolmentCode(text: string): { oneTime: string; fingerprint: string | null } {
  const all = bare(text);
  const rest = all.slice(CODE_LETTERS);
  return { oneTime: all.slice(0, CODE_LETTERS), fingerprint: rest.length === LETTERS ? rest : null };
}

/** A request as both ends see it, with its nonce. */
export type Asked = {
  nonce: string;
  method: string;
  /** Path and query, exactly as sent. */
  path: string;
  /** SHA-256 of the body (of the empty string when there is none); null when the request was answered without reading its body. */
  bodyHash: string | null;
};

/** The text a centre signs for an answer: the request it belongs to, and the whole answer. */
export function answerText(
  { nonce, method, path, bodyHash }: Asked,
  status: number,
  body: Uint8Array | string,
): string {
  return `heshi-answer:${nonce}:${method} ${path}:${bodyHash ?? 'unread'}:${status}:${hash('sha256', body)}`;
}

/** SHA-256 of a body, in the form that `Asked` holds. */
export function bodyHashOf(body: Uint8Array | string): string {
  return hash('sha256', body);
}

/** The headers that carry a request's nonce and the signature of its answer. */
export const NONCE_HEADER = 'heshi-nonce';
export const SIGNATURE_HEADER = 'heshi-signature';

/** The text a centre signs for the head of a unit's feed. `epoch` identifies the history of the database; empty when it has none. */
export function headText(
  unitPath: string,
  head: { position: number; digest: string },
  epoch: string,
): string {
  return `heshi-head:${unitPath}:${head.position}:${head.digest}:${epoch}`;
}
