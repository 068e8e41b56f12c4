import type { Fact } from '../kernel/event/event.ts';
import { illegal, legal, type Ruling } from '../kernel/event/ruling.ts';
import { parentPath } from '../organisation/index.ts';
import type { CasePayload } from './events.ts';
import type { CaseState } from './state.ts';

/** What every change of the handling unit sets: the other unit begins anew, with its own deadlines. */
function arrivesAt(
  next: CaseState,
  path: string,
  at: string,
): Pick<CaseState, 'handlingPath' | 'receivedAt' | 'acceptedAt' | 'handledBy' | 'clockStops' | 'assignee'> {
  return {
    handlingPath: path,
    receivedAt: at,
    acceptedAt: null,
    handledBy: next.handledBy.includes(path) ? next.handledBy : [...next.handledBy, path],
    clockStops: undefined,
    assignee: undefined,
  };
}

/** One level up, with a reason. `next` is the case with its new status. */
export function escalate(
  state: CaseState,
  next: CaseState,
  fact: Fact,
  payload: CasePayload<'case-escalated'>,
): Ruling<CaseState> {
  const parent = parentPath(state.handlingPath);
  if (parent === null) return illegal('no-level-above');
  if (payload.toPath !== parent) return illegal('escalate-one-level', 'toPath', { expected: parent });
  return legal({
    ...next,
    ...arrivesAt(next, parent, fact.at),
    escalations: [
      ...state.escalations,
      { fromPath: state.handlingPath, toPath: parent, at: fact.at, reason: payload.reason },
    ],
    // A broken agreement that goes up is an open dispute again.
    outcome: null,
    outcomeAt: null,
  });
}

/**
 * Down to a unit right below: one that had it before completes its materials, any may be given it to handle.
 * That the unit exists is for those to say who know the tree.
 */
export function handDown(
  state: CaseState,
  next: CaseState,
  fact: Fact,
  payload: CasePayload<'case-handed-down'>,
): Ruling<CaseState> {
  const { toPath, purpose, reason } = payload;
  if (parentPath(toPath) !== state.handlingPath) return illegal('hand-down-one-level', 'toPath');
  if (purpose === 'complete-materials' && !state.handledBy.includes(toPath)) {
    return illegal('completion-by-former-unit', 'toPath');
  }
  return legal({
    ...next,
    ...arrivesAt(next, toPath, fact.at),
    handDowns: [
      ...(state.handDowns ?? []),
      { fromPath: state.handlingPath, toPath, at: fact.at, purpose, reason },
    ],
  });
}

/** Sideways, to a unit under the same one above. */
export function transfer(
  state: CaseState,
  next: CaseState,
  fact: Fact,
  payload: CasePayload<'case-transferred'>,
): Ruling<CaseState> {
  const { toPath, reason } = payload;
  const above = parentPath(state.handlingPath);
  if (above === null || parentPath(toPath) !== above || toPath === state.handlingPath) {
    return illegal('transfer-to-neighbour', 'toPath');
  }
  return legal({
    ...next,
    ...arrivesAt(next, toPath, fact.at),
    transfers: [...(state.transfers ?? []), { fromPath: state.handlingPath, toPath, at: fact.at, reason }],
  });
}

/**
 * The unit right above takes a case whose deadline has passed. The one movement that staff of another unit than
 * the handling one may make; what the handling unit did meanwhile unsynced is rejected and kept there.
 */
export function takeOver(
  state: CaseState,
  next: CaseState,
  fact: Fact,
  payload: CasePayload<'case-taken-over'>,
): Ruling<CaseState> {
  if (Date.parse(payload.dueAt) >= Date.parse(fact.at)) return illegal('deadline-not-passed', 'dueAt');
  return legal({
    ...next,
    ...arrivesAt(next, fact.unitPath, fact.at),
    escalations: [
      ...state.escalations,
      {
        fromPath: state.handlingPath,
        toPath: fact.unitPath,
        at: fact.at,
        reason: payload.reason,
        kind: 'taken-over',
      },
    ],
  });
}

/** An agreement that did not hold is an open dispute again, at the unit that made it. */
export function reopen(state: CaseState, next: CaseState, fact: Fact): Ruling<CaseState> {
  if (state.historical) return illegal('case-historical');
  if (state.outcome !== 'settled') return illegal('reopen-only-settled');
  return legal({
    ...next,
    receivedAt: fact.at,
    acceptedAt: fact.at,
    outcome: null,
    outcomeAt: null,
    closedAt: null,
    satisfaction: null,
    clockStops: undefined,
  });
}
