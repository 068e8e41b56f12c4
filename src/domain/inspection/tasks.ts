import { dayEnd } from '../kernel/calendar/index.ts';
import { task, type Task } from '../kernel/event/task.ts';
import type { AttentionState } from './attention.ts';
import { type InspectionState, markOf, resultsOf } from './inspection.ts';
import type { GuidanceState } from './guidance.ts';

export const ATTENTION_TASKS = ['action', 'evaluation'] as const;
export const INSPECTION_TASKS = ['guidance'] as const;
export const GUIDANCE_TASKS = ['slot', 'visit', 'recheck'] as const;

/** What is to be done about a list of repeat merchants: its unit acts, and who sent it evaluates. */
export function attentionTasks(state: AttentionState): Task<(typeof ATTENTION_TASKS)[number]>[] {
  if (state.status === 'evaluated') return [];
  const { ownerPath, owner, pushed, dueOn, actions } = state;
  const acted = new Set(actions.map(({ merchantId }) => merchantId));
  const due = { since: pushed.at, dueAt: dayEnd(dueOn), calendar: 'agreed' } as const;
  return state.merchants.every(({ merchantId }) => acted.has(merchantId))
    ? [task({ ...due, kind: 'evaluation', ownerPath: pushed.unitPath, dueAt: null })]
    : [task({ ...due, kind: 'action', ownerPath, staffId: owner?.staffId ?? null })];
}

/** What is to be done about a draw: guidance is to be offered to each drawn merchant that is to be guided before it is visited. */
export function inspectionTasks(state: InspectionState): Task<(typeof INSPECTION_TASKS)[number]>[] {
  const { made, prepared, arranged = {} } = state;
  if (made === null) return [];
  const results = resultsOf(state);
  return made.drawn
    .flatMap(({ merchantIds }) => merchantIds)
    .filter((id) => markOf(state, id) !== undefined && arranged[id] === undefined && !results.has(id))
    .map((part) =>
      task({
        kind: 'guidance',
        part,
        ownerPath: prepared.unitPath,
        staffId: prepared.staffId,
        since: made.witness.at,
        dueAt: null,
        calendar: 'none',
      }),
    );
}

/** What is to be done about advice by appointment: a time is to be chosen, it is to be held, and looked at again. */
export function guidanceTasks(state: GuidanceState): Task<(typeof GUIDANCE_TASKS)[number]>[] {
  const { status, merchantPath, offered, chosen, held, slots } = state;
  const officer = { ownerPath: offered.unitPath, staffId: offered.staffId, calendar: 'agreed' } as const;
  const last = slots.toSorted((one, other) => Date.parse(one) - Date.parse(other)).at(-1) ?? null;
  if (status === 'offered')
    return [
      task({ kind: 'slot', ownerPath: merchantPath, since: offered.at, dueAt: last, calendar: 'agreed' }),
    ];
  if (status === 'agreed' && chosen !== null)
    return [task({ ...officer, kind: 'visit', since: chosen.by.at, dueAt: chosen.slot })];
  if (status === 'held' && held !== null && held.recheckOn !== null)
    return [task({ ...officer, kind: 'recheck', since: held.by.at, dueAt: dayEnd(held.recheckOn) })];
  return [];
}
