import { createPrivateKey, createPublicKey, generateKeyPairSync, sign, verify } from 'node:crypto';

export type DeviceKeys = {
  /** Raw Ed25519 public key, base64url. */
  publicKey: string;
  /** PKCS#8 DER. Sealed by the host before it is stored. */
  privateKey: Uint8Array;
};

/** Makes a device's Ed25519 key pair. */
export function generateDeviceKeys(): DeviceKeys {
  const pair = generateKeyPairSync('ed25519');
  const jwk = pair.publicKey.export({ format: 'jwk' });
  return {
    publicKey: jwk.x ?? '',
    privateKey: pair.privateKey.export({ format: 'der', type: 'pkcs8' }),
  };
}

/** Signs a text; the signature is base64url. */
export function signText(privateKey: Uint8Array, text: string): string {
  const key = createPrivateKey({ key: Buffer.from(privateKey), format: 'der', type: 'pkcs8' });
  return sign(null, Buffer.from(text), key).toString('base64url');
}

/** True when `signature` is `publicKey`'s over `text`; false for anything malformed. */
export function verifyText(publicKey: string, text: string, signature: string): boolean {
  try {
    const key = createPublicKey({
      key: { kty: 'OKP', crv: 'Ed25519', x: publicKey },
      format: 'jwk',
    });
    return verify(null, Buffer.from(text), key, Buffer.from(signature, 'base64url'));
  } catch {
    return false;
  }
}

/** True when the text is a raw Ed25519 public key in base64url. */
export function isPublicKey(text: string): boolean {
  try {
    return createPublicKey({ key: { kty: 'OKP', crv: 'Ed25519', x: text }, format: 'jwk' }).type === 'public';
  } catch {
    return false;
  }
}

/** The text a device signs for a push: the hash of the last event covers the whole batch and everything before it. */
export function pushText(deviceId: string, lastSequence: number, lastHash: string): string {
  return `heshi-push:${deviceId}:${lastSequence}:${lastHash}`;
}

/** The text a device signs to have one of its facts stored without being judged. */
export function asideText(deviceId: string, deviceSequence: number): string {
  return `heshi-aside:${deviceId}:${deviceSequence}`;
}

/** The text an installation signs with its old key when it gives up that identity for a new one. */
export function replaceText(oldDeviceId: string, newPublicKey: string): string {
  return `heshi-replace:${oldDeviceId}:${newPublicKey}`;
}

/** The text a device signs to open a session. */
export function sessionText(deviceId: string, challenge: string): string {
  return `heshi-session:${deviceId}:${challenge}`;
}
