import type { Fact } from '../kernel/event/event.ts';
import { businessDay } from '../kernel/calendar/index.ts';
import { illegal, legal, type Ruling } from '../kernel/event/ruling.ts';
import { openStop, resumeClock, stopClock } from './clock.ts';
import type { CasePayload } from './events.ts';
import type { CaseState } from './state.ts';

/** The challenge of a mediator that is not decided yet, or null. */
export function openChallenge(state: Pick<CaseState, 'challenges'>) {
  return state.challenges?.find((one) => one.decision === null) ?? null;
}

/** The test or appraisal whose report is not in yet, or null. */
export function openTesting(state: Pick<CaseState, 'testings'>) {
  return state.testings?.find((one) => one.report === null) ?? null;
}

/** An agent acts for a party by a power of attorney (complaint rules, second-hand). */
export function appointAgent(next: CaseState, payload: CasePayload<'agent-appointed'>): Ruling<CaseState> {
  const agents = next.agents ?? [];
  if (agents.some((one) => one.agentId === payload.agentId)) return illegal('agent-exists');
  return legal({ ...next, agents: [...agents, payload] });
}

export function endAgent(next: CaseState, payload: CasePayload<'agent-ended'>): Ruling<CaseState> {
  const agents = next.agents ?? [];
  if (!agents.some((one) => one.agentId === payload.agentId)) return illegal('agent-missing');
  return legal({ ...next, agents: agents.filter((one) => one.agentId !== payload.agentId) });
}

/** While a challenge is open nothing is mediated; see `openChallenge`. */
export function challenge(
  next: CaseState,
  fact: Fact,
  payload: CasePayload<'mediator-challenged'>,
): Ruling<CaseState> {
  if (openChallenge(next) !== null) return illegal('challenge-open');
  const { by, mediator, reason } = payload;
  return legal({
    ...next,
    challenges: [...(next.challenges ?? []), { by, mediator, reason, at: fact.at, decision: null }],
  });
}

/** An upheld challenge names who mediates from now on. */
export function decideChallenge(
  next: CaseState,
  fact: Fact,
  payload: CasePayload<'challenge-decided'>,
): Ruling<CaseState> {
  const open = openChallenge(next);
  if (open === null) return illegal('no-challenge-open');
  if (payload.upheld && !payload.successor) return illegal('successor-missing', 'successor');
  const decision = { ...payload, at: fact.at };
  return legal({
    ...next,
    challenges: next.challenges?.map((one) => (one === open ? { ...one, decision } : one)),
  });
}

/** Testing or appraisal stops the clock (common practice), unless it stands already. */
export function orderTesting(
  state: CaseState,
  next: CaseState,
  fact: Fact,
  payload: CasePayload<'testing-ordered'>,
): Ruling<CaseState> {
  if (openTesting(state) !== null) return illegal('testing-open');
  const ordered: CaseState = {
    ...next,
    testings: [...(next.testings ?? []), { ...payload, at: fact.at, report: null }],
  };
  if (openStop(state) !== null) return legal(ordered);
  const stopped = stopClock({ ...ordered, revision: state.revision }, fact, {
    cause: 'testing',
    reason: payload.subject,
  });
  return stopped;
}

/** The report ends the test; a clock that stood for testing runs again. */
export function reportTesting(
  state: CaseState,
  next: CaseState,
  fact: Fact,
  payload: CasePayload<'testing-reported'>,
): Ruling<CaseState> {
  const open = openTesting(state);
  if (open === null) return illegal('no-testing-open');
  if (payload.on > businessDay(fact.at)) return illegal('date-in-future', 'on');
  const reported: CaseState = {
    ...next,
    testings: next.testings?.map((one) => (one === open ? { ...one, report: payload } : one)),
  };
  if (openStop(state)?.cause !== 'testing') return legal(reported);
  return resumeClock({ ...reported, revision: state.revision }, fact);
}

/** Another unit sits in: it sees the case from then on, and changes nothing of it. */
export function joinUnit(next: CaseState, payload: CasePayload<'unit-joined'>): Ruling<CaseState> {
  const joined = next.joinedUnits ?? [];
  if (next.handledBy.includes(payload.path) || joined.includes(payload.path))
    return illegal('unit-joined-already', 'path');
  return legal({ ...next, joinedUnits: [...joined, payload.path] });
}
