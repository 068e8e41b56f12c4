import { sql, type RawBuilder } from 'kysely';
import { deviceText, logText, vouchedText } from '../../../protocol/attestation.ts';
import type { CentreKey } from '../../../protocol/centre-key.ts';
import { verifyText } from '../../../protocol/keys.ts';
import { merkleRoot } from '../../../protocol/merkle.ts';
import { centreError } from '../errors.ts';

/** A part of a log and the signature over it. */
export type Attested = {
  device: string;
  first: number;
  hashes: readonly string[];
  byCentre: boolean;
  signature: string;
};

type Part = { device: string; first: number; hashes: readonly string[] };

const lastOf = ({ first, hashes }: Part): number => first + hashes.length - 1;

/** A part of a log that its device has signed. @throws SIGNATURE_INVALID */
export function attestedByDevice(part: Part, publicKey: string, signature: string): Attested {
  const text = logText(part.device, part.first, lastOf(part), merkleRoot(part.hashes));
  if (!verifyText(publicKey, text, signature)) throw centreError('SIGNATURE_INVALID');
  return { ...part, byCentre: false, signature };
}

/** A part of a log that the centre answers for: its own, or one that came without its device's signature over it. */
export function vouchedFor(part: Part, key: CentreKey): Attested {
  const text = vouchedText(part.device, part.first, lastOf(part), merkleRoot(part.hashes));
  return { ...part, byCentre: true, signature: key.sign(text) };
}

/** Keeps it. */
export function attestationStatement(one: Attested): RawBuilder<unknown> {
  return sql`
    INSERT INTO attestation (device, first, last, by_centre, signature, leaves)
    VALUES (${one.device}, ${one.first}::bigint, ${lastOf(one)}::bigint, ${one.byCentre}, ${one.signature},
      ${Buffer.from(one.hashes.join(''), 'hex')}::bytea)`;
}

type Device = { id: string; unitPath: string; publicKey: string };

/** The centre's word on whose key that is. Given once, when the device is enrolled: a row that is changed later has none. */
export function certificateStatement(
  { id, unitPath, publicKey }: Device,
  key: CentreKey,
): RawBuilder<unknown> {
  return sql`
    INSERT INTO device_certificate (device, unit_path, public_key, certificate)
    VALUES (${id}, ${unitPath}, ${publicKey}, ${key.sign(deviceText(id, unitPath, publicKey))})
    ON CONFLICT DO NOTHING`;
}

/** Certificates that were found to be right: the same device comes with the same one again and again. */
const known = new Set<string>();
/** More than any district has; then all are looked at again. */
const KNOWN_AT_MOST = 50_000;

/** Whether the device's row is as it was when the centre gave its word on it. */
export function isCertified(device: Device, certificate: string | null, key: CentreKey): boolean {
  const text = deviceText(device.id, device.unitPath, device.publicKey);
  const name = `${key.publicKey}:${text}:${certificate ?? ''}`;
  if (known.has(name)) return true;
  if (certificate === null || !verifyText(key.publicKey, text, certificate)) return false;
  if (known.size >= KNOWN_AT_MOST) known.clear();
  known.add(name);
  return true;
}
