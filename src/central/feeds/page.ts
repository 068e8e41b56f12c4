import { sql } from 'kysely';
import type { FeedItem, FeedPage } from '../../contract/central.ts';
import { CHAIN_START } from '../../protocol/chain.ts';
import type { Work } from '../db/database.ts';
import { amongEntries, feedEntries } from './entries.ts';

type Row = {
  position: number;
  id: string;
  stream_kind: FeedItem['event']['stream']['kind'];
  stream_id: string;
  type: string;
  version: number;
  payload: string;
  actor: string;
  device: string;
  device_sequence: number;
  at: string;
  unit_path: string;
  hash: string;
  status: FeedItem['status'];
  received_at: Date;
};

/** The unit's feed after a cursor, at most `limit` items, with the position and digest of its end. */
export async function feedPage(
  work: Work,
  unitPath: string,
  after: number,
  limit: number,
): Promise<Omit<FeedPage, 'centreTime'>> {
  // The head first: items that arrive in between are beyond it and come with the next page.
  const head = await sql<{ position: number; digest: string }>`
    SELECT position, digest FROM feed_head WHERE unit_path = ${unitPath}`.execute(work);
  const { position, digest } = head.rows[0] ?? { position: 0, digest: CHAIN_START };
  const entries = await feedEntries(work, unitPath, after, position, limit);
  const places = new Map(entries.map((entry) => [entry.eventId, entry.position]));
  const { rows } = await sql<Omit<Row, 'position'>>`
    SELECT event.id, stream_kind, stream_id, type, version, payload, actor, device, device_sequence,
      at, event.unit_path, hash, status, received_at
    FROM event WHERE ${amongEntries(entries)} AND event.status <> 'rejected'`.execute(work);
  const placed = rows
    .map((row): Row => ({ ...row, position: places.get(row.id) ?? 0 }))
    .toSorted((a, b) => a.position - b.position);
  const items = placed.map((row): FeedItem => ({
    position: row.position,
    status: row.status,
    hash: row.hash,
    receivedAt: row.received_at.toISOString(),
    event: {
      id: row.id,
      stream: { kind: row.stream_kind, id: row.stream_id },
      type: row.type,
      version: row.version,
      payload: JSON.parse(row.payload) as unknown,
      actor: JSON.parse(row.actor) as FeedItem['event']['actor'],
      device: row.device,
      deviceSequence: row.device_sequence,
      at: row.at,
      unitPath: row.unit_path,
    },
  }));
  return { items, head: { position, digest } };
}
