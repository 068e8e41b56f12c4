import type { Actor, Fact } from '../kernel/event/event.ts';
import { illegal, legal, type Ruling } from '../kernel/event/ruling.ts';
import { may } from '../organisation/index.ts';
import type { CasePayload } from './events.ts';
import type { CaseState } from './state.ts';

/** Whether this person gives cases to others: the supervisor of the handling unit does, everybody else only to themself. */
export function assignsOthers(actor: Pick<Actor, 'role'>): boolean {
  return may(actor.role, 'case.assign');
}

/**
 * Gives the case to one of the handling unit's people, or takes it back (assumption: the supervisor decides who; a
 * mediator may take a case themself and give their own back). That the person belongs to the unit is for those to
 * say who hold its accounts: the workstation, and the centre. `next` is the case with its new revision.
 */
export function assign(
  state: CaseState,
  next: CaseState,
  fact: Fact,
  { staffId, name }: CasePayload<'case-assigned'>,
): Ruling<CaseState> {
  const now = state.assignee?.staffId ?? null;
  if (staffId === null || name === null) {
    if (now === null) return illegal('nobody-assigned');
    if (!assignsOthers(fact.actor) && now !== fact.actor.staffId) return illegal('assign-only-oneself');
    return legal({ ...next, assignee: undefined });
  }
  if (!assignsOthers(fact.actor) && staffId !== fact.actor.staffId)
    return illegal('assign-only-oneself', 'staffId');
  if (staffId === now) return illegal('assigned-already', 'staffId');
  return legal({ ...next, assignee: { staffId, name, at: fact.at } });
}
