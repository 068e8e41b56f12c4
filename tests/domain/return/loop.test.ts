import { describe, expect, it } from 'vitest';
import type { AdmissionContext } from '../../../src/domain/kernel/event/admission.ts';
import { defaultProcedure, shippedRules, type Rulebook } from '../../../src/domain/procedure/index.ts';
import { endForReturn } from '../../../src/domain/return/case-end.ts';
import { decisionDue, isOverdue } from '../../../src/domain/return/decision-due.ts';
import type { ReturnState } from '../../../src/domain/return/reducer.ts';
import { admitFact, applyFact, rollupDeltas, type AnyState } from '../../../src/domain/streams.ts';
import { actorAt, factOf } from '../../support/facts.ts';

const SHOP = '/HS/C1/M01/S001';
const manager = actorAt(SHOP, 'shop-manager');
const ASKED = '2026-03-10T02:00:00.000Z';
const LATER = '2026-03-12T16:00:00.000Z';

const requested = {
  number: 'R-S001-2026-1-0001',
  merchantId: 'm1',
  merchantName: '虚构服饰店',
  commitmentId: null,
  commitmentVersion: null,
  consumer: { name: '张三', phone: null },
  request: {
    goodsCategory: 'clothing',
    goodsName: '大衣',
    purchasedOn: '2026-03-01',
    requestedOn: '2026-03-10',
    amountFen: 59_900,
    condition: 'intact',
    proofType: 'receipt',
    proofNumber: null,
    gift: 'none',
    giftPriceFen: null,
    confirmedUnsuitable: false,
  },
  verdict: 'eligible',
  reasons: [],
};

type Step = [type: string, payload: unknown, at?: string, version?: number];

const request: Step = ['return-requested', requested];
const grant = (refundFen: number): Step => [
  'return-granted',
  { refundFen, route: 'original', refundedOn: '2026-03-10' },
];
const refuse: Step = ['return-refused', { ground: 'condition', text: '已使用' }];
const overdue: Step = ['return-disputed', { caseId: 'c1', because: 'overdue' }, LATER, 2];
const resolve = (caseId = 'c1'): Step => [
  'return-resolved',
  { caseId, outcome: 'settled', agreedFen: 30_000 },
  LATER,
];
const note: Step = [
  'return-noted',
  { concern: 'used-then-returned', facts: '领口有穿着痕迹，在场两人', evidence: '监控 14:05' },
  LATER,
];

const factOfStep = ([type, payload, at = ASKED, version = 1]: Step) => ({
  ...factOf('return', 'r1', type, payload, manager, at),
  version,
});

/** The state after these steps, or the rule and field that one of them is refused by. */
function after(...steps: Step[]): ReturnState | string {
  let current: AnyState | undefined;
  for (const step of steps) {
    const ruling = applyFact(current, factOfStep(step), shippedRules);
    if (ruling.kind === 'illegal') return `${ruling.refusal.rule} ${ruling.refusal.field ?? ''}`.trim();
    if (ruling.kind !== 'legal') throw new Error(`${step[0]} is not known`);
    current = ruling.state;
  }
  if (current?.kind !== 'return') throw new Error('No return came of it');
  return current.state;
}

function legal(...steps: Step[]): ReturnState {
  const state = after(...steps);
  if (typeof state === 'string') throw new Error(state);
  return state;
}

describe('the loop of a return', () => {
  it('gives back no more than was paid', () => {
    expect(after(request, grant(59_901))).toBe('refund-above-price refundFen');
    expect(after(request, grant(59_900))).toMatchObject({ status: 'granted' });
  });

  it('goes from a refusal to a case and back', () => {
    expect(after(request, resolve())).toBe('return-other-case caseId');
    expect(after(request, refuse, ['return-disputed', { caseId: 'c1' }], resolve('c2'))).toBe(
      'return-other-case caseId',
    );
    const closed = legal(request, refuse, ['return-disputed', { caseId: 'c1' }], resolve());
    expect(closed).toMatchObject({ status: 'refused', caseId: 'c1', resolution: { agreedFen: 30_000 } });
  });

  it('goes from silence to a case, and may still be granted then', () => {
    const disputed = legal(request, overdue);
    expect(disputed).toMatchObject({ status: 'requested', caseId: 'c1' });
    expect(legal(request, overdue, grant(59_900))).toMatchObject({ status: 'granted', caseId: 'c1' });
    expect(after(request, overdue, refuse, ['return-disputed', { caseId: 'c2' }])).toBe(
      'return-already-disputed',
    );
    // A refused one is not called overdue, nor the other way about.
    expect(after(request, refuse, overdue)).toBe('step-not-possible');
    expect(after(request, ['return-disputed', { caseId: 'c1' }])).toBe('step-not-possible');
    expect(after(request, grant(100), overdue)).toBe('step-not-possible');
  });

  it('is overdue once the days of the procedure are over, to the end of the last one', () => {
    const asked = legal(request);
    const days = defaultProcedure.limits.returnDecisionDays?.value;
    expect(days).toBe(2);
    expect(decisionDue(asked, shippedRules)).toEqual({ dueAt: '2026-03-12T23:59:59.999+08:00', days });
    expect(isOverdue(asked, shippedRules, '2026-03-12T15:59:59.000Z')).toBe(false);
    expect(isOverdue(asked, shippedRules, LATER)).toBe(true);
    expect(decisionDue(legal(request, refuse), shippedRules)).toBeNull();
    expect(decisionDue(legal(request, overdue), shippedRules)).toBeNull();
  });

  it('becomes a case for silence only then; what arrives at the centre is a fact', () => {
    const rule = (side: 'recording' | 'receiving', at: string): string => {
      const context: AdmissionContext<Rulebook> = {
        side,
        receivedAt: side === 'recording' ? null : '2027-01-01T00:00:00.000Z',
        source: { unitPath: SHOP, centre: false },
        rules: shippedRules,
        levelOf: () => 1,
        partyOf: () => 'merchant',
        exists: () => true,
        record: () => undefined,
        person: () => ({
          name: '测试员',
          role: 'shop-manager',
          unitPath: SHOP,
          active: true,
          assignments: [{ role: 'shop-manager', unitPath: SHOP }],
        }),
      };
      const current: AnyState = { kind: 'return', state: legal(request) };
      const [type, payload] = overdue;
      const ruling = admitFact({ current, inSight: true }, factOfStep([type, payload, at, 2]), context);
      return ruling.kind === 'illegal' ? ruling.refusal.rule : ruling.kind;
    };
    expect(rule('recording', '2026-03-12T15:00:00.000Z')).toBe('return-not-overdue');
    expect(rule('recording', LATER)).toBe('legal');
    expect(rule('receiving', '2026-03-12T15:00:00.000Z')).toBe('legal');
  });

  it('keeps notes as facts, from which nothing follows', () => {
    const plain = legal(request);
    const { notes, revision, ...noted } = legal(request, note, note);
    const { revision: _, ...rest } = plain;
    expect(noted).toEqual(rest);
    expect(revision).toBe(3);
    expect(notes).toHaveLength(2);
    expect(after(request, ['return-noted', { concern: 'other', facts: '退了三次', evidence: ' ' }])).toBe(
      'payload-invalid evidence',
    );
  });

  it('counts its end once', () => {
    const context = { levelOf: () => 1, partyOf: () => 'merchant' as const, rules: shippedRules };
    const before = legal(request, refuse, ['return-disputed', { caseId: 'c1' }]);
    const once = legal(request, refuse, ['return-disputed', { caseId: 'c1' }], resolve());
    const counted = (from: ReturnState, to: ReturnState): number =>
      rollupDeltas(
        { kind: 'return', state: from },
        factOfStep(resolve()),
        { kind: 'return', state: to },
        context,
      ).counters.filter(({ metric, dimension }) => metric === 'returns-resolved' && dimension === '').length;
    expect(counted(before, once)).toBe(1);
    expect(counted(once, once)).toBe(0);
  });
});

describe('the end of a case, as its return has it', () => {
  const at = '2026-03-20T02:00:00.000Z';
  const open = { outcome: null, outcomeAt: null, settlement: null, registeredAt: ASKED };

  it('is none while the case goes on', () => {
    expect(endForReturn(open, 'refused')).toBeNull();
    expect(endForReturn({ ...open, outcome: 'transferred' }, 'refused')).toBeNull();
  });

  it('is what was agreed, or why nothing was; goods that were taken back meanwhile leave nothing to settle', () => {
    const settlement = { amountFen: 30_000 } as NonNullable<Parameters<typeof endForReturn>[0]['settlement']>;
    expect(endForReturn({ ...open, outcome: 'settled', outcomeAt: at, settlement }, 'refused')).toEqual({
      outcome: 'settled',
      agreedFen: 30_000,
      at,
    });
    for (const outcome of ['withdrawn', 'terminated', 'failed', 'refused'] as const)
      expect(endForReturn({ ...open, outcome, outcomeAt: at }, 'refused')).toEqual({
        outcome,
        agreedFen: null,
        at,
      });
    expect(endForReturn({ ...open, outcome: 'withdrawn', outcomeAt: at }, 'granted')?.outcome).toBe(
      'granted-later',
    );
  });
});
