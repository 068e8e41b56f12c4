import fc from 'fast-check';
import { beforeAll, describe, expect, it, vi } from 'vitest';
import { CaseAction, type CaseDetail } from '../../src/contract/workstation/case.ts';
import { CASE_STATUSES, type CaseState } from '../../src/domain/case/state.ts';
import type { StepContext } from '../../src/renderer/case/steps/define-step.tsx';
import type * as StepsModule from '../../src/renderer/case/steps/index.ts';

let steps: typeof StepsModule;

beforeAll(async () => {
  // The client of the workstation reads its address when it is loaded; no call is made here.
  vi.stubGlobal('location', { protocol: 'http:', origin: 'http://127.0.0.1', hash: '' });
  vi.stubGlobal('localStorage', { getItem: () => null });
  steps = await import('../../src/renderer/case/steps/index.ts');
  // The component library is read from the disk with it, which a busy machine takes its time for.
}, 180_000);

const NAMES = CaseAction.options.map((one) => one.shape.step.value);

/** What the ranks look at, and nothing else of a case. */
function contextOf(state: Partial<CaseState>, sampleId: string | null): StepContext {
  return { detail: { state } as CaseDetail, today: '2026-03-10', sampleId };
}

const anyContext = fc
  .record({
    status: fc.constantFrom(...CASE_STATUSES),
    sessionCount: fc.nat({ max: 3 }),
    sampleId: fc.constantFrom(null, 'sample-1'),
    reviewed: fc.boolean(),
  })
  .map(({ status, sessionCount, sampleId, reviewed }) =>
    contextOf(
      {
        status,
        sessionCount,
        ...(reviewed
          ? { reviews: [{ sampleId: 'sample-1' } as NonNullable<CaseState['reviews']>[number]] }
          : {}),
      },
      sampleId,
    ),
  );

describe('the steps of a case', () => {
  it('are those of the contract, each under its own name', () => {
    expect(Object.keys(steps.STEPS).toSorted()).toEqual([...NAMES].toSorted());
    for (const name of NAMES) expect(steps.STEPS[name].type).toBe(name);
  });
});

describe('the likely next step', () => {
  it('never depends on the order in which steps are offered', () => {
    fc.assert(
      fc.property(fc.shuffledSubarray(NAMES), anyContext, (offered, context) => {
        expect(steps.likelyStep(offered, context)).toBe(steps.likelyStep(offered.toSorted(), context));
      }),
    );
  });

  it('is one of those offered, or none', () => {
    fc.assert(
      fc.property(fc.subarray(NAMES), anyContext, (offered, context) => {
        const likely = steps.likelyStep(offered, context);
        if (likely !== null) expect(offered).toContain(likely);
      }),
    );
  });

  it.each([
    ['registered', 0, ['note-added', 'case-refused', 'case-accepted', 'case-transferred'], 'case-accepted'],
    ['accepted', 0, ['case-settled', 'session-recorded', 'case-withdrawn'], 'session-recorded'],
    ['mediating', 1, ['session-recorded', 'case-settled', 'mediation-failed'], 'case-settled'],
    ['mediating', 0, ['session-recorded', 'case-settled', 'mediation-failed'], 'session-recorded'],
    ['mediating', 1, ['session-recorded', 'challenge-decided'], 'session-recorded'],
    ['failed', 1, ['case-closed', 'case-escalated', 'case-handed-down'], 'case-escalated'],
    ['settled', 1, ['performance-recorded', 'instalment-recorded'], 'instalment-recorded'],
    ['performed', 1, ['case-closed', 'satisfaction-recorded'], 'satisfaction-recorded'],
    ['closed', 1, ['case-reopened', 'case-reviewed', 'violation-reported'], null],
  ] as const)('of a case %s after %s sessions among %j is %s', (status, sessionCount, offered, likely) => {
    expect(steps.likelyStep(offered, contextOf({ status, sessionCount }, null))).toBe(likely);
  });

  it('is the review, while the case is open in a sample that has none of it yet', () => {
    const offered = ['case-closed', 'case-reviewed'] as const;
    expect(steps.likelyStep(offered, contextOf({ status: 'performed' }, 'sample-1'))).toBe('case-reviewed');
    expect(steps.likelyStep(offered, contextOf({ status: 'performed' }, null))).toBe('case-closed');
    const reviews = [{ sampleId: 'sample-1' }] as CaseState['reviews'];
    expect(steps.likelyStep(offered, contextOf({ status: 'performed', reviews }, 'sample-1'))).toBe(
      'case-closed',
    );
  });
});
