import { task, type Task, type TaskContext } from '../kernel/event/task.ts';
import type { Rulebook } from '../procedure/index.ts';
import { decisionDue } from './decision-due.ts';
import type { ReturnState } from './reducer.ts';

export const RETURN_TASKS = ['decision'] as const;

/** What is to be done in a return: it is to be decided, until it is or has become a case. */
export function returnTasks(
  state: ReturnState,
  { rules }: TaskContext<Rulebook>,
): Task<(typeof RETURN_TASKS)[number]>[] {
  if (state.erased !== undefined) return [];
  const due = decisionDue(state, rules);
  if (due === null) return [];
  const { unitPath: ownerPath, requestedAt: since } = state;
  return [task({ kind: 'decision', ownerPath, since, dueAt: due.dueAt, calendar: 'days' })];
}
