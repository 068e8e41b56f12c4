import { sql, type RawBuilder } from 'kysely';
import type { BoardCase, BoardColumn, DeadlineBoard } from '../../contract/workstation/deadlines.ts';
import { parentPath } from '../../domain/organisation/index.ts';
import { requireIdentity, summarize, type CallContext } from '../kernel/parts.ts';
import { dueDates } from '../kernel/due-dates.ts';
import { otherTasks } from './others.ts';
import { countTasks, tasksDue, type WhichTasks } from '../kernel/task-lists.ts';
import { followUpColumns } from '../case/index.ts';
import { waitingReturns } from '../return/index.ts';
import { os } from '../kernel/implementer.ts';

const SHOWN = 50;

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
  const ownerPath = scope === 'unit' ? unitPath : null;

  const column = async (which: WhichTasks, matching?: RawBuilder<unknown>): Promise<BoardColumn> => {
    const narrowed = matching === undefined ? {} : { matching };
    const rows = await tasksDue(read, which, SHOWN, narrowed);
    return { cases: await boardCases(context, rows), total: await countTasks(read, which, narrowed) };
  };
  const running = { of: 'case', kind: 'deadline', ownerPath } as const;
  return {
    day,
    weekEnd,
    overdue: await column(running, sql`due_order < ${now}`),
    today: await column(running, sql`due_order >= ${now} AND due_order <= ${todayEnd}`),
    week: await column(running, sql`due_order > ${todayEnd} AND due_order <= ${weekEndAt}`),
    arrived: await column({ of: 'case', kind: 'arrival', ownerPath: unitPath }),
    ...(await followUpColumns(context, ownerPath)),
    returns: await waitingReturns(context, ownerPath),
    others: await otherTasks(context, ownerPath),
    stopped: await countTasks(read, { of: 'case', kind: 'awaited', ownerPath }),
    provisional: await countTasks(read, running, { provisional: true }),
  };
}

export const deadlines = {
  board: os.deadlines.board.handler(({ context, input }) => board(context, input.scope)),
};
