import { task, type Task, type TaskContext } from '../kernel/event/task.ts';
import type { Rulebook } from '../procedure/index.ts';
import { runningDeadline } from './admission.ts';
import { openStop } from './clock.ts';
import type { Deadline } from './deadline.ts';
import { followUpsOf, instalmentDue, type FollowUp } from './follow-up.ts';
import { nextInstalment } from './performance.ts';
import { lastReview } from './review.ts';
import type { CaseState } from './state.ts';

/**
 * `deadline`: what the status asks for next. `awaited`: its clock stands. `arrival`: it came from another unit and waits there. The others
 * stand beside the deadline.
 */
export const CASE_TASKS = [
  'deadline',
  'awaited',
  'arrival',
  'remarks',
  'satisfaction',
  'confirmation',
  'notice',
  'instalment',
] as const satisfies readonly ('deadline' | 'awaited' | 'arrival' | 'remarks' | FollowUp['kind'])[];
export type CaseTaskKind = (typeof CASE_TASKS)[number];

const ARRIVED: ReadonlySet<string> = new Set(['escalated', 'handed-down', 'transferred', 'taken-over']);

const COUNTED_IN: Record<Deadline['kind'], Task['calendar']> = {
  'first-contact': 'hours',
  accept: 'working-days',
  settle: 'working-days',
  mediate: 'days',
  perform: 'agreed',
  close: 'working-days',
};
const FOLLOWED_IN: Record<FollowUp['kind'], Task['calendar']> = {
  satisfaction: 'days',
  confirmation: 'days',
  notice: 'working-days',
  instalment: 'agreed',
};

/** All that is to be done in a case, whatever its status. */
export function caseTasks(state: CaseState, context: TaskContext<Rulebook>): Task<CaseTaskKind>[] {
  if (state.erased !== undefined) return [];
  const { handlingPath: ownerPath } = state;
  const own = { ownerPath, staffId: state.assignee?.staffId ?? null, since: state.receivedAt };
  const tasks: Task<CaseTaskKind>[] = [];
  if (state.status !== 'closed') {
    const deadline = runningDeadline(state, context);
    if (deadline !== null)
      tasks.push(
        task({
          ...own,
          kind: 'deadline',
          part: deadline.kind,
          dueAt: deadline.dueAt,
          calendar: COUNTED_IN[deadline.kind],
          provisional: deadline.provisional,
        }),
      );
    const stop = openStop(state);
    if (stop !== null)
      tasks.push(
        task({ ...own, kind: 'awaited', since: stop.from, dueAt: null, calendar: 'none', stands: true }),
      );
    if (ARRIVED.has(state.status))
      tasks.push(task({ ...own, kind: 'arrival', dueAt: deadline?.dueAt ?? null, calendar: 'none' }));
  }
  const handler = {
    level: context.levelOf(ownerPath),
    regulator: context.partyOf(ownerPath) === 'regulator',
  };
  for (const one of [...followUpsOf(state, context.rules, handler), instalmentDue(state)]) {
    if (one === null) continue;
    const place = one.kind === 'instalment' ? nextInstalment(state)?.index : undefined;
    tasks.push(
      task({
        ...own,
        kind: one.kind,
        part: place === undefined ? '' : String(place + 1),
        since: state.closedAt ?? state.outcomeAt ?? state.receivedAt,
        dueAt: one.dueAt,
        calendar: FOLLOWED_IN[one.kind],
        provisional: one.provisional,
      }),
    );
  }
  const remarks = state.reviews?.at(-1);
  if (remarks !== undefined && lastReview(state) === 'remarks')
    tasks.push(task({ ...own, kind: 'remarks', since: remarks.at, dueAt: null, calendar: 'none' }));
  return tasks;
}
