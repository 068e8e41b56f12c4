import { task, type Task } from '../kernel/event/task.ts';
import type { LeniencyState } from './leniency.ts';

export const LENIENCY_TASKS = ['education'] as const;

/** What is to be done: whoever is not punished is to be educated (行政处罚法 Art. 33); the law names no day for it. */
export function leniencyTasks({ decisions }: LeniencyState): Task<(typeof LENIENCY_TASKS)[number]>[] {
  return decisions
    .filter(
      ({ verdict, educated, withdrawn }) => verdict !== 'refused' && educated === null && withdrawn === null,
    )
    .map(({ decisionId, decided }) =>
      task({
        kind: 'education',
        part: decisionId,
        ownerPath: decided.unitPath,
        staffId: decided.staffId,
        since: decided.at,
        dueAt: null,
        calendar: 'none',
      }),
    );
}
