import { ORPCError } from '@orpc/server';
import { sql } from 'kysely';
import type { PushedEvent, PushResult, Receipt } from '../../contract/central.ts';
import { eventHash } from '../../protocol/chain.ts';
import { pushText, verifyText } from '../../protocol/keys.ts';
import type { Database, Work } from '../db/database.ts';
import type { UnitCache } from '../units.ts';
import { appendEvents } from './append.ts';

/** The device's log as the centre has it, locked for this transaction. */
type DeviceRow = {
  id: string;
  unit_path: string;
  public_key: string;
  status: 'active' | 'revoked' | 'quarantined';
  head_sequence: number;
  head_hash: string;
};

const RETRIES = 5;
/** Serialization failure, deadlock, unique violation: the same batch again, against what is there now. */
const RETRIED = new Set(['40001', '40P01', '23505']);

function chainBroken(
  sequence: number,
  expectedHash: string,
  reason: string,
): ORPCError<'CHAIN_BROKEN', unknown> {
  return new ORPCError('CHAIN_BROKEN', { data: { sequence, expectedHash, reason } });
}

/**
 * Takes one signed batch of a device. Idempotent: what the centre has already is answered with the receipts
 * it gave then. Nothing is stored of a batch whose signature, hashes or order are not right.
 */
export async function acceptPush(
  database: Database,
  units: UnitCache,
  deviceId: string,
  batch: { events: readonly PushedEvent[]; signature: string },
  now: Date,
): Promise<PushResult> {
  for (let attempt = 1; ; attempt += 1) {
    try {
      return await database.transaction().execute((work) => takeBatch(work, units, deviceId, batch, now));
    } catch (error) {
      if (error instanceof ORPCError) {
        if (error.code === 'CHAIN_BROKEN') await quarantine(database, deviceId);
        throw error;
      }
      // The batch may have named a unit another centre process has made since.
      await units.reload(database);
      const code = typeof error === 'object' && error !== null && 'code' in error ? String(error.code) : '';
      if (attempt >= RETRIES || !RETRIED.has(code)) throw error;
    }
  }
}

/** Two logs under one identity: nothing more is taken from it until an administrator has looked. */
async function quarantine(database: Database, deviceId: string): Promise<void> {
  await sql`UPDATE device SET status = 'quarantined' WHERE id = ${deviceId} AND status = 'active'`.execute(
    database,
  );
}

async function takeBatch(
  work: Work,
  units: UnitCache,
  deviceId: string,
  { events, signature }: { events: readonly PushedEvent[]; signature: string },
  now: Date,
): Promise<PushResult> {
  const device = await lockDevice(work, deviceId);
  const last = events.at(-1);
  if (!last) throw new ORPCError('BAD_REQUEST');
  if (!verifyText(device.public_key, pushText(deviceId, last.deviceSequence, last.hash), signature)) {
    throw new ORPCError('SIGNATURE_INVALID');
  }
  verifyChain(device, events);
  const known = await replayed(work, device, events);
  const fresh = events.filter((event) => event.deviceSequence > device.head_sequence);
  const first = fresh[0];
  if (first && first.previousHash !== device.head_hash) {
    throw chainBroken(first.deviceSequence, device.head_hash, 'previous-hash');
  }
  const appender = { id: deviceId, unitPath: device.unit_path, centre: false };
  const receipts = fresh.length > 0 ? await appendEvents(work, appender, fresh, units, now) : [];
  const head = fresh.at(-1) ?? null;
  await sql`
    UPDATE device SET last_seen_at = ${now}, last_pushed_at = ${now},
      head_sequence = ${head?.deviceSequence ?? device.head_sequence}, head_hash = ${head?.hash ?? device.head_hash}
    WHERE id = ${deviceId}`.execute(work);
  return {
    receipts: [...known, ...receipts],
    head: { sequence: head?.deviceSequence ?? device.head_sequence, hash: head?.hash ?? device.head_hash },
    centreTime: now.toISOString(),
  };
}

async function lockDevice(work: Work, deviceId: string): Promise<DeviceRow> {
  const { rows } = await sql<DeviceRow>`
    SELECT id, unit_path, public_key, status, head_sequence, head_hash FROM device
    WHERE id = ${deviceId} FOR UPDATE`.execute(work);
  const device = rows[0];
  if (!device) throw new ORPCError('NOT_AUTHENTICATED');
  if (device.status === 'revoked') throw new ORPCError('DEVICE_REVOKED');
  if (device.status === 'quarantined') {
    throw chainBroken(device.head_sequence, device.head_hash, 'quarantined');
  }
  return device;
}

/** Sequences follow on, hashes are right, and each event names this device. */
function verifyChain(device: DeviceRow, events: readonly PushedEvent[]): void {
  const first = events[0];
  if (first && first.deviceSequence > device.head_sequence + 1) {
    throw new ORPCError('SEQUENCE_GAP', { data: { expected: device.head_sequence + 1 } });
  }
  let previous = first?.previousHash ?? '';
  let sequence = first?.deviceSequence ?? 0;
  for (const event of events) {
    if (event.device !== device.id) throw chainBroken(event.deviceSequence, previous, 'foreign-device');
    if (event.deviceSequence !== sequence || event.previousHash !== previous) {
      throw chainBroken(event.deviceSequence, previous, 'order');
    }
    if (eventHash(event, event.previousHash) !== event.hash) {
      throw chainBroken(event.deviceSequence, previous, 'hash');
    }
    previous = event.hash;
    sequence += 1;
  }
}

/** Receipts of the events the centre has already; a different event under a known number is a second log. */
async function replayed(work: Work, device: DeviceRow, events: readonly PushedEvent[]): Promise<Receipt[]> {
  const old = events.filter((event) => event.deviceSequence <= device.head_sequence);
  if (old.length === 0) return [];
  const { rows } = await sql<{
    id: string;
    sequence: number;
    hash: string;
    status: Receipt['status'];
    refusal: string | null;
  }>`
    SELECT id, device_sequence AS sequence, hash, status, refusal FROM event
    WHERE device = ${device.id} AND device_sequence = ANY(${old.map((event) => event.deviceSequence)}::bigint[])`.execute(
    work,
  );
  const stored = new Map(rows.map((row) => [row.sequence, row]));
  return old.map((event) => {
    const row = stored.get(event.deviceSequence);
    if (!row || row.hash !== event.hash) throw chainBroken(event.deviceSequence, row?.hash ?? '', 'fork');
    const receipt: Receipt = { id: row.id, deviceSequence: row.sequence, status: row.status };
    if (row.refusal !== null) receipt.refusal = JSON.parse(row.refusal) as NonNullable<Receipt['refusal']>;
    return receipt;
  });
}
