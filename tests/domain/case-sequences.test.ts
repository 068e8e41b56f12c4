import fc from 'fast-check';
import { expect, it } from 'vitest';
import { defaultCalendar } from '../../src/domain/kernel/calendar/index.ts';
import { openStop } from '../../src/domain/case/clock.ts';
import { CASE_TRANSITIONS, nextSteps, type CaseStep } from '../../src/domain/case/reducer.ts';
import { CASE_STATUSES, type CaseState } from '../../src/domain/case/state.ts';
import { Role } from '../../src/domain/kernel/event/event.ts';
import { parentPath } from '../../src/domain/organisation/unit.ts';
import { actorAt, factOf, registration } from '../support/facts.ts';
import { shippedRules } from '../../src/domain/procedure/index.ts';
import { tasksOf } from '../../src/domain/streams.ts';
import { applyCase, caseDeadline } from '../support/shipped.ts';

/** A small tree over the four levels, and one unit that is not in it. */
const UNITS = [
  '/HS',
  '/HS/C1',
  '/HS/C2',
  '/HS/C1/M01',
  '/HS/C1/M02',
  '/HS/C2/M01',
  '/HS/C1/M01/S001',
  '/HS/C1/M01/S002',
  '/HS/C1/M02/S001',
  '/XX',
];

const STEPS = [
  ...(Object.keys(CASE_TRANSITIONS) as CaseStep[]),
  'note-added',
  'violation-reported',
  'violation-answered',
  'case-reviewed',
  'case-registered',
] as const;

const unit = fc.constantFrom(...UNITS);
const text = fc.constantFrom('有理由', '');
const act = fc.record({
  type: fc.constantFrom(...STEPS),
  // Mostly the unit that handles it or one beside it, so that sequences get somewhere.
  who: fc.oneof({ weight: 6, arbitrary: fc.constantFrom('handling', 'above') }, unit),
  to: fc.oneof({ weight: 4, arbitrary: fc.constantFrom('above', 'former') }, unit),
  role: fc.oneof(
    { weight: 8, arbitrary: fc.constant('mediator' as const) },
    fc.constantFrom(...Role.options),
  ),
  hours: fc.integer({ min: -5, max: 24 * 20 }),
  kept: fc.boolean(),
  /** Half of the steps are ones that may come next. */
  likely: fc.option(fc.nat(20), { freq: 2 }),
  text,
});
type Drawn = typeof act extends fc.Arbitrary<infer Value> ? Value : never;

function payloadOf({ type, kept, text: reason }: Drawn, to: string, at: string): unknown {
  switch (type) {
    case 'case-registered':
      return registration();
    case 'case-refused':
      return { ground: kept ? 'outside-remit' : 'because', text: reason };
    case 'session-recorded':
      return {
        heldOn: at.slice(0, 10),
        place: '调解室',
        attendance: 'both',
        record: reason,
        proposalFen: null,
      };
    case 'case-settled':
      return {
        instrument: 'settlement-agreement',
        terms: '退款',
        amountFen: 100,
        performance: kept ? { kind: 'at-once' } : { kind: 'by', dueOn: '2027-12-31', manner: '转账' },
      };
    case 'mediation-terminated':
      return { ground: 'absence-or-refusal', text: reason };
    case 'case-escalated':
    case 'case-transferred':
      return { toPath: to, reason };
    case 'case-handed-down':
      return { toPath: to, purpose: kept ? 'handle' : 'complete-materials', reason };
    case 'case-taken-over':
      return { dueAt: kept ? '2026-03-01T00:00:00Z' : '2099-01-01T00:00:00Z', reason };
    case 'case-reopened':
      return { cause: 'new-facts', reason };
    case 'case-corrected':
      return { reason, ...(kept ? { consumerName: '李四', problem: 'price' } : {}) };
    case 'agent-appointed':
      return { agentId: at, side: 'consumer', name: '李律师', authority: 'general' };
    case 'agent-ended':
      return { agentId: 'nobody', reason };
    case 'mediator-challenged':
      return { by: 'merchant', mediator: '测试员', reason };
    case 'challenge-decided':
      return { upheld: kept, reason };
    case 'testing-ordered':
      return { subject: '面料成分', institution: '质检院', fees: 'shared' };
    case 'testing-reported':
      return { on: at.slice(0, 10), finding: reason };
    case 'unit-joined':
      return { path: to, reason };
    case 'instalment-recorded':
      return { index: 0, result: kept ? 'kept' : 'broken', on: at.slice(0, 10) };
    case 'satisfaction-recorded':
      return { satisfaction: 'dissatisfied', on: at.slice(0, 10) };
    case 'confirmation-applied':
      return { court: '海曙区人民法院', on: at.slice(0, 10) };
    case 'clock-stopped':
      return { cause: 'testing', reason };
    case 'performance-recorded':
      return { result: kept ? 'kept' : 'broken', on: at.slice(0, 10) };
    case 'case-closed':
      return { satisfaction: 'satisfied' };
    case 'case-assigned':
      return kept ? { staffId: to, name: '测试员' } : { staffId: null, name: null };
    case 'case-reviewed':
      return { result: kept ? 'sound' : 'remarks', text: reason, sampleId: null };
    case 'violation-answered':
      return { result: 'no-violation', text: reason };
    case 'note-added':
    case 'violation-reported':
      return { text: reason };
    case 'case-withdrawn':
    case 'mediation-failed':
      return { reason };
    case 'case-accepted':
    case 'clock-resumed':
      return {};
  }
}

const levelOf = (path: string): number => 6 - path.split('/').length;

/** What must hold of a case at every moment. */
function expectSound(state: CaseState): void {
  expect(CASE_STATUSES).toContain(state.status);
  expect(state.handledBy).toContain(state.handlingPath);
  expect(new Set(state.handledBy).size).toBe(state.handledBy.length);
  expect(state.closedAt === null).toBe(state.status !== 'closed');
  expect((state.clockStops ?? []).filter((stop) => stop.to === null).length).toBeLessThanOrEqual(1);
  for (const { from, to } of state.clockStops ?? []) {
    if (to !== null) expect(Date.parse(to)).toBeGreaterThanOrEqual(Date.parse(from));
  }
  const level = levelOf(state.handlingPath);
  const deadline = caseDeadline(state, level, level === 4, defaultCalendar);
  if (openStop(state) !== null || state.status === 'closed') expect(deadline).toBeNull();
  else if (deadline !== null) expect(Number.isNaN(Date.parse(deadline.dueAt))).toBe(false);
  expectTasks(state);
}

/** What is to be done follows from the case alone: its running deadline or what is awaited, never both, and each thing once. */
function expectTasks(state: CaseState): void {
  const tasks = tasksOf(
    { kind: 'case', state },
    {
      levelOf,
      partyOf: (path) => (levelOf(path) === 4 ? 'regulator' : 'operator'),
      rules: shippedRules,
    },
  );
  const names = tasks.map(({ kind, part }) => `${kind}#${part}`);
  expect(new Set(names).size).toBe(names.length);
  const kinds = new Set(tasks.map(({ kind }) => kind));
  const due = caseDeadline(
    state,
    levelOf(state.handlingPath),
    levelOf(state.handlingPath) === 4,
    defaultCalendar,
  );
  expect(tasks.find(({ kind }) => kind === 'deadline')?.dueAt).toBe(due?.dueAt);
  expect(kinds.has('awaited')).toBe(openStop(state) !== null && state.status !== 'closed');
  if (state.status === 'closed')
    for (const kind of ['deadline', 'arrival'] as const) expect(kinds).not.toContain(kind);
  for (const { kind, ownerPath, staffId, dueAt, stands } of tasks) {
    expect(ownerPath).toBe(state.handlingPath);
    expect(staffId).toBe(state.assignee?.staffId ?? null);
    expect(stands).toBe(kind === 'awaited');
    if (stands) expect(dueAt).toBeNull();
  }
}

it('any sequence of legal and illegal commands over four levels leaves one handling unit, and each refusal names its rule', () => {
  const reached = new Set<string>();
  const refused = new Set<string>();
  fc.assert(
    fc.property(fc.array(act, { minLength: 1, maxLength: 60 }), (sequence) => {
      let now = Date.parse('2026-03-10T02:00:00Z');
      let state: CaseState | undefined;
      for (const drawn of sequence) {
        now += drawn.hours * 3_600_000;
        const at = new Date(now).toISOString();
        const handling = state?.handlingPath ?? '/HS/C1/M01/S001';
        const above = parentPath(handling) ?? handling;
        const who = drawn.who === 'handling' ? handling : drawn.who === 'above' ? above : drawn.who;
        const former = state?.handledBy.find((path) => parentPath(path) === handling) ?? handling;
        const to = drawn.to === 'above' ? above : drawn.to === 'former' ? former : drawn.to;
        const possible = state === undefined ? [] : nextSteps(state);
        const likely =
          drawn.likely === null ? undefined : possible[drawn.likely % Math.max(1, possible.length)];
        const type = state === undefined ? 'case-registered' : (likely ?? drawn.type);
        const actor = actorAt(who, state === undefined ? 'mediator' : drawn.role);
        const before: CaseState | undefined = structuredClone(state);
        const ruling = applyCase(
          state,
          factOf('case', 'c1', type, payloadOf({ ...drawn, type }, to, at), actor, at),
        );
        // Nothing is changed in place, a refusal changes nothing.
        expect(state).toEqual(before);
        if (ruling.kind === 'illegal') {
          expect(ruling.refusal.rule).toMatch(/^[a-z][a-z0-9-]+$/);
          refused.add(ruling.refusal.rule);
          continue;
        }
        if (ruling.kind !== 'legal') throw new Error('a known event was unknown');
        const next = ruling.state;
        expectSound(next);
        if (state !== undefined) {
          const moves = [
            'case-escalated',
            'case-handed-down',
            'case-transferred',
            'case-taken-over',
          ].includes(type);
          // The handling unit changes by a move, exactly once, and by nothing else.
          expect(next.handlingPath !== state.handlingPath).toBe(moves);
          // Whoever had it elsewhere has it no more.
          if (moves) expect(next.assignee).toBeUndefined();
          if (type === 'case-reviewed') expect(next.status).toBe('closed');
          if (type in CASE_TRANSITIONS) {
            expect(nextSteps(state)).toContain(type);
            expect(who).toBe(
              type === 'case-taken-over' ? parentPath(state.handlingPath) : state.handlingPath,
            );
          }
        }
        reached.add(next.status);
        state = next;
      }
    }),
    { numRuns: 3000, seed: 20260310 },
  );
  // The sequences get everywhere: otherwise the property would say little.
  expect([...reached].toSorted()).toEqual([...CASE_STATUSES].toSorted());
  expect(refused.size).toBeGreaterThanOrEqual(12);
});
