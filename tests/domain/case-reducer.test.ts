import { describe, expect, it } from 'vitest';
import { type CaseStep } from '../../src/domain/case/reducer.ts';
import { caseSight } from '../../src/domain/case/sight.ts';
import type { CaseState } from '../../src/domain/case/state.ts';
import type { Role } from '../../src/domain/kernel/event/event.ts';
import { actorAt, factOf, registration } from '../support/facts.ts';
import { applyCase } from '../support/shipped.ts';

const SHOP = '/HS/C1/M01/S001';
const MALL = '/HS/C1/M01';
const CIRCLE = '/HS/C1';
const DISTRICT = '/HS';

const payloads: Record<CaseStep, unknown> = {
  'case-accepted': {},
  'case-refused': { ground: 'outside-remit', text: '不属于消费纠纷' },
  'session-recorded': {
    heldOn: '2026-03-10',
    place: '调解室',
    attendance: 'both',
    record: '双方到场',
    proposalFen: null,
  },
  'case-settled': {
    instrument: 'settlement-agreement',
    terms: '退款',
    amountFen: 100,
    performance: { kind: 'by', dueOn: '2026-03-20', manner: '原路退回' },
  },
  'mediation-failed': { reason: '差距过大' },
  'case-withdrawn': { reason: '撤回' },
  'mediation-terminated': { ground: 'absence-or-refusal', text: '商户缺席' },
  'case-escalated': { toPath: MALL, reason: '本级未成' },
  'case-handed-down': { toPath: SHOP, purpose: 'handle', reason: '请就近处理' },
  'case-transferred': { toPath: '/HS/C1/M01/S002', reason: '涉及另一家门店' },
  'case-taken-over': { dueAt: '2026-03-09T16:00:00.000Z', reason: '逾期未办' },
  'case-reopened': { cause: 'agreement-broken', reason: '协议未履行' },
  'clock-stopped': { cause: 'testing', reason: '送检' },
  'clock-resumed': {},
  'case-corrected': { reason: '登记有误', amountFen: 128000 },
  'agent-appointed': { agentId: 'a1', side: 'consumer', name: '李律师', authority: 'special' },
  'agent-ended': { agentId: 'a1', reason: '委托终止' },
  'case-assigned': { staffId: actorAt(MALL).staffId, name: '测试员' },
  'mediator-challenged': { by: 'merchant', mediator: '测试员', reason: '与消费者相识' },
  'challenge-decided': { upheld: false, reason: '理由不成立' },
  'testing-ordered': { subject: '面料成分', institution: '质检院', fees: 'shared' },
  'testing-reported': { on: '2026-03-10', finding: '色牢度不合格' },
  'unit-joined': { path: '/HS/C1/M02', reason: '涉及两家商场' },
  'instalment-recorded': { index: 0, result: 'kept', on: '2026-03-10' },
  'satisfaction-recorded': { satisfaction: 'satisfied', on: '2026-03-10' },
  'confirmation-applied': { court: '海曙区人民法院', on: '2026-03-10' },
  'performance-recorded': { result: 'kept', on: '2026-03-10' },
  'case-closed': { satisfaction: 'satisfied' },
};

function registered(unitPath = SHOP, role: Role = 'shop-manager'): CaseState {
  const ruling = applyCase(
    undefined,
    factOf('case', 'c1', 'case-registered', registration(), actorAt(unitPath, role)),
  );
  if (ruling.kind !== 'legal') throw new Error(JSON.stringify(ruling));
  return ruling.state;
}

/** Takes steps in turn as staff of whichever unit handles the case. */
function walk(state: CaseState, ...steps: [CaseStep, unknown?][]): CaseState {
  for (const [type, payload] of steps) {
    const fact = factOf(
      'case',
      'c1',
      type,
      payload ?? payloads[type],
      actorAt(state.handlingPath, 'mediator'),
    );
    const ruling = applyCase(state, fact);
    if (ruling.kind !== 'legal') throw new Error(`${type}: ${JSON.stringify(ruling)}`);
    state = ruling.state;
  }
  return state;
}

function refusalOf(
  state: CaseState,
  type: CaseStep,
  payload: unknown,
  unitPath = state.handlingPath,
): string {
  const ruling = applyCase(state, factOf('case', 'c1', type, payload, actorAt(unitPath, 'mediator')));
  return ruling.kind === 'illegal' ? ruling.refusal.rule : ruling.kind;
}

describe('a case', () => {
  it('goes from the shop to the circle and is settled there', () => {
    const atMall = walk(registered(), ['case-escalated']);
    expect(atMall).toMatchObject({ status: 'escalated', handlingPath: MALL, handledBy: [SHOP, MALL] });
    const atCircle = walk(
      atMall,
      ['case-accepted'],
      ['session-recorded'],
      ['mediation-failed'],
      ['case-escalated', { toPath: CIRCLE, reason: '商场调解未成' }],
    );
    expect(atCircle).toMatchObject({ status: 'escalated', handlingPath: CIRCLE, acceptedAt: null });
    const closed = walk(
      atCircle,
      ['case-accepted'],
      ['case-settled'],
      ['performance-recorded'],
      ['case-closed'],
    );
    expect(closed).toMatchObject({ status: 'closed', outcome: 'settled', satisfaction: 'satisfied' });
    expect(closed.handledBy).toEqual([SHOP, MALL, CIRCLE]);
  });

  it('is performed at once when the agreement says so', () => {
    const state = walk(
      registered(),
      ['case-accepted'],
      [
        'case-settled',
        {
          instrument: 'mediation-record',
          terms: '当场退款',
          amountFen: 5000,
          performance: { kind: 'at-once' },
        },
      ],
    );
    expect(state.status).toBe('performed');
  });

  it('counts as failed only when it is closed without going up', () => {
    const failed = walk(registered(), ['case-accepted'], ['mediation-failed']);
    expect(failed.outcome).toBeNull();
    expect(walk(failed, ['case-closed']).outcome).toBe('failed');
  });

  it('is open again when a broken agreement goes up', () => {
    const broken = walk(
      registered(),
      ['case-accepted'],
      ['case-settled'],
      ['performance-recorded', { result: 'broken', on: '2026-03-10' }],
    );
    expect(broken.status).toBe('broken');
    expect(walk(broken, ['case-escalated'])).toMatchObject({ outcome: null, handlingPath: MALL });
  });

  it('names the rule of every refusal', () => {
    const state = registered();
    expect(refusalOf(state, 'case-accepted', {}, MALL)).toBe('not-handling-unit');
    expect(refusalOf(state, 'case-settled', payloads['case-settled'])).toBe('step-not-possible');
    expect(refusalOf(state, 'case-escalated', { toPath: CIRCLE, reason: '越级' })).toBe('escalate-one-level');
    expect(refusalOf(state, 'case-refused', { ground: 'because', text: 'x' })).toBe('procedure-code-unknown');
    const accepted = walk(state, ['case-accepted']);
    expect(
      refusalOf(accepted, 'session-recorded', {
        ...(payloads['session-recorded'] as object),
        heldOn: '2026-03-11',
      }),
    ).toBe('date-in-future');
    expect(
      refusalOf(accepted, 'case-settled', {
        ...(payloads['case-settled'] as object),
        performance: { kind: 'by', dueOn: '2026-03-09', manner: '现金' },
      }),
    ).toBe('performance-before-settlement');
    expect(refusalOf(walk(registered(DISTRICT)), 'case-escalated', payloads['case-escalated'])).toBe(
      'no-level-above',
    );
  });

  it('leaves an event version it does not know alone', () => {
    const fact = { ...factOf('case', 'c1', 'case-accepted', {}, actorAt(SHOP)), version: 9 };
    expect(applyCase(registered(), fact)).toEqual({ kind: 'unknown', type: 'case-accepted', version: 9 });
  });

  it('refuses a registration dated after today in Shanghai', () => {
    const payload = registration({ facts: { text: 'x', occurredOn: '2026-03-11' } });
    const ruling = applyCase(undefined, factOf('case', 'c1', 'case-registered', payload, actorAt(SHOP)));
    expect(ruling).toMatchObject({
      kind: 'illegal',
      refusal: { rule: 'date-in-future', field: 'facts.occurredOn' },
    });
  });

  it('is seen by its units and by the one above a shop, no further', () => {
    const levelOf = (path: string): number => 6 - path.split('/').length;
    expect(caseSight(registered(), levelOf).toSorted()).toEqual([MALL, SHOP].toSorted());
    expect(caseSight(registered(MALL), levelOf)).toEqual([MALL]);
  });
});
