import { hash, randomInt } from 'node:crypto';
import { sql } from 'kysely';
import { uuidv7 } from 'uuidv7';
import { CHAIN_START } from '../../protocol/chain.ts';
import { enrolmentCode, readEnrolmentCode, type CentreKey } from '../../protocol/centre-key.ts';
import { isPublicKey, replaceText, verifyText } from '../../protocol/keys.ts';
import type { Database, Transaction } from '../kernel/db/database.ts';
import { centreError } from '../kernel/errors.ts';
import type { IngestParts } from '../kernel/ingest/append.ts';
import { certificateStatement } from '../kernel/keys/attest.ts';
import type { UnitCache } from '../kernel/units.ts';
import { withCentreLog } from './facts.ts';

/** No 0, O, 1, I or L: codes are read out over the phone. */
const ALPHABET = '23456789ABCDEFGHJKMNPQRSTUVWXYZ';
const HALF = 5;

/** 31^10, near 50 bits: not to be guessed within the days a code lives. */
function newCode(): string {
  const letters = Array.from({ length: 2 * HALF }, () => ALPHABET[randomInt(ALPHABET.length)] ?? 'X').join(
    '',
  );
  return `${letters.slice(0, HALF)}-${letters.slice(HALF)}`;
}

/** Codes are kept as hashes; how they are typed does not matter, nor whether the fingerprint behind them came along. */
export function hashCode(code: string): string {
  return hash('sha256', readEnrolmentCode(code).oneTime);
}

/** Makes one-time enrolment codes, one a unit, each with this centre's fingerprint. @throws UNIT_UNKNOWN */
export async function createCodes(
  { database, units, key }: { database: Database; units: UnitCache; key: CentreKey | null },
  input: { unitPaths: readonly string[]; validMinutes: number },
  now: Date,
): Promise<{ codes: { unitPath: string; code: string; expiresAt: string }[] }> {
  const expiresAt = new Date(now.getTime() + input.validMinutes * 60_000);
  for (const path of input.unitPaths) {
    if (!(await units.find(path, database))) throw centreError('UNIT_UNKNOWN', { path });
  }
  const codes = input.unitPaths.map((unitPath) => ({
    unitPath,
    code: newCode(),
    expiresAt: expiresAt.toISOString(),
  }));
  await sql`
    INSERT INTO enrolment_code (code_hash, unit_path, created_at, expires_at)
    SELECT code, path, ${now}::timestamptz, ${expiresAt}::timestamptz
    FROM unnest(${codes.map((one) => hashCode(one.code))}::text[], ${codes.map((one) => one.unitPath)}::text[])
      AS fresh (code, path)`.execute(database);
  return {
    codes: codes.map((one) =>
      key === null ? one : { ...one, code: enrolmentCode(one.code, key.publicKey) },
    ),
  };
}

export type Enrolled = { deviceId: string; deviceCode: string; unitPath: string };
type EnrolInput = {
  code: string;
  name: string;
  publicKey: string;
  replaces?: { deviceId: string; signature: string } | undefined;
};

/**
 * Enrols a workstation with a one-time code. The same code with the same key again gives the same device, so
 * that a lost answer can be asked for once more. With `replaces`, an installation gives up the identity it had.
 * @throws CODE_UNKNOWN, CODE_EXPIRED, CODE_USED, RULE when the key is none; with `replaces` also DEVICE_UNKNOWN,
 * SIGNATURE_INVALID, UNIT_DIFFERS
 */
export async function enrol(parts: IngestParts, input: EnrolInput, now: Date): Promise<Enrolled> {
  const codeHash = hashCode(input.code);
  if (!isPublicKey(input.publicKey)) {
    throw centreError('RULE', { rule: 'public-key-invalid', field: 'publicKey' });
  }
  // Whoever only guesses codes does not get to hold the centre's log.
  const known = await sql`SELECT 1 FROM enrolment_code WHERE code_hash = ${codeHash}`.execute(parts.database);
  if (known.rows.length === 0) throw centreError('CODE_UNKNOWN');
  return withCentreLog(parts, now, async ({ transaction, record }) => {
    const { rows } = await sql<{ unit_path: string; expires_at: Date; used_by: string | null }>`
      SELECT unit_path, expires_at, used_by FROM enrolment_code WHERE code_hash = ${codeHash} FOR UPDATE`.execute(
      transaction,
    );
    const code = rows[0];
    if (!code) throw centreError('CODE_UNKNOWN');
    if (code.used_by !== null) return sameDeviceAgain(transaction, code.used_by, input.publicKey);
    if (code.expires_at <= now) throw centreError('CODE_EXPIRED');
    const unitPath = code.unit_path;
    if (input.replaces) await giveUp(transaction, input.replaces, input.publicKey, unitPath);
    const counted = await sql<{ count: number }>`
      SELECT count(*)::int AS count FROM device WHERE unit_path = ${unitPath}`.execute(transaction);
    const enrolled = {
      deviceId: uuidv7(),
      // The centre's log is held: nobody else counts at this moment.
      deviceCode: String((counted.rows[0]?.count ?? 0) + 1),
      unitPath,
    };
    await insertDevice(transaction, enrolled, input, now);
    const { publicKey } = input;
    if (parts.key !== null)
      await certificateStatement({ id: enrolled.deviceId, unitPath, publicKey }, parts.key).execute(
        transaction,
      );
    await sql`
      UPDATE enrolment_code SET used_by = ${enrolled.deviceId} WHERE code_hash = ${codeHash}`.execute(
      transaction,
    );
    const payload = {
      name: input.name,
      unitPath,
      code: enrolled.deviceCode,
      publicKey: input.publicKey,
      ...(input.replaces ? { replaces: input.replaces.deviceId } : {}),
    };
    const stream = { kind: 'workstation' as const, id: enrolled.deviceId };
    await record([{ stream, type: 'workstation-enrolled', payload, unitPath }]);
    return enrolled;
  });
}

/**
 * Takes an identity out of use that its holder gives up. Quarantined, not revoked: another copy may still hold
 * facts under it, and its document numbers may be on paper. Every copy of it may give it up, each for its own.
 */
async function giveUp(
  transaction: Transaction,
  replaces: { deviceId: string; signature: string },
  newPublicKey: string,
  unitPath: string,
): Promise<void> {
  const { rows } = await sql<{ unitPath: string; publicKey: string }>`
    SELECT unit_path AS "unitPath", public_key AS "publicKey" FROM device
    WHERE id = ${replaces.deviceId} AND id <> 'centre' FOR UPDATE`.execute(transaction);
  const old = rows[0];
  if (!old) throw centreError('DEVICE_UNKNOWN');
  if (!verifyText(old.publicKey, replaceText(replaces.deviceId, newPublicKey), replaces.signature)) {
    throw centreError('SIGNATURE_INVALID');
  }
  if (old.unitPath !== unitPath) throw centreError('UNIT_DIFFERS', { path: old.unitPath });
  await sql`
    UPDATE device SET status = 'quarantined' WHERE id = ${replaces.deviceId} AND status = 'active'`.execute(
    transaction,
  );
}

async function sameDeviceAgain(
  transaction: Transaction,
  deviceId: string,
  publicKey: string,
): Promise<Enrolled> {
  const { rows } = await sql<Enrolled & { publicKey: string }>`
    SELECT id AS "deviceId", code AS "deviceCode", unit_path AS "unitPath", public_key AS "publicKey"
    FROM device WHERE id = ${deviceId}`.execute(transaction);
  const device = rows[0];
  if (device?.publicKey !== publicKey) throw centreError('CODE_USED');
  return { deviceId: device.deviceId, deviceCode: device.deviceCode, unitPath: device.unitPath };
}

async function insertDevice(
  transaction: Transaction,
  device: Enrolled,
  input: EnrolInput,
  now: Date,
): Promise<void> {
  await sql`
    INSERT INTO device (id, name, unit_path, code, public_key, status, head_hash, enrolled_at, last_seen_at)
    VALUES (${device.deviceId}, ${input.name}, ${device.unitPath}, ${device.deviceCode}, ${input.publicKey},
      'active', ${CHAIN_START}, ${now}, ${now})`.execute(transaction);
}
