import { sql } from 'kysely';
import { COUNT_LIMIT } from '../../contract/workstation/base.ts';
import type { BoardCase, BoardColumn, DeadlineBoard } from '../../contract/workstation/deadlines.ts';
import { parentPath } from '../../domain/organisation/index.ts';
import { requireIdentity, summarize, type CallContext } from '../kernel/parts.ts';
import { dueDates } from '../kernel/due-dates.ts';
import { followUpColumns } from '../case/index.ts';
import { waitingReturns } from '../return/index.ts';
import { os } from '../kernel/implementer.ts';

const SHOWN = 50;

/** The case has come from another unit and waits there; in the words of the index `case_arrived`. */
const ARRIVED = sql`status IN ('escalated', 'handed-down', 'transferred', 'taken-over')`;

/** Rows with what their breach proposes: to go up from here, or to be taken over from below. */
export async function boardCases(
  context: CallContext,
  rows: readonly { id: string }[],
): Promise<BoardCase[]> {
  const { unitPath } = requireIdentity(context);
  const now = context.workstation.clock().getTime();
  return (await summarize(context, 'case', rows)).map((item): BoardCase => {
    const above = parentPath(item.handlingPath);
    const late = item.deadline !== null && Date.parse(item.deadline.dueAt) < now;
    const proposal = item.mine ? 'case-escalated' : above === unitPath ? 'case-taken-over' : null;
    return { ...item, proposal: late && above !== null ? proposal : null };
  });
}

async function board(context: CallContext, scope: 'unit' | 'sight'): Promise<DeadlineBoard> {
  const { workstation } = context;
  const { unitPath } = requireIdentity(context);
  const { read } = workstation.store;
  const { day, now, todayEnd, weekEnd, weekEndAt } = dueDates(workstation);
  const mine = scope === 'unit' ? sql`AND handling_path = ${unitPath}` : sql``;

  const column = async (
    condition: ReturnType<typeof sql>,
    where = mine,
    from = sql`case_row`,
  ): Promise<BoardColumn> => {
    const matching = sql`FROM ${from} WHERE open = 1 ${where} AND ${condition}`;
    const { rows } = await sql<{ id: string }>`
      SELECT id ${matching} ORDER BY due_order, row LIMIT ${SHOWN}`.execute(read);
    const counted = await sql<{ total: number }>`
      SELECT count(*) AS total FROM (SELECT 1 ${matching} LIMIT ${COUNT_LIMIT + 1})`.execute(read);
    const cases = await boardCases(context, rows);
    return { cases, total: counted.rows[0]?.total ?? 0 };
  };
  // Few cases are in these indexes; left alone, SQLite looks at every open case instead.
  const countOf = async (
    index: 'case_standing' | 'case_provisional',
    condition: ReturnType<typeof sql>,
  ): Promise<number> => {
    const { rows } = await sql<{ total: number }>`
      SELECT count(*) AS total FROM (
        SELECT 1 FROM case_row INDEXED BY ${sql.ref(index)} WHERE open = 1 ${mine} AND ${condition}
        LIMIT ${COUNT_LIMIT + 1})`.execute(read);
    return rows[0]?.total ?? 0;
  };
  return {
    day,
    weekEnd,
    overdue: await column(sql`due_order < ${now}`),
    today: await column(sql`due_order >= ${now} AND due_order <= ${todayEnd}`),
    week: await column(sql`due_order > ${todayEnd} AND due_order <= ${weekEndAt}`),
    arrived: await column(
      ARRIVED,
      sql`AND handling_path = ${unitPath}`,
      sql`case_row INDEXED BY case_arrived`,
    ),
    ...(await followUpColumns(context, mine)),
    returns: await waitingReturns(context, scope === 'unit' ? unitPath : null),
    stopped: await countOf('case_standing', sql`clock_stands = 1`),
    provisional: await countOf('case_provisional', sql`provisional = 1`),
  };
}

export const deadlines = {
  board: os.deadlines.board.handler(({ context, input }) => board(context, input.scope)),
};
