import { sql } from 'kysely';
import type { Attestation, DeviceCertificate, FeedItem } from '../../../contract/centre/exchange.ts';
import { merkleProof } from '../../../protocol/merkle.ts';
import { bigintColumn, textColumn } from '../db/binary-arrays.ts';
import type { QueryExecutor } from '../db/pipeline.ts';

type Row = {
  device: string;
  first: number;
  last: number;
  by_centre: boolean;
  signature: string;
  leaves: Buffer;
};

const HASH_BYTES = 32;

function hashesOf(leaves: Buffer): string[] {
  const text = leaves.toString('hex');
  return Array.from({ length: leaves.length / HASH_BYTES }, (_, index) =>
    text.slice(index * 2 * HASH_BYTES, (index + 1) * 2 * HASH_BYTES),
  );
}

/**
 * Who answers for these items: the signed parts of logs in which they stand, each with what is needed to work its root out of the items
 * alone, and the certificates of the devices that signed them.
 */
export async function attestationsOf(
  executor: QueryExecutor,
  items: readonly FeedItem[],
): Promise<{ attestations: Attestation[]; devices: DeviceCertificate[] }> {
  if (items.length === 0) return { attestations: [], devices: [] };
  const byDevice = new Map<string, number[]>();
  for (const { event } of items) {
    const list = byDevice.get(event.device);
    if (list) list.push(event.deviceSequence);
    else byDevice.set(event.device, [event.deviceSequence]);
  }
  const { rows } = await sql<Row>`
    WITH part AS MATERIALIZED (
      SELECT DISTINCT found.device, found.last
      FROM unnest(${textColumn(items.map(({ event }) => event.device))}::text[],
        ${bigintColumn(items.map(({ event }) => event.deviceSequence))}::bigint[]) AS wanted (device, sequence)
      CROSS JOIN LATERAL (
        SELECT attestation.device, attestation.last FROM attestation
        WHERE attestation.device = wanted.device AND attestation.last >= wanted.sequence
        ORDER BY attestation.last LIMIT 1) AS found)
    SELECT attestation.device, attestation.first, attestation.last, attestation.by_centre, attestation.signature,
      attestation.leaves
    FROM part JOIN attestation ON attestation.device = part.device AND attestation.last = part.last
    ORDER BY attestation.device, attestation.last`.execute(executor);
  const attestations = rows.map((row): Attestation => {
    const shown = (byDevice.get(row.device) ?? [])
      .filter((sequence) => sequence >= row.first && sequence <= row.last)
      .map((sequence) => sequence - row.first)
      .toSorted((a, b) => a - b);
    return {
      device: row.device,
      from: row.first,
      to: row.last,
      by: row.by_centre ? 'centre' : 'device',
      signature: row.signature,
      proof: merkleProof(hashesOf(row.leaves), shown),
    };
  });
  const signers = new Set(rows.filter((row) => !row.by_centre).map((row) => row.device));
  return { attestations, devices: await certificatesOf(executor, [...signers]) };
}

/** Whether somebody answers for each of these items. */
export function areAttested(items: readonly FeedItem[], attestations: readonly Attestation[]): boolean {
  const parts = Map.groupBy(attestations, ({ device }) => device);
  return items.every(({ event: { device, deviceSequence } }) =>
    parts.get(device)?.some(({ from, to }) => deviceSequence >= from && deviceSequence <= to),
  );
}

async function certificatesOf(
  executor: QueryExecutor,
  devices: readonly string[],
): Promise<DeviceCertificate[]> {
  if (devices.length === 0) return [];
  const { rows } = await sql<DeviceCertificate>`
    SELECT device, unit_path AS "unitPath", public_key AS "publicKey", certificate FROM device_certificate
    WHERE device = ANY(${textColumn([...devices])}::text[])`.execute(executor);
  return rows;
}
