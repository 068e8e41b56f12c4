import { ORPCError } from '@orpc/server';
import { sql, type RawBuilder } from 'kysely';
import {
  centreErrors,
  type PushedEvent,
  type PushResult,
  type Receipt,
  type SetAside,
} from '../../../contract/centre/index.ts';
import { asideText, pushText, verifyText } from '../../../protocol/keys.ts';
import type { Transaction } from '../db/database.ts';
import { inTransaction } from '../db/retry.ts';
import { circleOf } from '../db/circle.ts';
import { centreError } from '../errors.ts';
import { attestedByDevice, isCertified } from '../keys/attest.ts';
import { RULES_REVISION, UNITS_REVISION } from '../units.ts';
import { appendEvents, type IngestParts } from './append.ts';
import { inRuns, oneByOne, type PlacedReceipt } from './runs.ts';
import { chainBroken, checkHashes, checkLinks } from './chain.ts';
import { prepareEvents, type PreparedEvents } from './prepare.ts';
import { StaleStream } from './write.ts';

export type Batch = {
  events: readonly PushedEvent[];
  signature: string;
  attestation?: string | undefined;
  setAside?: SetAside | undefined;
  runs?: boolean | undefined;
};

export type PushParts = IngestParts & {
  /** Told after the batch is stored which units' feeds it moved. */
  moved?: (paths: Iterable<string>, device: string) => void;
};

/** The device's log as the centre has it, locked for this transaction. */
type DeviceRow = {
  id: string;
  unit_path: string;
  public_key: string;
  /** The centre's word on that key. */
  certificate: string | null;
  status: 'active' | 'revoked' | 'quarantined';
  head_sequence: number;
  head_hash: string;
  last_pushed_at: Date | null;
  /** Of all procedures and calendars. */
  rules_revision: number;
  /** Of all units. */
  units_revision: number;
};

/** Signed by the device and yet not its one log: two installations with one identity, or an old backup. */
const SECOND_LOG = new Set(['fork', 'previous-hash']);

/**
 * Takes one signed batch of a device. Idempotent: what the centre has already is answered with the receipts
 * it gave then. Nothing is stored of a batch whose signature, hashes or order are not right; one that proves a
 * second log puts the device in quarantine.
 * @throws SIGNATURE_INVALID, SEQUENCE_GAP, CHAIN_BROKEN, DEVICE_REVOKED, NOT_AUTHENTICATED
 */
export async function acceptPush(
  parts: PushParts,
  deviceId: string,
  batch: Batch,
  now: Date,
): Promise<PushResult> {
  const { database } = parts;
  const moved = new Set<string>();
  // Before the device's log is locked: its next batch may be read while this one is being written.
  const prepared = prepareEvents(batch.events);
  try {
    const result = await inTransaction(
      database,
      (transaction, attempt) =>
        takeBatch(transaction, parts, deviceId, batch, { now, attempt, prepared, moved }),
      (error) => error instanceof StaleStream,
    );
    parts.moved?.(moved, deviceId);
    return result;
  } catch (error) {
    if (provesSecondLog(error)) {
      await sql`
        UPDATE device SET status = 'quarantined' WHERE id = ${deviceId} AND status = 'active'`.execute(
        database,
      );
    }
    throw error;
  }
}

function provesSecondLog(error: unknown): boolean {
  if (!(error instanceof ORPCError) || error.code !== 'CHAIN_BROKEN') return false;
  const read = centreErrors.CHAIN_BROKEN.data.safeParse(error.data);
  return read.success && SECOND_LOG.has(read.data.reason);
}

async function takeBatch(
  transaction: Transaction,
  { key, units, followers }: IngestParts,
  deviceId: string,
  { events, signature, attestation, setAside, runs = false }: Batch,
  {
    now,
    attempt,
    prepared,
    moved,
  }: { now: Date; attempt: number; prepared: PreparedEvents; moved: Set<string> },
): Promise<PushResult> {
  const device = await lockDevice(transaction, deviceId);
  const last = events.at(-1);
  if (
    !last ||
    !verifyText(device.public_key, pushText(deviceId, last.deviceSequence, last.hash), signature)
  ) {
    throw centreError('SIGNATURE_INVALID');
  }
  const { unit_path: unitPath, public_key: publicKey, certificate } = device;
  // A key that was put in the place of the device's own, in the database itself, signs nothing here.
  if (key !== null && !isCertified({ id: deviceId, unitPath, publicKey }, certificate, key))
    throw centreError('SIGNATURE_INVALID');
  if (setAside && !verifyText(publicKey, asideText(deviceId, setAside.deviceSequence), setAside.signature))
    throw centreError('SIGNATURE_INVALID');
  checkLinks(device, events);
  await units.keepUnits(device.units_revision, transaction);
  await units.keepRules(device.rules_revision, transaction);
  const old = events.filter((event) => event.deviceSequence <= device.head_sequence);
  const fresh = events.slice(old.length);
  if (old.length > 0 || fresh[0]?.previousHash !== device.head_hash) {
    // A difference is proof of a second log only when the hashes are right.
    await checkHashes(prepared);
  }
  const known = await replayed(transaction, device, old);
  const first = fresh[0];
  if (first && first.previousHash !== device.head_hash) {
    throw chainBroken(first.deviceSequence, device.head_hash, 'previous-hash');
  }
  const end = fresh.at(-1);
  const head = {
    sequence: end?.deviceSequence ?? device.head_sequence,
    hash: end?.hash ?? device.head_hash,
  };
  const seen = (taken: readonly Receipt[]): RawBuilder<unknown> => {
    const rejected = taken.filter((receipt) => receipt.status === 'rejected').length;
    return sql`
      UPDATE device SET last_seen_at = ${now}, last_pushed_at = ${now}, head_sequence = ${head.sequence},
        head_hash = ${head.hash}, rejected = rejected + ${rejected}
      WHERE id = ${deviceId}`;
  };
  const part = {
    device: deviceId,
    first: events[0]?.deviceSequence ?? 0,
    hashes: events.map((event) => event.hash),
  };
  let receipts: PlacedReceipt[] = [];
  if (fresh.length === 0) await seen([]).execute(transaction);
  else
    receipts = await appendEvents(
      transaction,
      {
        id: deviceId,
        unitPath: device.unit_path,
        centre: false,
        heardAt: device.last_pushed_at?.toISOString() ?? null,
      },
      fresh,
      {
        key,
        units,
        followers,
        ...(attestation === undefined ? {} : { attested: attestedByDevice(part, publicKey, attestation) }),
        receivedAt: now,
        moved,
        checkIds: attempt > 1,
        ...(setAside ? { setAside: setAside.deviceSequence } : {}),
        last: seen,
        ...(old.length === 0 ? { prepared, meanwhile: () => checkHashes(prepared) } : {}),
      },
    );
  const all = [...known, ...receipts];
  const answer = runs ? inRuns(all) : { receipts: oneByOne(all) };
  return { ...answer, head, centreTime: now.toISOString() };
}

async function lockDevice(transaction: Transaction, deviceId: string): Promise<DeviceRow> {
  const { rows } = await sql<DeviceRow>`
    SELECT id, unit_path, public_key, status, head_sequence, head_hash, last_pushed_at,
      (SELECT certificate FROM device_certificate WHERE device_certificate.device = device.id) AS certificate, ${RULES_REVISION} AS rules_revision,
      ${UNITS_REVISION} AS units_revision
    FROM device
    WHERE id = ${deviceId} FOR UPDATE`.execute(transaction);
  const device = rows[0];
  if (!device) throw centreError('NOT_AUTHENTICATED');
  if (device.status === 'revoked') throw centreError('DEVICE_REVOKED');
  if (device.status === 'quarantined') {
    throw chainBroken(device.head_sequence, device.head_hash, 'quarantined');
  }
  return device;
}

type ReceiptRow = {
  id: string;
  sequence: number;
  hash: string;
  status: Receipt['status'];
  refusal: string | null;
};

/** Receipts of the events the centre has already; a different event under a known number is a second log. */
async function replayed(
  transaction: Transaction,
  device: DeviceRow,
  old: readonly PushedEvent[],
): Promise<Receipt[]> {
  const [first, last] = [old[0], old.at(-1)];
  if (!first || !last) return [];
  const { rows } = await sql<ReceiptRow>`
    SELECT id, device_sequence AS sequence, hash, status, refusal FROM event
    WHERE circle = ${circleOf(device.unit_path)} AND device = ${device.id}
      AND device_sequence BETWEEN ${first.deviceSequence} AND ${last.deviceSequence}`.execute(transaction);
  const stored = new Map(rows.map((row) => [row.sequence, row]));
  return old.map((event) => {
    const row = stored.get(event.deviceSequence);
    if (row?.hash !== event.hash) throw chainBroken(event.deviceSequence, row?.hash ?? '', 'fork');
    const receipt: Receipt = { id: row.id, deviceSequence: row.sequence, status: row.status };
    if (row.refusal !== null) receipt.refusal = JSON.parse(row.refusal) as NonNullable<Receipt['refusal']>;
    return receipt;
  });
}
