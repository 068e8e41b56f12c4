import type { ReturnDetail, WaitingReturn } from '../../contract/workstation/return.ts';
import { decisionDue } from '../../domain/return/decision-due.ts';
import type { ReturnState } from '../../domain/return/reducer.ts';
import { summarize, type CallContext, type WorkstationParts } from '../kernel/parts.ts';
import { countTasks, tasksDue } from '../kernel/task-lists.ts';

/** Until when a return is to be decided, and whether that is past; null once it is decided or has become a case. */
export function dueOf({ directory, clock }: WorkstationParts, state: ReturnState): ReturnDetail['due'] {
  const due = decisionDue(state, directory.rules());
  return due && { ...due, late: Date.parse(due.dueAt) < clock().getTime() };
}

const WAITING_SHOWN = 50;

/** Returns that nobody has decided, of this unit or of all in sight, nearest limit first. */
export async function waitingReturns(
  context: CallContext,
  unitPath: string | null,
): Promise<{ cases: WaitingReturn[]; total: number }> {
  const { workstation } = context;
  const { read } = workstation.store;
  const which = { of: 'return', kind: 'decision', ownerPath: unitPath } as const;
  const rows = await tasksDue(read, which, WAITING_SHOWN);
  const dueAt = new Map(rows.map((row) => [row.id, row.dueAt]));
  const now = workstation.clock().toISOString();
  const cases = (await summarize(context, 'return', rows)).flatMap((item) => {
    const due = dueAt.get(item.id);
    return due ? [{ ...item, dueAt: due, late: due < now }] : [];
  });
  return { cases, total: await countTasks(read, which) };
}
