import { sql } from 'kysely';
import type { FeedItem, FeedPage } from '../../../contract/centre/index.ts';
import { ERASURE } from '../../../domain/kernel/event/erasure.ts';
import { CENTRE_DEVICE } from '../../../domain/kernel/event/event.ts';
import { openedPayload, sealedWith } from '../../../protocol/sealed-facts.ts';
import { CHAIN_START } from '../../../protocol/chain.ts';
import { textColumn } from '../db/binary-arrays.ts';
import { circleOf } from '../db/circle.ts';
import { envelopeOf, EVENT_COLUMNS, EVENT_TEXTS, type LoggedEvent } from '../db/logged-event.ts';
import type { QueryExecutor } from '../db/pipeline.ts';
import { JOIN_KEY, TAKEN_OUT } from '../keys/record-keys.ts';
import { attestationsOf } from './attestations.ts';
import { amongEntries, feedEntries } from './entries.ts';
import { ARCHIVE_END, JOIN_STANDING, STANDING, TEXTS_UNLESS_ARCHIVED, type Standing } from './standing.ts';

type Row = LoggedEvent & {
  position: number;
  previous_hash: string;
  hash: string;
  status: FeedItem['status'];
  received_at: Date;
};

const COLUMNS = sql`${EVENT_COLUMNS}, event.previous_hash, event.hash, event.status, event.received_at`;

function itemOf(row: Row): FeedItem {
  return {
    position: row.position,
    status: row.status,
    hash: row.hash,
    previousHash: row.previous_hash,
    receivedAt: row.received_at.toISOString(),
    event: envelopeOf(row),
    ...(row.record_key === null ? {} : { key: row.record_key }),
    ...(row.sealed_with === TAKEN_OUT ? { takenOut: true } : {}),
  };
}

/** How items of archived records are given: with their events, as always, or without them. */
export type ArchivedForm = 'whole' | 'bare';

/**
 * The unit's feed after a cursor, at most `limit` items, with the position and digest of its end. Of a record that is or was in
 * the archive, what stands in the feed before the page comes along (`back`): the asker may have evicted it.
 */
export async function feedPage(
  executor: QueryExecutor,
  unitPath: string,
  after: number,
  limit: number,
  archived: ArchivedForm = 'whole',
): Promise<Omit<FeedPage, 'centreTime'>> {
  // The head first: items that arrive in between are beyond it and come with the next page.
  const head = await sql<{ position: number; digest: string; archive: number }>`
    SELECT position, digest, ${ARCHIVE_END} AS archive FROM feed_head WHERE unit_path = ${unitPath}`.execute(
    executor,
  );
  const { position, digest, archive } = head.rows[0] ?? { position: 0, digest: CHAIN_START, archive: 0 };
  const entries = await feedEntries(executor, unitPath, after, position, limit);
  // A workstation that has all there is asks far more often than one that has not.
  if (entries.length === 0) return { items: [], head: { position, digest }, archive };
  const places = new Map(entries.map((entry) => [entry.eventId, entry.position]));
  const { rows } = await sql<Omit<Row, 'position'> & Standing>`
    SELECT ${COLUMNS}, ${archived === 'bare' ? TEXTS_UNLESS_ARCHIVED : EVENT_TEXTS}, ${STANDING}
    FROM event ${JOIN_KEY} ${JOIN_STANDING}
    WHERE ${amongEntries(entries)} AND event.status <> 'rejected'`.execute(executor);
  const placed = rows
    .map((row): Row & Standing => ({ ...row, position: places.get(row.id) ?? 0 }))
    .toSorted((a, b) => a.position - b.position);
  const isBare = (row: Standing): boolean => archived === 'bare' && row.standing === 'archived';
  const whole = placed.filter((row) => !isBare(row));
  const bare = placed.filter(isBare).map((row) => ({
    position: row.position,
    hash: row.hash,
    id: row.id,
    stream: { kind: row.stream_kind, id: row.stream_id },
  }));
  const moved = whole.filter((row) => row.standing !== null);
  const back = await itemsBefore(
    executor,
    unitPath,
    after,
    moved.map((row) => ({ kind: row.stream_kind, id: row.stream_id })),
  );
  const items = whole.map(itemOf);
  const erasures = await erasuresOf(executor, unitPath, [...items, ...back]);
  return {
    items,
    ...(await attestationsOf(executor, [...items, ...back, ...erasures])),
    ...(erasures.length === 0 ? {} : { erasures }),
    ...(bare.length === 0 ? {} : { bare }),
    ...(back.length === 0 ? {} : { back }),
    head: { position, digest },
    archive,
  };
}

/** The erasures of records of which something among these items is closed. */
async function erasuresOf(
  executor: QueryExecutor,
  unitPath: string,
  items: readonly FeedItem[],
): Promise<FeedItem[]> {
  const closed = items.filter(
    ({ event, key, takenOut }) =>
      takenOut === true || (key === undefined && sealedWith(event.payload) !== null),
  );
  if (closed.length === 0) return [];
  const wanted = [
    ...new Map(closed.map(({ event: { stream } }) => [`${stream.kind}:${stream.id}`, stream])).values(),
  ];
  const { rows } = await sql<Row>`
    SELECT coalesce(feed.position, 0) AS position, ${COLUMNS}, ${EVENT_TEXTS}
    FROM unnest(${textColumn(wanted.map((one) => one.kind))}::text[],
      ${textColumn(wanted.map((one) => one.id))}::text[]) AS wanted (kind, id)
    JOIN event ON event.stream_kind = wanted.kind AND event.stream_id = wanted.id AND event.status = 'accepted'
      AND event.type = ${ERASURE} AND event.device = ${CENTRE_DEVICE}
    ${JOIN_KEY}
    LEFT JOIN feed ON feed.event_id = event.id AND feed.circle = ${circleOf(unitPath)} AND feed.unit_path = ${unitPath}
    ORDER BY event.position`.execute(executor);
  return rows.map(itemOf);
}

/** One record as it stands in a unit's feed, in order, to be read and not to be kept: opened, and without its keys. */
export async function streamItems(
  executor: QueryExecutor,
  unitPath: string,
  stream: { kind: string; id: string },
): Promise<FeedItem[]> {
  const items = await itemsBefore(executor, unitPath, Number.MAX_SAFE_INTEGER, [stream]);
  return items.map(({ key, ...item }) => {
    const payload = openedPayload(item.event, key ?? null);
    return { ...item, event: { ...item.event, payload } };
  });
}

/** Everything of these records that stands in the unit's feed up to a position. */
async function itemsBefore(
  executor: QueryExecutor,
  unitPath: string,
  until: number,
  streams: readonly { kind: string; id: string }[],
): Promise<FeedItem[]> {
  if (streams.length === 0 || until === 0) return [];
  const wanted = [...new Map(streams.map((one) => [`${one.kind}:${one.id}`, one])).values()];
  const { rows } = await sql<Row>`
    SELECT feed.position, ${COLUMNS}, ${EVENT_TEXTS}
    FROM unnest(${textColumn(wanted.map((one) => one.kind))}::text[],
      ${textColumn(wanted.map((one) => one.id))}::text[]) AS wanted (kind, id)
    JOIN event ON event.stream_kind = wanted.kind AND event.stream_id = wanted.id AND event.status <> 'rejected'
    ${JOIN_KEY}
    JOIN feed ON feed.event_id = event.id AND feed.circle = ${circleOf(unitPath)} AND feed.unit_path = ${unitPath}
      AND feed.position <= ${until}
    ORDER BY feed.position`.execute(executor);
  return rows.map(itemOf);
}
