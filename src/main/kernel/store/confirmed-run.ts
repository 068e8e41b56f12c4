import { sql } from 'kysely';
import type { AcceptedRun } from '../../../contract/centre/index.ts';
import { feedDigest } from '../../../protocol/chain.ts';
import { readCursor, type Cursor } from './incoming.ts';
import { writeMeta } from './meta.ts';
import type { Writer } from './store.ts';

/** A batch that was sent, in device order, and when the centre had it. */
export type Sent = { events: readonly { deviceSequence: number; hash: string }[]; receivedAt: string };

/** The centre's answer speaks of facts that were not in the batch. */
export class RunNotSent extends Error {}

/**
 * Books runs of accepted facts. A run that stands in the feed right behind this workstation's cursor need not be read
 * from there: it is confirmed at once, and the cursor moves on with its digest. Where others' facts stand in between,
 * only the receipt is booked, and the feed brings all of it in the centre's order.
 * @throws RunNotSent
 */
export async function applyRuns(writer: Writer, runs: readonly AcceptedRun[], sent: Sent): Promise<void> {
  if (runs.length === 0) return;
  let cursor = await readCursor(writer);
  const before = cursor.position;
  for (const { from, to, feedPosition } of runs) {
    const start = sent.events.findIndex((event) => event.deviceSequence === from);
    const facts = start < 0 ? [] : sent.events.slice(start, start + to - from + 1);
    if (facts.length === 0 || facts.at(-1)?.deviceSequence !== to) throw new RunNotSent();
    const behind =
      feedPosition === cursor.position + 1 &&
      (await waiting(writer, from, to)) === facts.length &&
      !(await archivedAmong(writer, from, to));
    const place = behind ? sql`device_sequence + ${feedPosition - from}` : sql`feed_position`;
    const receivedAt = behind ? sql`${sent.receivedAt}` : sql`received_at`;
    await sql`
      UPDATE event SET status = 'accepted', refusal = NULL, feed_position = ${place}, received_at = ${receivedAt}
      WHERE origin = 'local' AND device_sequence BETWEEN ${from} AND ${to} AND status = 'pending'`.execute(
      writer,
    );
    await sql`DELETE FROM outbox WHERE device_sequence BETWEEN ${from} AND ${to}`.execute(writer);
    if (behind) cursor = facts.reduce(stepped, cursor);
  }
  if (cursor.position !== before) await writeMeta(writer, 'cursor', JSON.stringify(cursor));
}

function stepped({ position, digest }: Cursor, { hash }: { hash: string }): Cursor {
  return { position: position + 1, digest: feedDigest(digest, hash) };
}

/** Whether that part of the log is about a record that the centre had archived: the feed brings back what stood in it before. */
async function archivedAmong(writer: Writer, from: number, to: number): Promise<boolean> {
  const { rows } = await sql`
    SELECT 1 FROM event JOIN left_stream AS gone ON gone.kind = event.stream_kind AND gone.id = event.stream_id
    WHERE event.origin = 'local' AND event.device_sequence BETWEEN ${from} AND ${to} LIMIT 1`.execute(writer);
  return rows.length > 0;
}

/** How many facts of that part of the log have no receipt yet. */
async function waiting(writer: Writer, from: number, to: number): Promise<number> {
  const { rows } = await sql<{ waiting: number }>`
    SELECT count(*) AS waiting FROM event
    WHERE origin = 'local' AND device_sequence BETWEEN ${from} AND ${to} AND status = 'pending'`.execute(
    writer,
  );
  return rows[0]?.waiting ?? 0;
}
