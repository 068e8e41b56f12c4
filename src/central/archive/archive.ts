import { sql } from 'kysely';
import { type CaseState, mayLeave } from '../../domain/case/index.ts';
import { businessDay } from '../../domain/kernel/calendar/index.ts';
import { textArray } from '../kernel/db/arrays.ts';
import type { Database, Transaction } from '../kernel/db/database.ts';
import { lock } from '../kernel/db/locks.ts';
import type { UnitCache } from '../kernel/units.ts';

/** Cases looked at in one statement, and locked at most in one transaction: a push never waits long for them. */
const PAGE = 500;

export type ArchiveOptions = { stopped?: () => boolean };

type Closed = { id: string; state: string };

/**
 * Puts closed cases whose period at the workstations is over into the archive: a mark with a number, nothing else changes.
 * Each few in a transaction of its own; safe to be cut at any point, and to run in two processes. Returns how many were marked.
 */
export async function archiveClosed(
  database: Database,
  units: UnitCache,
  now: Date,
  { stopped = () => false }: ArchiveOptions = {},
): Promise<number> {
  await units.reload(database);
  await returnSpokenOf(database);
  let archived = 0;
  let after = '';
  while (!stopped()) {
    // Only a first choice: whether it is closed, its own state says.
    const { rows } = await sql<Closed>`
      SELECT stream.id, stream.state FROM stream
      WHERE stream.kind = 'case' AND stream.id > ${after} AND stream.state LIKE '%"status":"closed"%'
        AND NOT EXISTS (SELECT 1 FROM archived_stream AS gone
          WHERE gone.kind = 'case' AND gone.id = stream.id AND gone.returned_at IS NULL)
      ORDER BY stream.id LIMIT ${PAGE}`.execute(database);
    const old = rows.filter((row) => {
      const state = JSON.parse(row.state) as CaseState;
      return leaves(units, state, state.closedAt ?? '', now);
    });
    if (old.length > 0)
      archived += await database
        .transaction()
        .execute((transaction) => archiveThese(transaction, units, old, now));
    const last = rows.at(-1);
    if (rows.length < PAGE || !last) break;
    after = last.id;
  }
  return archived;
}

/**
 * Takes out of the archive what a fact was recorded of since: a process of the release before, which runs beside this one while a
 * centre is upgraded, knows of no archive.
 */
async function returnSpokenOf(database: Database): Promise<void> {
  await sql`
    UPDATE archived_stream AS gone SET returned_at = spoken.last
    FROM (SELECT archived.kind, archived.id, max(event.received_at) AS last FROM archived_stream AS archived
      JOIN event ON event.stream_kind = archived.kind AND event.stream_id = archived.id
        AND event.status <> 'rejected' AND event.received_at > archived.archived_at
      WHERE archived.returned_at IS NULL GROUP BY archived.kind, archived.id) AS spoken
    WHERE gone.kind = spoken.kind AND gone.id = spoken.id AND gone.returned_at IS NULL`.execute(database);
}

function leaves(units: UnitCache, state: CaseState, lastFactAt: string, now: Date): boolean {
  const handler = {
    level: units.levelOf(state.handlingPath),
    regulator: units.partyOf(state.handlingPath) === 'regulator',
  };
  return mayLeave(state, units.rules(), handler, { lastFactAt, now: now.toISOString() });
}

type Locked = Closed & { circle: string };
type Facts = { id: string; last: Date; unknown: boolean };

async function archiveThese(
  transaction: Transaction,
  units: UnitCache,
  chosen: readonly Closed[],
  now: Date,
): Promise<number> {
  // What is archived is numbered by one transaction after the other.
  await lock(transaction, 'archive');
  const ids = textArray(chosen.map(({ id }) => id));
  // Who is writing one of them has it; the next run looks again.
  const { rows: locked } = await sql<Locked>`
    SELECT id, circle, state FROM stream WHERE kind = 'case' AND id = ANY(${ids}::text[]) AND state IS NOT NULL
    ORDER BY id FOR UPDATE SKIP LOCKED`.execute(transaction);
  // By the centre's clock: a workstation's may be years off.
  const { rows: facts } = await sql<Facts>`
    SELECT stream_id AS id, max(received_at) AS last, bool_or(status = 'unknown') AS unknown FROM event
    WHERE stream_kind = 'case' AND stream_id = ANY(${ids}::text[]) AND status <> 'rejected'
    GROUP BY stream_id`.execute(transaction);
  const factsOf = new Map(facts.map((row) => [row.id, row]));
  const leaving = locked.flatMap(({ id, circle, state: text }) => {
    const state = JSON.parse(text) as CaseState;
    const known = factsOf.get(id);
    // What a newer release recorded is not understood here, so it is not judged here.
    if (!known || known.unknown || !leaves(units, state, known.last.toISOString(), now)) return [];
    return [{ id, circle, state }];
  });
  if (leaving.length === 0) return 0;
  const column = (of: (state: CaseState) => string): string =>
    textArray(leaving.map(({ state }) => of(state)));
  await sql`
    INSERT INTO archived_stream (kind, id, circle, sequence, archived_at, number, consumer_name, merchant_name, phone_tail,
      closed_day)
    SELECT 'case', fresh.id, fresh.circle, nextval('archive_order'), ${now}, fresh.number, fresh.consumer, fresh.merchant,
      fresh.phone, fresh.closed::date
    FROM unnest(${textArray(leaving.map(({ id }) => id))}::text[], ${textArray(leaving.map(({ circle }) => circle))}::text[],
      ${column((state) => state.number)}::text[], ${column((state) => state.consumer.name)}::text[],
      ${column((state) => state.merchant.name)}::text[],
      ${column((state) => state.consumer.phone.replaceAll(/\D/g, '').slice(-4))}::text[],
      ${column((state) => businessDay(state.closedAt ?? now.toISOString()))}::text[])
      AS fresh (id, circle, number, consumer, merchant, phone, closed)
    ON CONFLICT (kind, id) DO UPDATE SET sequence = excluded.sequence, archived_at = excluded.archived_at,
      returned_at = NULL, number = excluded.number, consumer_name = excluded.consumer_name,
      merchant_name = excluded.merchant_name, phone_tail = excluded.phone_tail, closed_day = excluded.closed_day`.execute(
    transaction,
  );
  return leaving.length;
}
