import { task, type Task, type TaskContext } from '../kernel/event/task.ts';
import type { Rulebook } from '../procedure/index.ts';
import { answerDue } from './due.ts';
import type { PrivacyState } from './privacy.ts';

export const PRIVACY_TASKS = ['answer'] as const;

/** What is to be done in a consumer's request: it is to be answered, until it is or was withdrawn. */
export function privacyTasks(
  state: PrivacyState,
  { rules }: TaskContext<Rulebook>,
): Task<(typeof PRIVACY_TASKS)[number]>[] {
  if (state.erased !== undefined || (state.status !== 'received' && state.status !== 'decided')) return [];
  const { unitPath: ownerPath, received } = state;
  const due = answerDue({ receivedAt: received.at, unitPath: ownerPath }, rules);
  return [task({ kind: 'answer', ownerPath, since: received.at, calendar: 'working-days', ...due })];
}
