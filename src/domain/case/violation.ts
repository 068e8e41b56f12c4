import type { Fact } from '../kernel/event/event.ts';
import { illegal, legal, type Ruling } from '../kernel/event/ruling.ts';
import { may, ancestorsAndSelf } from '../organisation/index.ts';
import type { CasePayload } from './events.ts';
import type { CaseState } from './state.ts';

/** The unit that checks reported violations: the topmost one, the district's bureau (assumption). */
export function violationUnit(state: Pick<CaseState, 'handlingPath'>): string {
  return ancestorsAndSelf(state.handlingPath).at(-1) ?? state.handlingPath;
}

/**
 * The second track of a complaint that also reports a violation: failed mediation does not end its check
 * (SAMR Order 121, second-hand). It changes neither status nor handling unit.
 */
export function reportViolation(
  state: CaseState,
  fact: Fact,
  payload: CasePayload<'violation-reported'>,
): Ruling<CaseState> {
  if (!may(fact.actor.role, 'case.handle'))
    return illegal('role-may-not', undefined, { role: fact.actor.role });
  if (!state.handledBy.includes(fact.unitPath)) return illegal('outside-sight');
  if (state.violation) return illegal('violation-reported-already');
  return legal({
    ...state,
    violation: { at: fact.at, text: payload.text, answer: null },
    revision: state.revision + 1,
  });
}

/** What the check came to, by the unit that makes it, whatever has become of the dispute meanwhile. */
export function answerViolation(
  state: CaseState,
  fact: Fact,
  payload: CasePayload<'violation-answered'>,
): Ruling<CaseState> {
  if (!may(fact.actor.role, 'case.handle'))
    return illegal('role-may-not', undefined, { role: fact.actor.role });
  const { violation } = state;
  if (!violation) return illegal('no-violation-reported');
  const unit = violationUnit(state);
  if (fact.unitPath !== unit || fact.actor.unitPath !== unit) return illegal('violation-answer-above');
  if (violation.answer) return illegal('violation-answered-already');
  return legal({
    ...state,
    violation: { ...violation, answer: { at: fact.at, result: payload.result, text: payload.text } },
    revision: state.revision + 1,
  });
}
