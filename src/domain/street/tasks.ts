import { dayEnd } from '../kernel/calendar/index.ts';
import { task, type Task } from '../kernel/event/task.ts';
import type { StorefrontState } from './storefront.ts';

export const STREET_TASKS = ['recheck'] as const;

/** What is to be done about a shop on a street: where something was missed, whoever visited it looks again by the day they named. */
export function storefrontTasks({
  left,
  patrols,
}: Pick<StorefrontState, 'left' | 'patrols'>): Task<(typeof STREET_TASKS)[number]>[] {
  const last = patrols.at(-1);
  if (left !== null || !last || last.recheckOn === null) return [];
  return [
    task({
      kind: 'recheck',
      ownerPath: last.by.unitPath,
      staffId: last.by.staffId,
      since: last.by.at,
      dueAt: dayEnd(last.recheckOn),
      calendar: 'agreed',
    }),
  ];
}
