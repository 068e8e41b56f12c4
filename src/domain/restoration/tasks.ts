import type { OfficeEnd } from '../kernel/calendar/index.ts';
import { task, type Task, type TaskContext } from '../kernel/event/task.ts';
import type { Rulebook } from '../procedure/index.ts';
import { conclusionDue, lastAnswerAt, objectionDue, opinionDue, replyDue, submissionDue } from './due.ts';
import { agreedMatters, isAnswered, liveAsks, type RestorationState } from './state.ts';

export const RESTORATION_TASKS = [
  'reply',
  'opinion',
  'completion',
  'submission',
  'conclusion',
  'objection',
] as const;
type RestorationTask = Task<(typeof RESTORATION_TASKS)[number]>;

const due = (end: OfficeEnd | null) => ({
  dueAt: end?.at ?? null,
  provisional: end?.provisional ?? false,
});

/** What is to be done in an application: by the window, by each department that is asked, by the merchant. */
export function restorationTasks(
  state: RestorationState,
  { rules }: Pick<TaskContext<Rulebook>, 'rules'>,
): RestorationTask[] {
  if (state.erased !== undefined) return [];
  return [...ofCourse(state, rules), ...ofObjections(state, rules)];
}

function ofObjections(state: RestorationState, rules: Rulebook): RestorationTask[] {
  return state.objections
    .filter(({ answer }) => answer === null)
    .map((one) =>
      task({
        kind: 'objection',
        part: one.objectionId,
        ownerPath: state.windowPath,
        since: one.by.at,
        calendar: 'working-days',
        ...due(objectionDue(state, one, rules)),
      }),
    );
}

function ofCourse(state: RestorationState, rules: Rulebook): RestorationTask[] {
  const { windowPath: ownerPath } = state;
  switch (state.status) {
    case 'filed': {
      const { replySince: since } = state;
      return [
        task({ kind: 'reply', ownerPath, since, calendar: 'office-hours', ...due(replyDue(state, rules)) }),
      ];
    }
    case 'returned': {
      const since = state.returns.at(-1)?.by.at ?? state.filed.at;
      const { unitPath } = state;
      return [
        task({ kind: 'completion', ownerPath: unitPath, since, calendar: 'none', dueAt: null }),
        ...opinionTasks(state, rules, true),
      ];
    }
    case 'accepted':
      return [...opinionTasks(state, rules, false), ...nextOfWindow(state, rules)];
    case 'submitted': {
      const since = state.submitted?.by.at ?? state.filed.at;
      const end = due(conclusionDue(state, rules));
      return [task({ kind: 'conclusion', ownerPath, since, calendar: 'working-days', ...end })];
    }
    case 'concluded':
    case 'withdrawn':
    case 'expired':
      return [];
  }
}

function opinionTasks(state: RestorationState, rules: Rulebook, stands: boolean): RestorationTask[] {
  return liveAsks(state)
    .filter(({ opinion }) => opinion === null)
    .map((ask) =>
      task({
        kind: 'opinion',
        part: ask.departmentPath,
        ownerPath: ask.departmentPath,
        since: ask.since,
        calendar: 'working-days',
        stands,
        ...due(opinionDue(state, ask, rules)),
      }),
    );
}

/** Once nobody is asked any more: hand it on, conclude what nobody agreed to, or let the merchant hand in what is missing. */
function nextOfWindow(state: RestorationState, rules: Rulebook): RestorationTask[] {
  const since = lastAnswerAt(state);
  if (since === null || liveAsks(state).some(({ opinion }) => opinion === null)) return [];
  const kind = isAnswered(state) && agreedMatters(state).length === 0 ? 'conclusion' : 'submission';
  const { windowPath: ownerPath } = state;
  return [task({ kind, ownerPath, since, calendar: 'working-days', ...due(submissionDue(state, rules)) })];
}
