import { sql } from 'kysely';
import { textArray } from '../kernel/db/arrays.ts';
import type { Transaction } from '../kernel/db/database.ts';
import { markPage, marksAreFilled, type ConsumerMarks } from '../repeats/index.ts';
import { createCheck, type Invariant } from './check.ts';

const PAGE = 2_000;

/** Every case and return whose consumer left a number bears that number's mark; nothing else bears one. */
export async function marksAreWhole(transaction: Transaction, marks: ConsumerMarks): Promise<Invariant> {
  const check = createCheck('consumer marks are whole');
  // While older records are still being marked, one that is missing is late, not lost.
  const filled = await marksAreFilled(transaction);
  let expected = 0;
  for (let after: { kind: string; id: string } | null = { kind: '', id: '' }; after !== null;) {
    const page: Awaited<ReturnType<typeof markPage>> = await markPage(transaction, marks, after, PAGE);
    const { rows } = await sql<{ kind: string; id: string; mark: string }>`
      SELECT marked.kind, marked.id, marked.mark FROM unnest(
        ${textArray(page.rows.map((row) => row.circle))}::text[],
        ${textArray(page.rows.map((row) => row.kind))}::text[],
        ${textArray(page.rows.map((row) => row.id))}::text[]) AS wanted (circle, kind, id)
      JOIN consumer_mark AS marked USING (circle, kind, id)`.execute(transaction);
    const known = new Map(rows.map((row) => [`${row.kind}:${row.id}`, row.mark]));
    for (const row of page.rows) {
      const mark = known.get(`${row.kind}:${row.id}`);
      if (mark === row.mark || (mark === undefined && !filled)) check.pass();
      else check.fail(`${row.kind} ${row.id}`);
      if (mark !== undefined) expected += 1;
    }
    after = page.last;
  }
  const { rows } = await sql<{ total: number }>`SELECT count(*)::int AS total FROM consumer_mark`.execute(
    transaction,
  );
  const stray = (rows[0]?.total ?? 0) - expected;
  if (stray > 0) check.fail(`${stray} marks of no record`);
  return check.result();
}
