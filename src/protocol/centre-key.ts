import { createPrivateKey, createPublicKey, hash, sign } from 'node:crypto';

/** The key by which a centre is known: its own, and in no database. */
export type CentreKey = {
  /** Raw Ed25519 public key, base64url. */
  publicKey: string;
  /** The signature over a text, base64url. */
  sign(text: string): string;
};

/** A centre's key of its PKCS#8 DER. @throws when that is no Ed25519 key */
export function centreKeyOf(privateKey: Uint8Array): CentreKey {
  const key = createPrivateKey({ key: Buffer.from(privateKey), format: 'der', type: 'pkcs8' });
  const { crv, x } = createPublicKey(key).export({ format: 'jwk' });
  if (crv !== 'Ed25519' || x === undefined) throw new Error('Not an Ed25519 key');
  return { publicKey: x, sign: (text) => sign(null, Buffer.from(text), key).toString('base64url') };
}

/** Crockford's alphabet: no I, L, O or U, so that what is read out or copied by hand is not mistaken. */
const ALPHABET = '0123456789ABCDEFGHJKMNPQRSTVWXYZ';
/** 80 bits: nobody finds another key of the same fingerprint. */
const LETTERS = 16;
/** A one-time code without the fingerprint behind it. */
const CODE_LETTERS = 10;

/** How people know a centre's key: 80 bits of its hash, in groups of four. */
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

/** Without case, spaces and dashes. */
const bare = (text: string): string => text.toUpperCase().replaceAll(/[^A-Z0-9]/g, '');

/** A fingerprint as somebody typed it: without case, spaces and dashes, and with what Crockford takes for one another. */
const typed = (text: string): string => bare(text).replaceAll('O', '0').replaceAll(/[IL]/g, '1');

/** Whether what somebody typed is the fingerprint of that key. */
export function isFingerprintOf(text: string, publicKey: string): boolean {
  return typed(text) === bare(fingerprintOf(publicKey));
}

/** An enrolment code as it is handed out: the one-time code, and by which key the centre is known. */
export function enrolmentCode(oneTime: string, publicKey: string): string {
  return `${oneTime}-${fingerprintOf(publicKey)}`;
}

/**
 * What somebody typed of an enrolment code: what the centre asks for, and the fingerprint behind it; that is null where it
 * is missing or not whole.
 */
export function readEnrolmentCode(text: string): { oneTime: string; fingerprint: string | null } {
  const all = bare(text);
  const rest = all.slice(CODE_LETTERS);
  return { oneTime: all.slice(0, CODE_LETTERS), fingerprint: rest.length === LETTERS ? rest : null };
}

/** A request as both ends see it: what was asked, and by which unrepeated number. */
export type Asked = {
  nonce: string;
  method: string;
  /** With its query, as it stands in the request. */
  path: string;
  /** SHA-256 of the body; of nothing where there is none; null where it was answered unread. */
  bodyHash: string | null;
};

/** What a centre signs of an answer: to which request it is, and all of it. */
export function answerText(
  { nonce, method, path, bodyHash }: Asked,
  status: number,
  body: Uint8Array | string,
): string {
  return `heshi-answer:${nonce}:${method} ${path}:${bodyHash ?? 'unread'}:${status}:${hash('sha256', body)}`;
}

/** SHA-256 of a body, as `Asked` has it. */
export function bodyHashOf(body: Uint8Array | string): string {
  return hash('sha256', body);
}

/** Where a request has its unrepeated number, and its answer the signature. */
export const NONCE_HEADER = 'heshi-nonce';
export const SIGNATURE_HEADER = 'heshi-signature';

/** What a centre signs of where a unit's feed ends. `epoch` is the history of the database, empty where it does not tell. */
export function headText(
  unitPath: string,
  head: { position: number; digest: string },
  epoch: string,
): string {
  return `heshi-head:${unitPath}:${head.position}:${head.digest}:${epoch}`;
}
