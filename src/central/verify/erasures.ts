import { sql } from 'kysely';
import { ERASURE, leftBy } from '../../domain/kernel/event/erasure.ts';
import { CENTRE_DEVICE } from '../../domain/kernel/event/event.ts';
import { digestOf } from '../../protocol/sealed-facts.ts';
import type { Transaction } from '../kernel/db/database.ts';
import { envelopeOf, LOG_COLUMNS, type LogRow } from '../kernel/db/logged-event.ts';
import { JOIN_KEY, opened, TAKEN_OUT } from '../kernel/keys/record-keys.ts';
import { createCheck, type Invariant } from './check.ts';

/** Rows read at once. */
const PAGE = 2000;

/** Whether it opens with its record's key. */
function isOpen(row: LogRow): boolean {
  return opened(envelopeOf(row), row.record_key) !== null;
}

/**
 * What is sealed opens with its record's key; what has none belongs to a record that was erased, and of what was rewritten that record's erasure says what is left; and of an erased
 * record no key and no mark is left.
 */
export async function erasuresAreWhole(transaction: Transaction): Promise<Invariant> {
  const check = createCheck('what is erased is erased, and nothing else');
  let after = 0;
  for (;;) {
    const { rows } = await sql<LogRow>`
      SELECT ${LOG_COLUMNS} FROM event ${JOIN_KEY}
      WHERE event.position > ${after} AND event.sealed_with IS NOT NULL AND event.status <> 'rejected'
      ORDER BY event.position LIMIT ${PAGE}`.execute(transaction);
    const closed = rows.filter((row) => row.record_key === null);
    const { erased, left } = await erasuresOf(transaction, closed);
    for (const row of rows) {
      const told =
        row.sealed_with === TAKEN_OUT
          ? left.get(row.id) === digestOf(envelopeOf(row))
          : row.record_key === null
            ? erased.has(`${row.stream_kind}:${row.stream_id}`)
            : isOpen(row);
      if (told) check.pass();
      else check.fail(`${row.id} ${row.type}`);
    }
    const last = rows.at(-1);
    if (!last) break;
    after = last.position;
  }
  const { rows } = await sql<{ kind: string; id: string; kept: boolean }>`
    SELECT stream.kind, stream.id, EXISTS (SELECT FROM record_key
        WHERE record_key.stream_kind = stream.kind AND record_key.stream_id = stream.id)
      OR EXISTS (SELECT FROM consumer_mark AS mark
        WHERE mark.circle = stream.circle AND mark.kind = stream.kind AND mark.id = stream.id) AS kept
    FROM stream WHERE stream.state LIKE '%"erased":{%'`.execute(transaction);
  for (const { kind, id, kept } of rows) {
    if (kept) check.fail(`${kind} ${id} is not whole`);
    else check.pass();
  }
  return check.result();
}

async function erasuresOf(
  transaction: Transaction,
  rows: readonly LogRow[],
): Promise<{ erased: ReadonlySet<string>; left: ReadonlyMap<string, string> }> {
  const [erased, left] = [new Set<string>(), new Map<string, string>()];
  if (rows.length === 0) return { erased, left };
  const { rows: erasures } = await sql<{ kind: string; id: string; payload: string }>`
    SELECT DISTINCT event.stream_kind AS kind, event.stream_id AS id, event.payload
    FROM unnest(${rows.map((row) => row.stream_kind)}::text[], ${rows.map((row) => row.stream_id)}::text[]) AS wanted (kind, id)
    JOIN event ON event.stream_kind = wanted.kind AND event.stream_id = wanted.id
    WHERE event.type = ${ERASURE} AND event.status = 'accepted' AND event.device = ${CENTRE_DEVICE}`.execute(
    transaction,
  );
  for (const { kind, id, payload } of erasures) {
    const said = leftBy(JSON.parse(payload));
    // Another payload proves nothing.
    if (said === null) continue;
    erased.add(`${kind}:${id}`);
    for (const [event, digest] of said) left.set(event, digest);
  }
  return { erased, left };
}
