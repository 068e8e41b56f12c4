import { sql } from 'kysely';
import { CONSUMER_KINDS, storedState } from '../../domain/streams.ts';
import type { Database, Transaction } from '../kernel/db/database.ts';
import type { ConsumerMarks } from './keys.ts';
import { markInsert, markRowOf, type MarkRow } from './rows.ts';

const BATCH = 500;

type Row = { kind: string; id: string; state: string };

/** The marks of one page of records, in order of kind and id, and the last record looked at; null at the end. */
export async function markPage(
  from: Database | Transaction,
  marks: ConsumerMarks,
  after: { kind: string; id: string },
  limit = BATCH,
): Promise<{ rows: MarkRow[]; last: { kind: string; id: string } | null }> {
  const { rows } = await sql<Row>`
    SELECT kind, id, state FROM stream
    WHERE kind IN (${sql.join(CONSUMER_KINDS)}) AND (kind, id) > (${after.kind}, ${after.id}) AND state IS NOT NULL
    ORDER BY kind, id LIMIT ${limit}`.execute(from);
  const found = rows.flatMap((row) => {
    const current = storedState(row.kind, row.state);
    const mark = current ? markRowOf(current, marks) : null;
    return mark === null ? [] : [mark];
  });
  return { rows: found, last: rows.at(-1) ?? null };
}

/** True once records from before marks have theirs. */
export async function marksAreFilled(from: Database | Transaction): Promise<boolean> {
  const { rows } = await sql`SELECT 1 FROM setting WHERE key = 'consumer-marks-filled'`.execute(from);
  return rows.length > 0;
}

/**
 * Marks the records that are older than marks, page by page, once a database. Cut at any point, the next start begins
 * again and changes nothing that is right. `stopping` ends it early.
 */
export async function fillMarks(
  database: Database,
  marks: ConsumerMarks,
  stopping: () => boolean,
): Promise<void> {
  if (await marksAreFilled(database)) return;
  let after: { kind: string; id: string } | null = { kind: '', id: '' };
  while (after !== null) {
    if (stopping()) return;
    const from: { kind: string; id: string } = after;
    after = await database.transaction().execute(async (transaction) => {
      const page = await markPage(transaction, marks, from);
      // A mark that came in meanwhile is newer.
      await markInsert(page.rows, 'keep')?.execute(transaction);
      return page.last;
    });
  }
  await sql`
    INSERT INTO setting (key, value) VALUES ('consumer-marks-filled', 'true') ON CONFLICT DO NOTHING`.execute(
    database,
  );
}
