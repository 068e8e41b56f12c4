import { dayEnd } from '../kernel/calendar/index.ts';
import { task, type Task, type TaskContext } from '../kernel/event/task.ts';
import { topOf, type Rulebook } from '../procedure/index.ts';
import { decisionEnds } from './admission.ts';
import type { CreditState } from './state.ts';

export const CREDIT_TASKS = ['objection'] as const;

/** What is to be done about a merchant's grade: objections that nobody has decided. The district decides them (assumption). */
export function creditTasks(
  state: CreditState,
  { rules }: TaskContext<Rulebook>,
): Task<(typeof CREDIT_TASKS)[number]>[] {
  const { grade, objections, unitPath } = state;
  if (grade === null) return [];
  return objections
    .filter(({ decided }) => decided === null)
    .map((objection) => {
      const { day, provisional } = decisionEnds(grade, objection, unitPath, rules);
      return task({
        kind: 'objection',
        part: objection.objectionId,
        ownerPath: topOf(unitPath),
        since: objection.made.at,
        dueAt: dayEnd(day),
        calendar: 'working-days',
        provisional,
      });
    });
}
