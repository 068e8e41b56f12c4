import { businessDay } from '../kernel/calendar/index.ts';
import { erase, erasedPlaces } from '../kernel/event/erasure.ts';
import type { Fact } from '../kernel/event/event.ts';
import { illegal, legal, type Ruling } from '../kernel/event/ruling.ts';
import { readPayload } from '../kernel/event/schema.ts';
import { applyEvidence } from '../evidence/index.ts';
import { may, parentPath } from '../organisation/index.ts';
import { procedureOf, type Rulebook } from '../procedure/index.ts';
import { assign } from './assignment.ts';
import { openStop, resumeClock, stopClock } from './clock.ts';
import { correct } from './correction.ts';
import { applyDocument } from './documents.ts';
import { caseSchemas, type CaseEventType, type CasePayload } from './events.ts';
import {
  appointAgent,
  challenge,
  decideChallenge,
  endAgent,
  joinUnit,
  openChallenge,
  openTesting,
  orderTesting,
  reportTesting,
} from './mediation.ts';
import { escalate, handDown, reopen, takeOver, transfer } from './movement.ts';
import {
  answerSatisfaction,
  applyForConfirmation,
  confirmableSince,
  nextInstalment,
  performanceRule,
  recordInstalment,
  recordSatisfaction,
} from './performance.ts';
import { proceduralRule, registrationRule } from './procedural.ts';
import { review } from './review.ts';
import { WAITING_STATUSES, type CaseState, type CaseStatus } from './state.ts';
import { answerViolation, reportViolation } from './violation.ts';

/** Somebody still works on it. */
const OPEN = [...WAITING_STATUSES, 'accepted', 'mediating'] as const;

/**
 * Which status an event may follow. The table of states and events in ARCHITECTURE.md is printed from this.
 * `note-added` and `case-imported` stand apart: a note changes no status, an import begins and ends at once.
 */
export const CASE_TRANSITIONS = {
  'case-accepted': { from: WAITING_STATUSES, to: 'accepted' },
  'case-refused': { from: WAITING_STATUSES, to: 'refused' },
  'session-recorded': { from: ['accepted', 'mediating'], to: 'mediating' },
  'case-settled': { from: ['accepted', 'mediating'], to: 'settled' },
  'mediation-failed': { from: ['accepted', 'mediating'], to: 'failed' },
  'mediation-terminated': { from: ['accepted', 'mediating'], to: 'terminated' },
  'case-withdrawn': {
    from: [...WAITING_STATUSES, 'accepted', 'mediating', 'failed'],
    to: 'withdrawn',
  },
  'case-escalated': {
    from: [...WAITING_STATUSES, 'accepted', 'mediating', 'failed', 'broken'],
    to: 'escalated',
  },
  'case-handed-down': { from: [...WAITING_STATUSES, 'accepted', 'mediating', 'failed'], to: 'handed-down' },
  'case-transferred': { from: [...WAITING_STATUSES, 'accepted', 'mediating', 'failed'], to: 'transferred' },
  'case-taken-over': { from: OPEN, to: 'taken-over' },
  'case-reopened': { from: ['broken', 'closed'], to: 'accepted' },
  // The clock changes no status; `to` stands for where it may be stopped.
  'clock-stopped': { from: OPEN, to: 'same' },
  'clock-resumed': { from: OPEN, to: 'same' },
  'case-corrected': { from: [...OPEN, 'failed'], to: 'same' },
  'agent-appointed': { from: OPEN, to: 'same' },
  'agent-ended': { from: OPEN, to: 'same' },
  'mediator-challenged': { from: ['accepted', 'mediating'], to: 'same' },
  'challenge-decided': { from: ['accepted', 'mediating'], to: 'same' },
  'testing-ordered': { from: ['accepted', 'mediating'], to: 'same' },
  'testing-reported': { from: ['accepted', 'mediating'], to: 'same' },
  'unit-joined': { from: OPEN, to: 'same' },
  'case-assigned': {
    from: [...OPEN, 'settled', 'performed', 'broken', 'failed', 'refused', 'withdrawn', 'terminated'],
    to: 'same',
  },
  'instalment-recorded': { from: ['settled'], to: 'settled' },
  'satisfaction-recorded': { from: ['closed'], to: 'same' },
  'confirmation-applied': { from: ['settled', 'performed', 'broken', 'closed'], to: 'same' },
  'performance-recorded': { from: ['settled'], to: 'performed' },
  'case-closed': {
    from: ['performed', 'broken', 'failed', 'refused', 'withdrawn', 'terminated'],
    to: 'closed',
  },
} as const satisfies Partial<Record<CaseEventType, { from: readonly CaseStatus[]; to: CaseStatus | 'same' }>>;

const ERASED_PLACES = erasedPlaces(caseSchemas);

export type CaseStep = keyof typeof CASE_TRANSITIONS;

/** The steps that may follow now, whoever acts; the service narrows them to what the person may do. */
export function nextSteps(state: CaseState): CaseStep[] {
  return (Object.keys(CASE_TRANSITIONS) as CaseStep[]).filter(
    (step) =>
      state.erased === undefined &&
      (CASE_TRANSITIONS[step].from as readonly CaseStatus[]).includes(state.status) &&
      (FITS[step]?.(state) ?? true),
  );
}

/** What else than the status a step needs, so that none is offered that would be refused. */
const FITS: Partial<Record<CaseStep, (state: CaseState) => boolean>> = {
  'case-escalated': (state) => parentPath(state.handlingPath) !== null,
  'case-transferred': (state) => parentPath(state.handlingPath) !== null,
  'case-reopened': (state) => !state.historical && state.outcome === 'settled',
  'clock-stopped': (state) => openStop(state) === null,
  'clock-resumed': (state) => openStop(state) !== null,
  'agent-ended': (state) => (state.agents ?? []).length > 0,
  'mediator-challenged': (state) => openChallenge(state) === null,
  'challenge-decided': (state) => openChallenge(state) !== null,
  'testing-ordered': (state) => openTesting(state) === null,
  'testing-reported': (state) => openTesting(state) !== null,
  'instalment-recorded': (state) => nextInstalment(state) !== null,
  'satisfaction-recorded': (state) => !state.historical && state.satisfaction === 'unknown',
  'confirmation-applied': (state) => confirmableSince(state) !== null && state.confirmation === undefined,
  'session-recorded': (state) => openChallenge(state) === null,
  'case-settled': (state) => openChallenge(state) === null,
};

/**
 * Applies one fact to a case, or refuses it with the rule it breaks. The same function runs on every
 * workstation and at the centre; nothing else decides what is legal. `rules` holds the published procedures.
 */
export function applyCase(state: CaseState | undefined, fact: Fact, rules: Rulebook): Ruling<CaseState> {
  const read = readPayload(caseSchemas, fact);
  if (read.key === 'unknown') return { kind: 'unknown', type: fact.type, version: fact.version };
  if (read.key === 'invalid') return { kind: 'illegal', refusal: read.refusal };
  if (read.key === 'case-registered@1') {
    if (state) return illegal('case-exists');
    return register(fact, read.payload, rules);
  }
  if (read.key === 'case-imported@1') {
    if (state) return illegal('case-exists');
    return importHistorical(fact, read.payload);
  }
  if (!state) return illegal('case-missing');
  if (read.key === 'personal-data-erased@1') return erase(state, fact, read.payload, ERASED_PLACES);
  if (state.erased !== undefined) return illegal('record-erased');
  if (read.key === 'note-added@1') {
    if (!may(fact.actor.role, 'case.note'))
      return illegal('role-may-not', undefined, { role: fact.actor.role });
    return legal({ ...state, revision: state.revision + 1 });
  }
  if (read.key === 'document-issued@1' || read.key === 'document-signed@1')
    return applyDocument(state, fact, read);

  if (read.key === 'evidence-added@1' || read.key === 'evidence-withdrawn@1')
    return applyEvidence(state, fact, read);

  if (read.key === 'satisfaction-answered@1') return answerSatisfaction(state, fact, read.payload);
  if (read.key === 'violation-reported@1') return reportViolation(state, fact, read.payload);
  if (read.key === 'violation-answered@1') return answerViolation(state, fact, read.payload);
  if (read.key === 'case-reviewed@1') return review(state, fact, read.payload);

  const step = fact.type as CaseStep;
  const transition = CASE_TRANSITIONS[step];
  // One handling unit at every moment: only its own staff change the case. Only the unit right above may take it.
  const mover = step === 'case-taken-over' ? parentPath(state.handlingPath) : state.handlingPath;
  if (fact.actor.unitPath !== mover || fact.unitPath !== mover) {
    return step === 'case-taken-over'
      ? illegal('take-over-from-above')
      : illegal('not-handling-unit', undefined, { handling: state.handlingPath });
  }
  if (!may(fact.actor.role, 'case.handle'))
    return illegal('role-may-not', undefined, { role: fact.actor.role });
  if (!(transition.from as readonly CaseStatus[]).includes(state.status)) {
    return illegal('step-not-possible', undefined, { step, status: state.status });
  }
  if (openChallenge(state) !== null && (step === 'session-recorded' || step === 'case-settled'))
    return illegal('challenge-open');
  const refusal = proceduralRule(procedureOf(rules, state.registeredPath, state.procedure), read);
  if (refusal !== null) return { kind: 'illegal', refusal };
  const status = transition.to === 'same' ? state.status : transition.to;
  const next: CaseState = { ...state, status, revision: state.revision + 1 };
  switch (read.key) {
    case 'case-accepted@1':
      return legal({ ...next, acceptedAt: fact.at });
    case 'case-refused@1':
      return legal({ ...next, outcome: 'refused', outcomeAt: fact.at });
    case 'session-recorded@1':
      if (read.payload.heldOn > businessDay(fact.at)) return illegal('date-in-future', 'heldOn');
      return legal({
        ...next,
        sessionCount: state.sessionCount + 1,
        lastSessionOn: read.payload.heldOn,
      });
    case 'case-settled@1':
      return settle(next, fact, read.payload);
    case 'mediation-failed@1':
      return legal(next);
    case 'case-withdrawn@1':
      return legal({ ...next, outcome: 'withdrawn', outcomeAt: fact.at });
    case 'mediation-terminated@1':
      return legal({ ...next, outcome: 'terminated', outcomeAt: fact.at });
    case 'case-escalated@1':
      return escalate(state, next, fact, read.payload);
    case 'case-handed-down@1':
      return handDown(state, next, fact, read.payload);
    case 'case-transferred@1':
      return transfer(state, next, fact, read.payload);
    case 'case-taken-over@1':
      return takeOver(state, next, fact, read.payload);
    case 'case-reopened@1':
      return reopen(state, next, fact);
    case 'case-corrected@1':
    case 'case-corrected@2':
      return correct(next, fact, read.payload);
    case 'agent-appointed@1':
      return appointAgent(next, read.payload);
    case 'agent-ended@1':
      return endAgent(next, read.payload);
    case 'mediator-challenged@1':
      return challenge(next, fact, read.payload);
    case 'challenge-decided@1':
      return decideChallenge(next, fact, read.payload);
    case 'testing-ordered@1':
      return orderTesting(state, next, fact, read.payload);
    case 'testing-reported@1':
      return reportTesting(state, next, fact, read.payload);
    case 'unit-joined@1':
      return joinUnit(next, read.payload);
    case 'case-assigned@1':
      return assign(state, next, fact, read.payload);
    case 'instalment-recorded@1':
      return recordInstalment(state, next, fact, read.payload);
    case 'satisfaction-recorded@1':
      return recordSatisfaction(state, next, fact, read.payload);
    case 'confirmation-applied@1':
      return applyForConfirmation(state, next, fact, read.payload);
    case 'clock-stopped@1':
      return stopClock(state, fact, read.payload);
    case 'clock-resumed@1':
      return resumeClock(state, fact);
    case 'performance-recorded@1':
      if (read.payload.on > businessDay(fact.at)) return illegal('date-in-future', 'on');
      return legal({ ...next, status: read.payload.result === 'kept' ? 'performed' : 'broken' });
    case 'case-closed@1':
      return legal({
        ...next,
        closedAt: fact.at,
        satisfaction: read.payload.satisfaction,
        ...(state.status === 'failed' ? { outcome: 'failed', outcomeAt: fact.at } : {}),
      });
  }
}

function register(fact: Fact, payload: CasePayload<'case-registered'>, rules: Rulebook): Ruling<CaseState> {
  if (!may(fact.actor.role, 'case.handle'))
    return illegal('role-may-not', undefined, { role: fact.actor.role });
  if (fact.actor.unitPath !== fact.unitPath) return illegal('not-handling-unit');
  if (payload.facts.occurredOn > businessDay(fact.at)) return illegal('date-in-future', 'facts.occurredOn');
  const refusal = registrationRule(
    procedureOf(rules, fact.unitPath, payload.procedure),
    payload,
    businessDay(fact.at),
  );
  if (refusal !== null) return { kind: 'illegal', refusal };
  return legal({
    id: fact.stream.id,
    number: payload.number,
    status: 'registered',
    historical: false,
    registeredAt: fact.at,
    registeredPath: fact.unitPath,
    procedure: payload.procedure,
    handlingPath: fact.unitPath,
    receivedAt: fact.at,
    acceptedAt: null,
    handledBy: [fact.unitPath],
    escalations: [],
    consumer: payload.consumer,
    merchant: payload.merchant,
    facts: payload.facts,
    category: payload.category,
    amountFen: payload.amountFen,
    claims: payload.claims,
    claimText: payload.claimText,
    consents: payload.consents,
    source: payload.source,
    returnId: payload.returnId,
    sessionCount: 0,
    lastSessionOn: null,
    settlement: null,
    outcome: null,
    outcomeAt: null,
    closedAt: null,
    satisfaction: null,
    revision: 1,
  });
}

function settle(next: CaseState, fact: Fact, payload: CasePayload<'case-settled'>): Ruling<CaseState> {
  const { performance } = payload;
  const rule = performanceRule(payload, businessDay(fact.at));
  if (rule !== null) return { kind: 'illegal', refusal: rule };
  return legal({
    ...next,
    // Performed on the spot: nothing is left to wait for.
    status: performance.kind === 'at-once' ? 'performed' : 'settled',
    outcome: 'settled',
    outcomeAt: fact.at,
    instalmentsKept: undefined,
    settlement: {
      ...payload,
      at: fact.at,
      byName: fact.actor.name,
      byRole: fact.actor.role,
      unitPath: fact.unitPath,
    },
  });
}

function importHistorical(fact: Fact, payload: CasePayload<'case-imported'>): Ruling<CaseState> {
  if (!may(fact.actor.role, 'case.import'))
    return illegal('role-may-not', undefined, { role: fact.actor.role });
  if (payload.closedOn < payload.startedOn) return illegal('closed-before-start', 'closedOn');
  if (payload.closedOn > businessDay(fact.at)) return illegal('date-in-future', 'closedOn');
  const startedAt = `${payload.startedOn}T12:00:00+08:00`;
  const closedAt = `${payload.closedOn}T12:00:00+08:00`;
  return legal({
    id: fact.stream.id,
    number: payload.number,
    status: 'closed',
    historical: true,
    registeredAt: startedAt,
    registeredPath: fact.unitPath,
    handlingPath: fact.unitPath,
    receivedAt: startedAt,
    acceptedAt: startedAt,
    handledBy: [fact.unitPath],
    escalations: [],
    consumer: { name: payload.consumerName ?? '—', phone: payload.consumerPhone ?? '' },
    merchant: {
      merchantId: null,
      name: payload.merchantName,
      ...(payload.merchantAddress === null ? {} : { address: payload.merchantAddress }),
    },
    facts: { text: payload.originalResult, occurredOn: payload.startedOn },
    category: payload.category,
    amountFen: null,
    claims: [],
    consents: { publication: false, delegatedMediation: false },
    source: 'handed-over',
    returnId: null,
    sessionCount: 0,
    lastSessionOn: null,
    settlement: null,
    outcome: payload.outcome,
    outcomeAt: closedAt,
    closedAt,
    satisfaction: payload.satisfaction,
    revision: 1,
  });
}
