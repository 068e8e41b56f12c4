import fc from 'fast-check';
import { afterEach, describe, expect, it, vi } from 'vitest';
import { createPressure, spreadAfter } from '../../src/central/kernel/http/pressure.ts';

const sample = fc.record({ entered: fc.nat(1000), turnedAway: fc.nat(1000) });

describe('what a full centre tells callers', () => {
  afterEach(() => void vi.useRealTimers());

  it('is a wait between a second and a minute, whatever came before', () => {
    fc.assert(
      fc.property(fc.array(sample, { maxLength: 60 }), (samples) => {
        const spread = samples.reduce(spreadAfter, 3);
        expect(spread).toBeGreaterThanOrEqual(3);
        expect(spread).toBeLessThanOrEqual(60);
      }),
    );
  });

  it('grows while most are turned away, and shrinks again when few are, or nobody comes', () => {
    const crowd = { entered: 100, turnedAway: 900 };
    expect(spreadAfter(10, crowd)).toBeCloseTo(12);
    expect(spreadAfter(10, { entered: 100, turnedAway: 80 })).toBe(10);
    expect(spreadAfter(10, { entered: 100, turnedAway: 10 })).toBeCloseTo(7);
    expect(spreadAfter(10, { entered: 0, turnedAway: 0 })).toBe(3);
  });

  it('spreads a crowd that keeps coming over more and more seconds', () => {
    vi.useFakeTimers();
    const pressure = createPressure({ calls: 1, delayMs: 60_000 });
    expect('done' in pressure.enter()).toBe(true);
    const waits = (): number[] =>
      Array.from({ length: 200 }, () => {
        const answer = pressure.enter();
        return 'retryAfterSeconds' in answer ? answer.retryAfterSeconds : 0;
      });
    expect(Math.max(...waits())).toBeLessThanOrEqual(3);
    for (let half = 0; half < 10; half += 1) {
      waits();
      vi.advanceTimersByTime(500);
    }
    // 3 s widened by a fifth eleven times at most.
    const late = waits();
    expect(Math.max(...late)).toBeGreaterThan(10);
    expect(Math.min(...late)).toBeGreaterThanOrEqual(1);
    pressure.stop();
  });
});
