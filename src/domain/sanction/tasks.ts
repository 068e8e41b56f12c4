import { dayEnd, dayStart } from '../kernel/calendar/index.ts';
import { task, type Task } from '../kernel/event/task.ts';
import { callTask } from './calls.ts';
import { outlookOf } from './eligibility.ts';
import type { SanctionState } from './sanction.ts';
import { shippedRegimes } from './shipped-regimes.ts';

export const SANCTION_TASKS = ['duty', 'application', 'call'] as const;

type SanctionTask = Task<(typeof SANCTION_TASKS)[number]>;

/** What is to be done about a record: by the merchant, and by who calls it. */
export function sanctionTasks(state: SanctionState): SanctionTask[] {
  return [...ofMerchant(state), ...callTask(state)];
}

/**
 * What a merchant has to do about a record: what it ordered, and once that is done and the minimum is over, to ask for its repair. It is the
 * merchant's own choice when: after the end of publication there is nothing left to ask for.
 */
function ofMerchant(state: SanctionState): SanctionTask[] {
  const { state: stands, opensOn, endsOn, openDuties } = outlookOf(state, shippedRegimes);
  if (stands === 'ended') return [];
  const own = { ownerPath: state.unitPath, dueAt: null, calendar: 'none' } as const;
  if (openDuties > 0) return [task({ ...own, kind: 'duty', since: state.recorded.at })];
  if (stands !== 'standing' || opensOn === null) return [];
  const since = new Date(dayStart(opensOn)).toISOString();
  return [task({ ...own, kind: 'application', since, dueAt: endsOn === null ? null : dayEnd(endsOn) })];
}
