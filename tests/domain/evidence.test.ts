import { describe, expect, it } from 'vitest';
import type { CaseState } from '../../src/domain/case/state.ts';
import { standingEvidence } from '../../src/domain/evidence/reducer.ts';
import type { Actor } from '../../src/domain/kernel/event/event.ts';
import en from '../../src/renderer/kernel/locales/en/rules.ts';
import zh from '../../src/renderer/kernel/locales/zh-CN/rules.ts';
import { actorAt, factOf, registration } from '../support/facts.ts';
import { applyCase } from '../support/shipped.ts';

const SHOP = '/HS/C1/M01/S001';
const MALL = '/HS/C1/M01';
const shop = actorAt(SHOP, 'shop-manager');
const mall = actorAt(MALL);
const HASH = 'a'.repeat(64);

const added = (over: Record<string, unknown> = {}) => ({
  sha256: HASH,
  size: 1000,
  mediaType: 'image/jpeg',
  name: '小票.jpg',
  kind: 'receipt',
  ...over,
});

function apply(
  state: CaseState | undefined,
  type: string,
  payload: unknown,
  actor: Actor = shop,
  at = '2026-03-10T02:00:00.000Z',
) {
  return applyCase(state, factOf('case', 'c1', type, payload, actor, at));
}

function legally(...values: Parameters<typeof apply>): CaseState {
  const ruling = apply(...values);
  if (ruling.kind !== 'legal') throw new Error(JSON.stringify(ruling));
  return ruling.state;
}

/** The rule that refuses; it has words in both languages, or the test fails here. */
function rule(...values: Parameters<typeof apply>): string {
  const ruling = apply(...values);
  if (ruling.kind !== 'illegal') throw new Error(`${ruling.kind}, not illegal`);
  const code = ruling.refusal.rule;
  expect(Object.keys(en)).toContain(code);
  expect(Object.keys(zh)).toContain(code);
  return code;
}

const registered = (): CaseState => legally(undefined, 'case-registered', registration());
const settlement = {
  instrument: 'settlement-agreement',
  terms: '退款',
  amountFen: 100,
  performance: { kind: 'by', dueOn: '2026-03-20', manner: '原路退回' },
};

describe('evidence of a case', () => {
  it('is added by any unit that sees the case, changes no status, and counts as a revision', () => {
    const state = legally(registered(), 'evidence-added', added(), mall);
    expect(state).toMatchObject({ status: 'registered', handlingPath: SHOP, revision: 2 });
    expect(state.evidence).toMatchObject([{ ...added(), addedUnitPath: MALL, withdrawn: null }]);
  });

  it('is there once: the same content again is refused, and may come back after a withdrawal', () => {
    let state = legally(registered(), 'evidence-added', added());
    expect(rule(state, 'evidence-added', added({ name: '另一个名字.jpg' }))).toBe('evidence-repeated');
    state = legally(state, 'evidence-withdrawn', { sha256: HASH, reason: '传错了' });
    expect(standingEvidence(state)).toEqual([]);
    expect(state.evidence?.[0]?.withdrawn).toMatchObject({ reason: '传错了', byName: shop.name });
    expect(rule(state, 'evidence-withdrawn', { sha256: HASH, reason: '再撤' })).toBe('evidence-missing');
    state = legally(state, 'evidence-added', added());
    expect(state.evidence).toHaveLength(2);
    expect(standingEvidence(state)).toHaveLength(1);
  });

  it('is withdrawn by the unit that added it or the handling unit, with a reason', () => {
    const state = legally(registered(), 'evidence-added', added({ sha256: 'b'.repeat(64) }), mall);
    const payload = { sha256: 'b'.repeat(64), reason: '与本案无关' };
    expect(rule(state, 'evidence-withdrawn', payload, actorAt('/HS/C1'))).toBe('evidence-not-yours');
    expect(rule(state, 'evidence-withdrawn', { ...payload, reason: '' })).toBe('payload-invalid');
    legally(state, 'evidence-withdrawn', payload, mall);
    legally(state, 'evidence-withdrawn', payload, shop);
  });

  it('stays as it is once the case is settled, performed, refused, withdrawn or closed', () => {
    const open = legally(registered(), 'evidence-added', added());
    const accepted = legally(open, 'case-accepted', {});
    const settled = legally(accepted, 'case-settled', settlement);
    const performed = legally(settled, 'performance-recorded', { result: 'kept', on: '2026-03-10' });
    const ends = [
      settled,
      performed,
      legally(settled, 'performance-recorded', { result: 'broken', on: '2026-03-10' }),
      legally(performed, 'case-closed', { satisfaction: 'satisfied' }),
      legally(open, 'case-refused', { ground: 'outside-remit', text: '不属于' }),
      legally(open, 'case-withdrawn', { reason: '撤回' }),
      legally(accepted, 'mediation-terminated', { ground: 'other', text: '其他' }),
    ];
    for (const state of ends) {
      expect(rule(state, 'evidence-added', added({ sha256: 'c'.repeat(64) }))).toBe('evidence-frozen');
      expect(rule(state, 'evidence-withdrawn', { sha256: HASH, reason: '想撤' })).toBe('evidence-frozen');
      expect(state.evidence).toEqual(open.evidence);
    }
  });

  it('of an agreement that broke stays when the case is open again; what came since may go', () => {
    let state = legally(registered(), 'evidence-added', added());
    state = legally(state, 'case-accepted', {});
    state = legally(state, 'case-settled', settlement);
    state = legally(state, 'performance-recorded', { result: 'broken', on: '2026-03-10' });
    state = legally(state, 'case-escalated', { toPath: MALL, reason: '未履行' });
    const later = { sha256: 'd'.repeat(64) };
    state = legally(state, 'evidence-added', added(later), mall);
    expect(rule(state, 'evidence-withdrawn', { sha256: HASH, reason: '想撤' }, shop)).toBe('evidence-frozen');
    legally(state, 'evidence-withdrawn', { ...later, reason: '重复' }, mall);
  });

  it('is of a type and size that we take, added by a role that may', () => {
    const state = registered();
    expect(rule(state, 'evidence-added', added({ mediaType: 'text/html' }))).toBe('payload-invalid');
    expect(rule(state, 'evidence-added', added({ sha256: 'XYZ' }))).toBe('payload-invalid');
    expect(rule(state, 'evidence-added', added({ size: 26 * 1024 * 1024 }))).toBe('evidence-too-large');
    legally(state, 'evidence-added', added({ size: 26 * 1024 * 1024, mediaType: 'application/pdf' }));
    expect(rule(state, 'evidence-added', added(), actorAt(SHOP, 'administrator'))).toBe('role-may-not');
    expect(rule(undefined, 'evidence-added', added())).toBe('case-missing');
  });

  it('works on a case whose state was saved before there was evidence', () => {
    const old: CaseState = registered();
    expect(old).not.toHaveProperty('evidence');
    expect(standingEvidence(old)).toEqual([]);
    expect(legally(old, 'evidence-added', added()).evidence).toHaveLength(1);
  });
});
