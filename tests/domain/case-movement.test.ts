import { describe, expect, it } from 'vitest';
import { nextSteps } from '../../src/domain/case/reducer.ts';
import { caseSight } from '../../src/domain/case/sight.ts';
import type { CaseState } from '../../src/domain/case/state.ts';
import { actorAt, factOf, registration } from '../support/facts.ts';
import { applyCase } from '../support/shipped.ts';

const SHOP = '/HS/C1/M01/S001';
const OTHER_SHOP = '/HS/C1/M01/S002';
const MALL = '/HS/C1/M01';
const CIRCLE = '/HS/C1';
const OTHER_CIRCLE = '/HS/C2';
const DISTRICT = '/HS';

type Act = { type: string; payload?: unknown; at?: string; by?: string };

function registered(at = SHOP): CaseState {
  return walk(undefined, { type: 'case-registered', payload: registration(), by: at });
}

function rule(state: CaseState | undefined, { type, payload = {}, at, by }: Act): string {
  const ruling = applyCase(
    state,
    factOf('case', 'c1', type, payload, actorAt(by ?? state?.handlingPath ?? SHOP), at),
  );
  return ruling.kind === 'illegal' ? ruling.refusal.rule : ruling.kind;
}

function walk(state: CaseState | undefined, ...acts: Act[]): CaseState {
  for (const { type, payload = {}, at, by } of acts) {
    const actor = actorAt(by ?? state?.handlingPath ?? SHOP);
    const ruling = applyCase(state, factOf('case', 'c1', type, payload, actor, at));
    if (ruling.kind !== 'legal') throw new Error(`${type}: ${JSON.stringify(ruling)}`);
    state = ruling.state;
  }
  if (!state) throw new Error('nothing was walked');
  return state;
}

const up = (toPath: string): Act => ({ type: 'case-escalated', payload: { toPath, reason: '本级未成' } });
const down = (toPath: string, purpose = 'handle'): Act => ({
  type: 'case-handed-down',
  payload: { toPath, purpose, reason: '请就近处理' },
});
const across = (toPath: string): Act => ({
  type: 'case-transferred',
  payload: { toPath, reason: '涉及他方' },
});
const settle: Act = {
  type: 'case-settled',
  payload: {
    instrument: 'settlement-agreement',
    terms: '退款',
    amountFen: 100,
    performance: { kind: 'by', dueOn: '2026-03-20', manner: '原路退回' },
  },
};

describe('a case that moves', () => {
  it('goes back down to who had it, to complete the materials, and begins there anew', () => {
    const atMall = walk(registered(), up(MALL), { type: 'case-accepted' });
    const back = walk(atMall, { ...down(SHOP, 'complete-materials'), at: '2026-03-11T02:00:00.000Z' });
    expect(back).toMatchObject({
      status: 'handed-down',
      handlingPath: SHOP,
      receivedAt: '2026-03-11T02:00:00.000Z',
      acceptedAt: null,
      handledBy: [SHOP, MALL],
      handDowns: [{ fromPath: MALL, toPath: SHOP, purpose: 'complete-materials' }],
    });
    expect(rule(back, { type: 'case-accepted', by: MALL })).toBe('not-handling-unit');
    expect(walk(back, { type: 'case-accepted' }, up(MALL)).handledBy).toEqual([SHOP, MALL]);
  });

  it('is handed to any unit right below, whose materials it is or not', () => {
    const atMall = registered(MALL);
    expect(walk(atMall, down(SHOP))).toMatchObject({ handlingPath: SHOP, handledBy: [MALL, SHOP] });
    expect(rule(atMall, down(SHOP, 'complete-materials'))).toBe('completion-by-former-unit');
    expect(rule(registered(CIRCLE), down(SHOP))).toBe('hand-down-one-level');
    expect(rule(atMall, down(MALL))).toBe('hand-down-one-level');
  });

  it('goes sideways only under the same unit', () => {
    expect(walk(registered(), across(OTHER_SHOP))).toMatchObject({
      status: 'transferred',
      handlingPath: OTHER_SHOP,
      handledBy: [SHOP, OTHER_SHOP],
      transfers: [{ fromPath: SHOP, toPath: OTHER_SHOP }],
    });
    expect(walk(registered(CIRCLE), across(OTHER_CIRCLE)).handlingPath).toBe(OTHER_CIRCLE);
    for (const to of [SHOP, MALL, CIRCLE, '/HS/C1/M02/S001']) {
      expect(rule(registered(), across(to))).toBe('transfer-to-neighbour');
    }
    expect(rule(registered(DISTRICT), across('/XX'))).toBe('transfer-to-neighbour');
    expect(nextSteps(registered(DISTRICT))).not.toContain('case-transferred');
  });

  it('is taken over from above once its deadline has passed, and by nobody else', () => {
    const take = (dueAt: string, by: string): Act => ({
      type: 'case-taken-over',
      payload: { dueAt, reason: '逾期未办' },
      by,
    });
    const passed = '2026-03-09T16:00:00.000Z';
    const late = registered();
    expect(walk(late, take(passed, MALL))).toMatchObject({
      status: 'taken-over',
      handlingPath: MALL,
      escalations: [{ kind: 'taken-over', fromPath: SHOP, toPath: MALL }],
    });
    expect(rule(late, take('2026-03-10T02:00:00.000Z', MALL))).toBe('deadline-not-passed');
    for (const by of [SHOP, CIRCLE, OTHER_SHOP, DISTRICT]) {
      expect(rule(late, take(passed, by))).toBe('take-over-from-above');
    }
  });

  it('opens again after an agreement that was not kept, or new facts, but only after an agreement', () => {
    const broken = walk(registered(), { type: 'case-accepted' }, settle, {
      type: 'performance-recorded',
      payload: { result: 'broken', on: '2026-03-10' },
    });
    const reopen: Act = { type: 'case-reopened', payload: { cause: 'agreement-broken', reason: '未退款' } };
    expect(walk(broken, reopen)).toMatchObject({ status: 'accepted', outcome: null, closedAt: null });
    const closed = walk(broken, { type: 'case-closed', payload: { satisfaction: 'dissatisfied' } });
    expect(walk(closed, reopen)).toMatchObject({ status: 'accepted', satisfaction: null, closedAt: null });
    const refused = walk(
      registered(),
      { type: 'case-refused', payload: { ground: 'outside-remit', text: '不属于' } },
      { type: 'case-closed', payload: { satisfaction: 'unknown' } },
    );
    expect(rule(refused, reopen)).toBe('reopen-only-settled');
    // The consumer may still be called, where closing did not know what they thought.
    expect(nextSteps(refused)).toEqual(['satisfaction-recorded']);
  });
});

describe('a violation reported beside the dispute', () => {
  const report: Act = { type: 'violation-reported', payload: { text: '吊牌无厂名厂址' } };
  const answer: Act = {
    type: 'violation-answered',
    payload: { result: 'corrected', text: '已责令改正' },
    by: DISTRICT,
  };

  it('is checked by the topmost unit, which sees the case from then on, whatever becomes of the dispute', () => {
    const levelOf = (path: string): number => 6 - path.split('/').length;
    const reported = walk(registered(), report);
    expect(caseSight(reported, levelOf).toSorted()).toEqual([DISTRICT, MALL, SHOP].toSorted());
    const failed = walk(
      reported,
      { type: 'case-accepted' },
      { type: 'mediation-failed', payload: { reason: '差距过大' } },
      { type: 'case-closed', payload: { satisfaction: 'dissatisfied' } },
    );
    expect(failed.violation?.answer).toBeNull();
    const answered = walk(failed, answer);
    expect(answered).toMatchObject({
      status: 'closed',
      outcome: 'failed',
      handlingPath: SHOP,
      violation: { answer: { result: 'corrected' } },
    });
  });

  it('is reported and answered once, by those who may', () => {
    const reported = walk(registered(), report);
    expect(rule(reported, report)).toBe('violation-reported-already');
    expect(rule(registered(), answer)).toBe('no-violation-reported');
    expect(rule(registered(), { ...report, by: MALL })).toBe('outside-sight');
    expect(rule(reported, { ...answer, by: MALL })).toBe('violation-answer-above');
    expect(rule(walk(reported, answer), answer)).toBe('violation-answered-already');
  });
});

describe('the clock of a case', () => {
  const stop: Act = { type: 'clock-stopped', payload: { cause: 'testing', reason: '送检' } };

  it('stands once at a time, and runs anew at another unit', () => {
    const stopped = walk(registered(), stop);
    expect(rule(stopped, stop)).toBe('clock-stands');
    expect(rule(registered(), { type: 'clock-resumed' })).toBe('clock-runs');
    expect(nextSteps(stopped)).not.toContain('clock-stopped');
    expect(nextSteps(stopped)).toContain('clock-resumed');
    const resumed = walk(stopped, { type: 'clock-resumed', at: '2026-03-12T02:00:00.000Z' });
    expect(resumed.clockStops).toEqual([
      { cause: 'testing', from: '2026-03-10T02:00:00.000Z', to: '2026-03-12T02:00:00.000Z' },
    ]);
    expect(walk(stopped, up(MALL)).clockStops).toBeUndefined();
  });

  it('never runs backwards when a device clock does', () => {
    const resumed = walk(registered(), stop, { type: 'clock-resumed', at: '2026-03-09T02:00:00.000Z' });
    expect(resumed.clockStops?.[0]?.to).toBe('2026-03-10T02:00:00.000Z');
  });
});
