import { randomBytes, randomUUID } from 'node:crypto';
import { jwtVerify, SignJWT } from 'jose';
import { sql } from 'kysely';
import { sessionText, verifyText } from '../../../protocol/keys.ts';
import type { Database } from '../db/database.ts';
import { preparing } from '../db/prepared.ts';
import { centreError } from '../errors.ts';
import { spendChallenge } from './challenges.ts';

/** Long enough for a day's backlog, short enough that a revoked device is out soon. */
const SESSION_SECONDS = 15 * 60;
const CHALLENGE_SECONDS = 60;

export type DeviceSession = { deviceId: string; unitPath: string };

export type Sessions = {
  /** How long a session lasts. */
  seconds: number;
  challenge(deviceId: string, now: Date): Promise<string>;
  /** Checks the device's signature over a challenge of ours, which opens one session and no more. @throws NOT_AUTHENTICATED, DEVICE_REVOKED */
  open(input: { deviceId: string; challenge: string; signature: string }, now: Date): Promise<string>;
  /** The device behind a bearer token. @throws NOT_AUTHENTICATED, DEVICE_REVOKED */
  device(authorization: string | undefined, now: Date): Promise<DeviceSession>;
};

function bearer(authorization: string | undefined): string {
  const token = authorization?.match(/^Bearer (.+)$/)?.[1];
  if (token === undefined) throw centreError('NOT_AUTHENTICATED');
  return token;
}

/** The secret all centre processes of one database share. */
async function sharedSecret(database: Database): Promise<Uint8Array> {
  const fresh = randomBytes(32).toString('base64');
  await sql`INSERT INTO setting (key, value) VALUES ('session-secret', ${fresh}) ON CONFLICT DO NOTHING`.execute(
    database,
  );
  const { rows } = await sql<{
    value: string;
  }>`SELECT value FROM setting WHERE key = 'session-secret'`.execute(database);
  return Buffer.from(rows[0]?.value ?? fresh, 'base64');
}

/** @param seconds how long a session lasts */
export async function createSessions(database: Database, seconds = SESSION_SECONDS): Promise<Sessions> {
  const secret = await sharedSecret(database);

  const sign = (deviceId: string, audience: string, lasts: number, now: Date): Promise<string> => {
    const issued = Math.floor(now.getTime() / 1000);
    return (
      new SignJWT()
        .setProtectedHeader({ alg: 'HS256' })
        .setSubject(deviceId)
        .setAudience(audience)
        .setIssuedAt(issued)
        .setExpirationTime(issued + lasts)
        // Two of one second are two.
        .setJti(randomUUID())
        .sign(secret)
    );
  };
  const subjectOf = async (token: string, audience: string, now: Date): Promise<string> => {
    try {
      const { payload } = await jwtVerify(token, secret, {
        audience,
        algorithms: ['HS256'],
        currentDate: now,
      });
      return payload.sub ?? '';
    } catch {
      throw centreError('NOT_AUTHENTICATED');
    }
  };
  const deviceOf = async (deviceId: string): Promise<{ unitPath: string; publicKey: string }> => {
    const { rows } = await sql<{ unitPath: string; publicKey: string; status: string }>`
      SELECT unit_path AS "unitPath", public_key AS "publicKey", status FROM device
      WHERE id = ${deviceId} AND id <> 'centre'`.execute(preparing(database));
    const device = rows[0];
    if (!device) throw centreError('NOT_AUTHENTICATED');
    if (device.status === 'revoked') throw centreError('DEVICE_REVOKED');
    return device;
  };

  return {
    seconds,
    challenge: (deviceId, now) => sign(deviceId, 'challenge', CHALLENGE_SECONDS, now),
    open: async ({ deviceId, challenge, signature }, now) => {
      if ((await subjectOf(challenge, 'challenge', now)) !== deviceId) throw centreError('NOT_AUTHENTICATED');
      const device = await deviceOf(deviceId);
      if (!verifyText(device.publicKey, sessionText(deviceId, challenge), signature)) {
        throw centreError('NOT_AUTHENTICATED');
      }
      const until = new Date(now.getTime() + CHALLENGE_SECONDS * 1000);
      if (!(await spendChallenge(database, challenge, until, now))) throw centreError('NOT_AUTHENTICATED');
      return sign(deviceId, 'session', seconds, now);
    },
    device: async (authorization, now) => {
      const deviceId = await subjectOf(bearer(authorization), 'session', now);
      const { unitPath } = await deviceOf(deviceId);
      return { deviceId, unitPath };
    },
  };
}
