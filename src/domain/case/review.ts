import type { Actor, Fact } from '../kernel/event/event.ts';
import { illegal, legal, type Ruling } from '../kernel/event/ruling.ts';
import { may, covers } from '../organisation/index.ts';
import type { CasePayload } from './events.ts';
import type { CaseState, Review } from './state.ts';

type Reviewed = Pick<CaseState, 'status' | 'historical' | 'erased' | 'handlingPath' | 'assignee' | 'reviews'>;

/**
 * The rule that keeps this person from reviewing the case, or null. Closed cases are looked at again by people of
 * a unit above, or by the supervisor of the same unit; nobody reviews what they worked on themself, and in one
 * sample a case is reviewed once (all assumption: no text prescribes sampling).
 */
export function reviewRule(
  state: Reviewed,
  actor: Pick<Actor, 'staffId' | 'role' | 'unitPath'>,
  sampleId: string | null,
): string | null {
  const same = actor.unitPath === state.handlingPath;
  if (!may(actor.role, same ? 'case.review-own-unit' : 'case.review')) return 'role-may-not';
  if (!covers(actor.unitPath, state.handlingPath)) return 'review-from-above';
  if (state.historical) return 'case-historical';
  if (state.erased !== undefined) return 'record-erased';
  if (state.status !== 'closed') return 'review-only-closed';
  if (state.assignee?.staffId === actor.staffId) return 'review-own-case';
  if (sampleId !== null && state.reviews?.some((one) => one.sampleId === sampleId)) return 'reviewed-already';
  return null;
}

/** A look at a closed case: sound, or with remarks. It changes neither status nor handling unit. */
export function review(
  state: CaseState,
  fact: Fact,
  payload: CasePayload<'case-reviewed'>,
): Ruling<CaseState> {
  if (fact.actor.unitPath !== fact.unitPath) return illegal('review-from-above');
  const rule = reviewRule(state, fact.actor, payload.sampleId);
  if (rule !== null)
    return illegal(rule, undefined, rule === 'role-may-not' ? { role: fact.actor.role } : undefined);
  const done: Review = { ...payload, at: fact.at, byName: fact.actor.name, unitPath: fact.unitPath };
  return legal({ ...state, reviews: [...(state.reviews ?? []), done], revision: state.revision + 1 });
}

/** What the last review said, or null before the first. */
export function lastReview(state: Pick<CaseState, 'reviews'>): Review['result'] | null {
  return state.reviews?.at(-1)?.result ?? null;
}
