import { sql } from 'kysely';
import { runningDeadline } from '../../domain/case/admission.ts';
import type { Deadline } from '../../domain/case/deadline.ts';
import type { CaseState } from '../../domain/case/state.ts';
import type { UnitsAndRules } from '../kernel/store/units-and-rules.ts';
import type { Writer } from '../kernel/store/store.ts';

/** The deadline that runs in a case, by its own procedure and the calendar known here. */
export function deadlineOf(state: CaseState, directory: UnitsAndRules): Deadline | null {
  return runningDeadline(state, { ...directory, rules: directory.rules() });
}

/** Cases read at once: few enough to hold, enough to be quick. */
const PAGE = 500;

type Row = { row: number; id: string; state: string; deadline: string | null };

/**
 * Works out anew every open case's deadline that is provisional or due on or after a day (UTC, so begin early), in
 * the caller's transaction. Returns how many changed.
 */
export async function recomputeDeadlines(
  writer: Writer,
  directory: UnitsAndRules,
  dueFrom: string,
): Promise<number> {
  let changed = 0;
  let after = 0;
  for (;;) {
    const { rows } = await sql<Row>`
      SELECT case_row.row, case_row.id, stream.state, case_row.deadline FROM case_row
      JOIN stream ON stream.kind = 'case' AND stream.id = case_row.id
      WHERE case_row.open = 1 AND case_row.due_at IS NOT NULL AND case_row.row > ${after}
        AND (case_row.provisional = 1 OR case_row.due_at >= ${dueFrom})
      ORDER BY case_row.row LIMIT ${PAGE}`.execute(writer);
    const fresh = rows.flatMap((row) => {
      // Written by `saveFacts` from a value of exactly this type.
      const deadline = deadlineOf(JSON.parse(row.state) as CaseState, directory);
      const text = deadline === null ? null : JSON.stringify(deadline);
      if (deadline === null || text === row.deadline) return [];
      return [{ row: row.row, dueAt: new Date(deadline.dueAt).toISOString(), deadline: text }];
    });
    if (fresh.length > 0) {
      await sql`
        UPDATE case_row SET due_at = one.value ->> 'dueAt', deadline = one.value ->> 'deadline'
        FROM json_each(${JSON.stringify(fresh)}) AS one WHERE case_row.row = one.value ->> 'row'`.execute(
        writer,
      );
    }
    changed += fresh.length;
    const last = rows.at(-1);
    if (!last || rows.length < PAGE) return changed;
    after = last.row;
  }
}
