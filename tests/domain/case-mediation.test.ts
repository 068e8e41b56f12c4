import { describe, expect, it } from 'vitest';
import { defaultCalendar } from '../../src/domain/kernel/calendar/index.ts';
import { instalmentsOf } from '../../src/domain/case/performance.ts';
import { nextSteps } from '../../src/domain/case/reducer.ts';
import { caseSight } from '../../src/domain/case/sight.ts';
import type { CaseState } from '../../src/domain/case/state.ts';
import { actorAt, factOf, registration } from '../support/facts.ts';
import { applyCase, caseDeadline, confirmationDeadline } from '../support/shipped.ts';

const MALL = '/HS/C1/M01';

type Act = [type: string, payload: unknown, at?: string];

function ruleOf(state: CaseState | undefined, [type, payload, at]: Act) {
  return applyCase(state, factOf('case', 'c1', type, payload, actorAt(MALL), at));
}

function walk(state: CaseState | undefined, ...acts: Act[]): CaseState {
  for (const act of acts) {
    const ruling = ruleOf(state, act);
    if (ruling.kind !== 'legal') throw new Error(`${act[0]}: ${JSON.stringify(ruling)}`);
    state = ruling.state;
  }
  if (!state) throw new Error('nothing was walked');
  return state;
}

function refusal(state: CaseState, act: Act): string {
  const ruling = ruleOf(state, act);
  return ruling.kind === 'illegal' ? ruling.refusal.rule : ruling.kind;
}

const accepted = () => walk(undefined, ['case-registered', registration()], ['case-accepted', {}]);
const session: Act = [
  'session-recorded',
  { heldOn: '2026-03-10', place: '调解室', attendance: 'both', record: '双方到场', proposalFen: null },
];
const settleBy = (performance: object): Act => [
  'case-settled',
  { instrument: 'settlement-agreement', terms: '退款', amountFen: 90_000, performance },
];

describe('mediation', () => {
  it('takes a session with statements and proposals, and one of an earlier release without them', () => {
    const full: Act = [
      'session-recorded',
      {
        ...(session[1] as object),
        startedAt: '14:30',
        mediator: '周明',
        statements: { consumer: '要求全额退款' },
        proposals: [
          { by: 'consumer', amountFen: 128_000, text: '全额' },
          { by: 'merchant', amountFen: 50_000, text: '' },
        ],
      },
    ];
    expect(walk(accepted(), session, full).sessionCount).toBe(2);
    expect(refusal(accepted(), ['session-recorded', { ...(session[1] as object), startedAt: '25:00' }])).toBe(
      'payload-invalid',
    );
  });

  it('stands while a mediator is challenged; an upheld challenge names a successor', () => {
    const challenged = walk(accepted(), [
      'mediator-challenged',
      { by: 'merchant', mediator: '测试员', reason: '与消费者相识' },
    ]);
    expect(refusal(challenged, session)).toBe('challenge-open');
    expect(refusal(challenged, settleBy({ kind: 'at-once' }))).toBe('challenge-open');
    expect(nextSteps(challenged)).not.toContain('session-recorded');
    expect(refusal(challenged, ['challenge-decided', { upheld: true, reason: '属实' }])).toBe(
      'successor-missing',
    );
    const decided = walk(challenged, [
      'challenge-decided',
      { upheld: true, successor: '王调', reason: '属实' },
    ]);
    expect(decided.challenges?.[0]?.decision).toMatchObject({ upheld: true, successor: '王调' });
    expect(walk(decided, session).sessionCount).toBe(1);
    expect(refusal(decided, ['challenge-decided', { upheld: false, reason: '' }])).toBe('payload-invalid');
    expect(refusal(decided, ['challenge-decided', { upheld: false, reason: '无' }])).toBe(
      'no-challenge-open',
    );
  });

  it('stops the clock for testing until the report is in', () => {
    const order: Act = ['testing-ordered', { subject: '色牢度', institution: '质检院', fees: 'shared' }];
    const tested = walk(accepted(), order);
    expect(caseDeadline(tested, 2, false, defaultCalendar)).toBeNull();
    expect(refusal(tested, order)).toBe('testing-open');
    const reported = walk(tested, [
      'testing-reported',
      { on: '2026-03-13', finding: '不合格' },
      '2026-03-13T02:00:00.000Z',
    ]);
    // Ten working days from 03-10 end on 03-24; three stood still.
    expect(caseDeadline(reported, 2, false, defaultCalendar)?.dueAt).toBe('2026-03-27T23:59:59.999+08:00');
    expect(reported.revision).toBe(tested.revision + 1);
  });

  it('does not run a clock again that was stopped for another cause', () => {
    const stopped = walk(
      accepted(),
      ['clock-stopped', { cause: 'identity-proof', reason: '等待身份证明' }],
      ['testing-ordered', { subject: '色牢度', institution: '质检院', fees: 'loser' }],
      ['testing-reported', { on: '2026-03-10', finding: '合格' }],
    );
    expect(caseDeadline(stopped, 2, false, defaultCalendar)).toBeNull();
  });

  it('knows who acts for whom, and lets another unit sit in without handing it the case', () => {
    const agent = { agentId: 'a1', side: 'consumer', name: '李律师', authority: 'special' };
    const state = walk(
      accepted(),
      ['agent-appointed', agent],
      ['unit-joined', { path: '/HS/C1/M02', reason: '两家商场' }],
    );
    expect(state.agents).toEqual([agent]);
    expect(state.handlingPath).toBe(MALL);
    expect(caseSight(state, () => 2)).toEqual([MALL, '/HS/C1/M02']);
    expect(refusal(state, ['unit-joined', { path: '/HS/C1/M02', reason: '又' }])).toBe('unit-joined-already');
    expect(refusal(state, ['agent-appointed', agent])).toBe('agent-exists');
    expect(walk(state, ['agent-ended', { agentId: 'a1', reason: '终止' }]).agents).toEqual([]);
  });
});

describe('performance by instalments', () => {
  const thirds = [
    { dueOn: '2026-03-20', amountFen: 30_000 },
    { dueOn: '2026-04-20', amountFen: 30_000 },
    { dueOn: '2026-05-20', amountFen: 30_000 },
  ];
  const by = (instalments: object[], dueOn = '2026-05-20') =>
    settleBy({ kind: 'by', dueOn, manner: '转账', instalments });
  const kept = (index: number, on: string, result = 'kept'): Act => [
    'instalment-recorded',
    { index, result, on },
    `${on}T02:00:00.000Z`,
  ];

  it('falls due one after the other, and is performed with the last', () => {
    const settled = walk(accepted(), by(thirds));
    const due = (state: CaseState) => caseDeadline(state, 2, false, defaultCalendar)?.dueAt.slice(0, 10);
    expect(due(settled)).toBe('2026-03-20');
    expect(caseDeadline(settled, 2, false, defaultCalendar)?.instalment).toEqual({
      place: 1,
      of: 3,
      amountFen: 30_000,
    });
    expect(instalmentsOf(settled).map(({ state }) => state)).toEqual(['next', 'waiting', 'waiting']);
    const first = walk(settled, kept(0, '2026-03-19'));
    expect([first.status, due(first)]).toEqual(['settled', '2026-04-20']);
    expect(refusal(first, kept(0, '2026-03-19'))).toBe('instalment-order');
    const last = walk(first, kept(1, '2026-04-20'), kept(2, '2026-05-20'));
    expect(last.status).toBe('performed');
    expect(instalmentsOf(last).map(({ keptOn }) => keptOn)).toEqual([
      '2026-03-19',
      '2026-04-20',
      '2026-05-20',
    ]);
    const broken = walk(first, kept(1, '2026-04-25', 'broken'));
    expect(broken.status).toBe('broken');
    expect(instalmentsOf(broken).map(({ state }) => state)).toEqual(['kept', 'broken', 'waiting']);
    const again = walk(broken, ['case-reopened', { cause: 'agreement-broken', reason: '未付第二期' }]);
    expect(again.status).toBe('accepted');
    // A new agreement begins with its own first instalment.
    const anew = walk(again, [...by(thirds).slice(0, 2), '2026-03-12T02:00:00.000Z'] as unknown as Act);
    expect(due(anew)).toBe('2026-03-20');
  });

  it('adds up, runs in order, and ends on the day agreed', () => {
    expect(refusal(accepted(), by(thirds.slice(0, 2), '2026-04-20'))).toBe('instalments-sum');
    expect(refusal(accepted(), by(thirds.toReversed()))).toBe('instalments-in-order');
    expect(refusal(accepted(), by(thirds, '2026-06-20'))).toBe('instalments-end-at-due');
    expect(refusal(accepted(), by(thirds.slice(0, 1)))).toBe('payload-invalid');
    expect(
      refusal(
        walk(accepted(), settleBy({ kind: 'by', dueOn: '2026-03-20', manner: '转账' })),
        kept(0, '2026-03-10'),
      ),
    ).toBe('no-instalment-due');
  });
});

describe('after the end', () => {
  it('the consumer’s word is recorded once, where closing did not know it', () => {
    const closed = walk(accepted(), settleBy({ kind: 'at-once' }), [
      'case-closed',
      { satisfaction: 'unknown' },
    ]);
    const call: Act = ['satisfaction-recorded', { satisfaction: 'satisfied', on: '2026-03-10' }];
    const called = walk(closed, call);
    expect(called).toMatchObject({ status: 'closed', satisfaction: 'satisfied' });
    expect(refusal(called, call)).toBe('satisfaction-known');
  });

  it('a signed people’s mediation agreement may go to the court for thirty days', () => {
    const settled = walk(accepted(), settleBy({ kind: 'by', dueOn: '2026-03-20', manner: '转账' }));
    expect(confirmationDeadline(settled, defaultCalendar)).toBeNull();
    expect(refusal(settled, ['confirmation-applied', { court: '海曙区人民法院', on: '2026-03-10' }])).toBe(
      'confirmation-needs-agreement',
    );
    const sha256 = 'a'.repeat(64);
    const signed = walk(
      settled,
      [
        'document-issued',
        {
          documentId: 'd1',
          kind: 'peoples-mediation-agreement',
          number: '甬海消调〔2026〕第0001号',
          year: 2026,
          sequence: 1,
          issuedOn: '2026-03-10',
          copies: 3,
          sha256,
          byteLength: 10,
          code: '0000-1111-2222',
        },
      ],
      [
        'document-signed',
        { documentId: 'd1', manner: 'on-paper', signers: ['consumer'], signedOn: '2026-03-05', sha256: null },
      ],
    );
    // 30 days from 03-05 end on 04-04, Qingming: the next working day is 04-07.
    expect(confirmationDeadline(signed, defaultCalendar)).toEqual({
      dueAt: '2026-04-07T23:59:59.999+08:00',
      provisional: false,
      appliedOn: null,
    });
    const applied = walk(signed, ['confirmation-applied', { court: '海曙区人民法院', on: '2026-03-10' }]);
    expect(confirmationDeadline(applied, defaultCalendar)?.appliedOn).toBe('2026-03-10');
  });

  it('proof of performance may be added to a settled case, other evidence not', () => {
    const settled = walk(accepted(), settleBy({ kind: 'by', dueOn: '2026-03-20', manner: '转账' }));
    const evidence = (kind: string): Act => [
      'evidence-added',
      { sha256: 'b'.repeat(64), name: '转账截图.png', mediaType: 'image/png', size: 10, kind },
    ];
    expect(refusal(settled, evidence('photo'))).toBe('evidence-frozen');
    expect(walk(settled, evidence('performance')).evidence).toHaveLength(1);
  });
});
