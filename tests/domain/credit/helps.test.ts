import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { defaultPolicy } from '../../../src/domain/credit/default-policy.ts';
import { gradeTally, type GradeContext } from '../../../src/domain/credit/grade.ts';
import { helpsMost } from '../../../src/domain/credit/helps.ts';
import { isIndicator } from '../../../src/domain/credit/indicators.ts';
import { rankOf } from '../../../src/domain/credit/policy.ts';
import type { Tally } from '../../../src/domain/credit/tally.ts';
import { whatIf } from '../../../src/domain/credit/what-if.ts';

const seen = fc.record({ good: fc.integer({ min: 0, max: 40 }), bad: fc.integer({ min: 0, max: 20 }) });
const tally: fc.Arbitrary<Tally> = fc
  .array(seen, { minLength: defaultPolicy.rates.length, maxLength: defaultPolicy.rates.length })
  .map((all) => ({
    rates: new Map(
      defaultPolicy.rates.map(({ indicator }, place) => [indicator, all[place] ?? { good: 0, bad: 0 }]),
    ),
    events: new Map(),
  }));
const context: GradeContext = { category: 'enterprise', means: new Map(), listings: [], disputed: false };

describe('what would help a merchant most', () => {
  it('is what gives most points for one more, and nothing that is left out gives more', () => {
    fc.assert(
      fc.property(tally, (known) => {
        const now = gradeTally(defaultPolicy, known, context);
        const pointsOf = (indicator: string, good: number): number =>
          isIndicator(indicator)
            ? whatIf(defaultPolicy, known, context, [{ indicator, good, bad: 0 }]).points - now.points
            : 0;
        const helps = helpsMost(defaultPolicy, known, context);
        const all = defaultPolicy.rates.map(({ indicator }) => pointsOf(indicator, 1));
        expect(helps.map(({ gain }) => gain)).toEqual(
          helps.map(({ indicator }) => pointsOf(indicator, 1)).toSorted((a, b) => b - a),
        );
        expect(helps[0]?.gain ?? 0).toBe(Math.max(0, ...all));
        expect(new Set(helps.map(({ indicator }) => indicator)).size).toBe(helps.length);
        for (const { indicator } of helps) expect(pointsOf(indicator, 20)).toBeGreaterThan(0);
      }),
      { numRuns: 30 },
    );
  });

  it('leads to the better grade with exactly as many as it says, and with one less not yet', () => {
    fc.assert(
      fc.property(tally, (known) => {
        const now = gradeTally(defaultPolicy, known, context);
        const rank = (grade: string | null): number =>
          grade === null ? defaultPolicy.scale.grades.length : rankOf(defaultPolicy, grade);
        for (const { indicator, better } of helpsMost(defaultPolicy, known, context, 6)) {
          const at = (good: number): string | null =>
            whatIf(defaultPolicy, known, context, [{ indicator, good, bad: 0 }]).grade;
          if (better === null) expect(rank(at(20))).toBe(rank(now.grade));
          else {
            expect(at(better.count)).toBe(better.grade);
            expect(rank(better.grade)).toBeLessThan(rank(now.grade));
            expect(rank(at(better.count - 1))).toBe(rank(now.grade));
          }
        }
      }),
      { numRuns: 30 },
    );
  });
});
