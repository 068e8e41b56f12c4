import { sql, type RawBuilder } from 'kysely';
import type { CaseState } from '../../domain/case/state.ts';
import type { UnitsAndRules } from '../kernel/store/units-and-rules.ts';
import { readMeta, writeMeta } from '../kernel/store/meta.ts';
import type { Store, Writer } from '../kernel/store/store.ts';
import { followUpDays } from './supervised-columns.ts';

const DONE = 'follow-up-days';

/** Cases read at once: few enough to hold, enough to be quick. */
const PAGE = 500;

/** Cases with a day that the calendar decides. */
export const FOLLOWED: RawBuilder<unknown> = sql`confirm_due_at IS NOT NULL OR notice_due_at IS NOT NULL`;

/** Cases that may have such a day though no release before kept it: all that a regulator has open, and confirmable agreements. */
const UNKEPT = sql`(open = 1 AND handling_path IN (SELECT path FROM unit_row WHERE party = 'regulator'))
  OR stream.state LIKE '%peoples-mediation-agreement%'`;

type Row = {
  row: number;
  state: string;
  call_due_at: string | null;
  confirm_due_at: string | null;
  notice_due_at: string | null;
};

/** Works out anew the follow-up days of the cases that match, in the caller's transaction. Returns how many changed. */
export async function recomputeFollowUps(
  writer: Writer,
  directory: UnitsAndRules,
  matching: RawBuilder<unknown>,
): Promise<number> {
  let changed = 0;
  let after = 0;
  for (;;) {
    const { rows } = await sql<Row>`
      SELECT case_row.row, stream.state, call_due_at, confirm_due_at, notice_due_at FROM case_row
      JOIN stream ON stream.kind = 'case' AND stream.id = case_row.id
      WHERE case_row.row > ${after} AND (${matching}) ORDER BY case_row.row LIMIT ${PAGE}`.execute(writer);
    const fresh = rows.flatMap((row) => {
      // Written by `saveFacts` from a value of exactly this type.
      const days = followUpDays(JSON.parse(row.state) as CaseState, directory);
      const same =
        days.callDueAt === row.call_due_at &&
        days.confirmDueAt === row.confirm_due_at &&
        days.noticeDueAt === row.notice_due_at;
      return same ? [] : [{ row: row.row, ...days }];
    });
    if (fresh.length > 0) {
      await sql`
        UPDATE case_row SET call_due_at = one.value ->> 'callDueAt',
          confirm_due_at = one.value ->> 'confirmDueAt', notice_due_at = one.value ->> 'noticeDueAt'
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

/** Gives cases from before follow-ups were kept theirs, once: they need the rules, which a step of the schema lacks. */
export async function setFollowUpDays(store: Store, directory: UnitsAndRules): Promise<void> {
  if ((await readMeta(store.read, DONE)) !== null) return;
  await store.write(async (writer) => {
    await recomputeFollowUps(writer, directory, UNKEPT);
    await writeMeta(writer, DONE, '1');
  });
}
