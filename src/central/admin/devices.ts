import { hash, randomInt } from 'node:crypto';
import { ORPCError } from '@orpc/server';
import { sql } from 'kysely';
import { uuidv7 } from 'uuidv7';
import type { DeviceInfo } from '../../contract/central.ts';
import { CHAIN_START } from '../../protocol/chain.ts';
import type { Database } from '../db/database.ts';
import type { UnitCache } from '../units.ts';
import { recordAdminFacts } from './facts.ts';

/** No 0, O, 1, I or L: codes are read out over the phone. */
const ALPHABET = '23456789ABCDEFGHJKMNPQRSTUVWXYZ';

function newCode(): string {
  const letters = Array.from({ length: 10 }, () => ALPHABET[randomInt(ALPHABET.length)] ?? 'X').join('');
  return `${letters.slice(0, 5)}-${letters.slice(5)}`;
}

/** Codes are kept as hashes; how they are typed does not matter. */
function hashCode(code: string): string {
  return hash('sha256', code.toUpperCase().replaceAll(/[^A-Z0-9]/g, ''));
}

/** Makes one-time enrolment codes, one a unit. @throws UNIT_UNKNOWN */
export async function createCodes(
  database: Database,
  units: UnitCache,
  input: { unitPaths: readonly string[]; validMinutes: number },
  now: Date,
): Promise<{ codes: { unitPath: string; code: string; expiresAt: string }[] }> {
  const expiresAt = new Date(now.getTime() + input.validMinutes * 60_000);
  const codes = input.unitPaths.map((unitPath) => {
    if (units.get(unitPath) === undefined) throw new ORPCError('UNIT_UNKNOWN', { data: { path: unitPath } });
    return { unitPath, code: newCode(), expiresAt: expiresAt.toISOString() };
  });
  await sql`
    INSERT INTO enrolment_code (code_hash, unit_path, created_at, expires_at)
    SELECT code, path, ${now}::timestamptz, ${expiresAt}::timestamptz
    FROM unnest(${codes.map((one) => hashCode(one.code))}::text[], ${codes.map((one) => one.unitPath)}::text[])
      AS fresh (code, path)`.execute(database);
  return { codes };
}

type CodeRow = { unit_path: string; expires_at: Date; used_by: string | null };

/**
 * Enrols a workstation with a one-time code. The same code with the same key again gives the same device, so
 * that a lost answer can be asked for once more. @throws CODE_UNKNOWN, CODE_EXPIRED, CODE_USED
 */
export async function enrol(
  database: Database,
  units: UnitCache,
  input: { code: string; name: string; publicKey: string },
  now: Date,
): Promise<{ deviceId: string; deviceCode: string; unitPath: string }> {
  return database.transaction().execute(async (work) => {
    const { rows } = await sql<CodeRow>`
      SELECT unit_path, expires_at, used_by FROM enrolment_code WHERE code_hash = ${hashCode(input.code)}
      FOR UPDATE`.execute(work);
    const code = rows[0];
    if (!code) throw new ORPCError('CODE_UNKNOWN');
    if (code.used_by !== null) {
      const known = await sql<{ id: string; code: string; unit_path: string; public_key: string }>`
        SELECT id, code, unit_path, public_key FROM device WHERE id = ${code.used_by}`.execute(work);
      const device = known.rows[0];
      if (device?.public_key !== input.publicKey) throw new ORPCError('CODE_USED');
      return { deviceId: device.id, deviceCode: device.code, unitPath: device.unit_path };
    }
    if (code.expires_at < now) throw new ORPCError('CODE_EXPIRED');
    const unitPath = code.unit_path;
    // Enrolments of one unit in turn: device codes count up within it.
    await sql`SELECT path FROM unit WHERE path = ${unitPath} FOR UPDATE`.execute(work);
    const counted = await sql<{ count: number }>`
      SELECT count(*)::int AS count FROM device WHERE unit_path = ${unitPath}`.execute(work);
    const deviceCode = String((counted.rows[0]?.count ?? 0) + 1);
    const deviceId = uuidv7();
    await sql`
      INSERT INTO device (id, name, unit_path, code, public_key, status, head_hash, enrolled_at, last_seen_at)
      VALUES (${deviceId}, ${input.name}, ${unitPath}, ${deviceCode}, ${input.publicKey}, 'active', ${CHAIN_START},
        ${now}, ${now})`.execute(work);
    await sql`UPDATE enrolment_code SET used_by = ${deviceId} WHERE code_hash = ${hashCode(input.code)}`.execute(
      work,
    );
    const payload = { name: input.name, unitPath, code: deviceCode, publicKey: input.publicKey };
    const stream = { kind: 'workstation' as const, id: deviceId };
    await recordAdminFacts(work, units, [{ stream, type: 'workstation-enrolled', payload, unitPath }], now);
    return { deviceId, deviceCode, unitPath };
  });
}

/** Takes a workstation out of service: it can neither push nor read; what it holds stays on it. */
export async function revoke(
  database: Database,
  units: UnitCache,
  input: { deviceId: string; reason: string },
  now: Date,
): Promise<void> {
  await database.transaction().execute(async (work) => {
    const { rows } = await sql<{ unit_path: string }>`
      UPDATE device SET status = 'revoked' WHERE id = ${input.deviceId} AND id <> 'centre'
      RETURNING unit_path`.execute(work);
    const device = rows[0];
    if (!device) throw new ORPCError('NOT_FOUND');
    const stream = { kind: 'workstation' as const, id: input.deviceId };
    const payload = { reason: input.reason };
    await recordAdminFacts(
      work,
      units,
      [{ stream, type: 'workstation-revoked', payload, unitPath: device.unit_path }],
      now,
    );
  });
}

type DeviceRow = Omit<DeviceInfo, 'enrolledAt' | 'lastSeenAt' | 'lastPushedAt'> & {
  enrolledAt: Date;
  lastSeenAt: Date | null;
  lastPushedAt: Date | null;
};

/** Every enrolled workstation with what the centre knows of it. */
export async function listDevices(database: Database): Promise<DeviceInfo[]> {
  const { rows } = await sql<DeviceRow>`
    SELECT device.id AS "deviceId", device.name, device.unit_path AS "unitPath", device.code, device.status,
      enrolled_at AS "enrolledAt", last_seen_at AS "lastSeenAt", last_pushed_at AS "lastPushedAt",
      head_sequence AS events,
      (SELECT count(*) FROM event WHERE event.device = device.id AND event.status = 'rejected') AS rejected
    FROM device WHERE device.id <> 'centre' ORDER BY device.unit_path, device.code`.execute(database);
  return rows.map((row) => ({
    ...row,
    enrolledAt: row.enrolledAt.toISOString(),
    lastSeenAt: row.lastSeenAt?.toISOString() ?? null,
    lastPushedAt: row.lastPushedAt?.toISOString() ?? null,
  }));
}
