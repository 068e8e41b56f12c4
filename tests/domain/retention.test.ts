import { describe, expect, it } from 'vitest';
import { mayLeave, staysUntil } from '../../src/domain/case/retention.ts';
import type { CaseState } from '../../src/domain/case/state.ts';
import { shippedRules } from '../../src/domain/procedure/rulebook.ts';
import { registration } from '../support/facts.ts';
import { applyCase } from '../support/shipped.ts';
import { actorAt } from '../support/facts.ts';

const MALL = '/HS/C1/M01';
const handler = { level: 2, regulator: false };

function closed(satisfaction: string, at = '2026-03-02T02:00:00.000Z'): CaseState {
  let state: CaseState | undefined;
  const steps: [string, unknown][] = [
    ['case-registered', registration()],
    ['case-withdrawn', { reason: '撤回' }],
    ['case-closed', { satisfaction }],
  ];
  for (const [type, payload] of steps) {
    const ruling = applyCase(state, {
      stream: { kind: 'case', id: 'one' },
      type,
      version: 1,
      payload,
      actor: actorAt(MALL),
      at,
      unitPath: MALL,
    });
    if (ruling.kind !== 'legal') throw new Error(JSON.stringify(ruling));
    state = ruling.state;
  }
  if (!state) throw new Error('No state');
  return state;
}

describe('the period of a closed case at the workstations', () => {
  const state = closed('satisfied');
  const at = (now: string, lastFactAt = '2026-03-02T02:00:00.000Z') => ({ now, lastFactAt });

  it('ends three years after closing, with the day of Shanghai', () => {
    expect(staysUntil(state, shippedRules, at('2026-03-02T02:00:00.000Z'))).toBe(
      '2029-03-01T23:59:59.999+08:00',
    );
    expect(mayLeave(state, shippedRules, handler, at('2029-03-01T15:59:59.000Z'))).toBe(false);
    expect(mayLeave(state, shippedRules, handler, at('2029-03-01T16:00:01.000Z'))).toBe(true);
  });

  it('is counted from a later fact, never from an earlier one', () => {
    const late = at('2029-06-01T00:00:00.000Z', '2027-03-02T02:00:00.000Z');
    expect(mayLeave(state, shippedRules, handler, late)).toBe(false);
    const early = at('2029-03-02T00:00:00.000Z', '2020-01-01T00:00:00.000Z');
    expect(mayLeave(state, shippedRules, handler, early)).toBe(true);
  });

  it('is not there for a case that is open', () => {
    const open = { ...state, status: 'mediating' as const };
    expect(staysUntil(open, shippedRules, at('2040-01-01T00:00:00.000Z'))).toBeNull();
    expect(mayLeave(open, shippedRules, handler, at('2040-01-01T00:00:00.000Z'))).toBe(false);
  });

  it('is prolonged by a violation that is being checked, not by one that was answered', () => {
    const asked = { at: '2026-03-02T02:00:00.000Z', text: '缺斤短两' };
    const times = at('2040-01-01T00:00:00.000Z');
    expect(mayLeave({ ...state, violation: { ...asked, answer: null } }, shippedRules, handler, times)).toBe(
      false,
    );
    const answer = { at: '2026-04-02T02:00:00.000Z', result: 'not-found' as never, text: '' };
    expect(mayLeave({ ...state, violation: { ...asked, answer } }, shippedRules, handler, times)).toBe(true);
  });

  it('is prolonged by a follow-up only while its time runs', () => {
    const uncalled = closed('unknown');
    const short = structuredClone(shippedRules);
    const times = at('2026-03-05T00:00:00.000Z', '2026-03-02T02:00:00.000Z');
    expect(mayLeave(uncalled, short, handler, times)).toBe(false);
    expect(mayLeave(uncalled, short, handler, at('2029-03-02T00:00:00.000Z'))).toBe(true);
  });
});
