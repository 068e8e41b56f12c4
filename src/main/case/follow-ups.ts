import { sql, type RawBuilder } from 'kysely';
import { COUNT_LIMIT } from '../../contract/workstation/base.ts';
import type { DeadlineBoard, FollowUpColumn } from '../../contract/workstation/deadlines.ts';
import { dayEnd, dayStart, shiftDay } from '../../domain/kernel/calendar/index.ts';
import { followUpsOf, instalmentDue, type FollowUp } from '../../domain/case/follow-up.ts';
import { loadStates } from '../kernel/store/index.ts';
import { keyOf } from '../kernel/store/streams.ts';
import { summarize, type CallContext } from '../kernel/parts.ts';
import { dueDates } from '../kernel/due-dates.ts';

const SHOWN = 50;

/** Instalments are seen so many days ahead (assumption). */
const INSTALMENT_WINDOW_DAYS = 31;

/** A call that nobody made for so long is not asked for any more (assumption). */
const CALL_WINDOW_DAYS = 60;

/** Where each kind's day stands in a case's row. */
const COLUMNS: Record<FollowUp['kind'], { due: string; index: string }> = {
  satisfaction: { due: 'call_due_at', index: 'case_call' },
  confirmation: { due: 'confirm_due_at', index: 'case_confirm' },
  notice: { due: 'notice_due_at', index: 'case_notice' },
  instalment: { due: 'instalment_due_at', index: 'case_instalment' },
};

async function followUpColumn(
  context: CallContext,
  kind: FollowUp['kind'],
  matching: RawBuilder<unknown>,
): Promise<FollowUpColumn> {
  const { directory, store } = context.workstation;
  const { read } = store;
  const due = sql.ref(COLUMNS[kind].due);
  // Few cases have such a day, which the planner cannot know.
  const index = sql.ref(COLUMNS[kind].index);
  const from = sql`FROM case_row INDEXED BY ${index} WHERE ${due} IS NOT NULL AND ${matching}`;
  const { rows } = await sql<{ id: string }>`
    SELECT id ${from} ORDER BY ${due}, row LIMIT ${SHOWN}`.execute(read);
  const counted = await sql<{ total: number }>`
    SELECT count(*) AS total FROM (
      SELECT 1 ${from} LIMIT ${COUNT_LIMIT + 1})`.execute(read);
  const states = await loadStates(
    read,
    rows.map(({ id }) => ({ kind: 'case', id })),
  );
  const cases = (await summarize(context, 'case', rows)).flatMap((item) => {
    const current = states.get(keyOf({ kind: 'case', id: item.id }));
    const followUps =
      current?.kind === 'case'
        ? [
            ...followUpsOf(current.state, directory.rules(), directory.handlerAt(current.state.handlingPath)),
            // The deadline of its case says the same; the board has them together, weeks ahead.
            instalmentDue(current.state),
          ]
        : [];
    const followUp = followUps.find((one) => one?.kind === kind);
    return followUp ? [{ ...item, followUp }] : [];
  });
  return { cases, total: counted.rows[0]?.total ?? 0 };
}

/**
 * The board's notices owed, its calls due by the end of this week, its running times for judicial confirmation, and the
 * instalments of the weeks to come.
 */
export async function followUpColumns(
  context: CallContext,
  mine: RawBuilder<unknown>,
): Promise<Pick<DeadlineBoard, 'notices' | 'calls' | 'confirmations' | 'instalments'>> {
  const { now, day, weekEndAt } = dueDates(context.workstation);
  const oldest = new Date(dayStart(shiftDay(day, -CALL_WINDOW_DAYS))).toISOString();
  const ahead = new Date(dayEnd(shiftDay(day, INSTALMENT_WINDOW_DAYS))).toISOString();
  return {
    notices: await followUpColumn(context, 'notice', sql`true ${mine}`),
    calls: await followUpColumn(
      context,
      'satisfaction',
      sql`call_due_at > ${oldest} AND call_due_at <= ${weekEndAt} ${mine}`,
    ),
    confirmations: await followUpColumn(context, 'confirmation', sql`confirm_due_at >= ${now} ${mine}`),
    instalments: await followUpColumn(context, 'instalment', sql`instalment_due_at <= ${ahead} ${mine}`),
  };
}
