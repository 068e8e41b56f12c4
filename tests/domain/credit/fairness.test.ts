import { describe, expect, it } from 'vitest';
import { defaultPolicy } from '../../../src/domain/credit/default-policy.ts';
import { fairnessCurve, trueGradeOf } from '../../../src/domain/credit/fairness.ts';
import { meansOf } from '../../../src/domain/credit/tally.ts';
import { createRandom } from '../../../tools/world/random.ts';

const means = meansOf(defaultPolicy, new Map());
const SMALLEST = [
  { name: '3 disputes', disputes: 3, returns: 0 },
  { name: '2 disputes, 1 return', disputes: 2, returns: 1 },
  { name: '1 dispute, 2 returns', disputes: 1, returns: 2 },
  { name: '3 returns', disputes: 0, returns: 3 },
];
const QUALITIES = Array.from({ length: 21 }, (_, place) => place * 5);

describe('fairness by size', () => {
  it('grades the smallest shops that are rated within one grade of their true one, nine times of ten', () => {
    const random = createRandom(7);
    const curve = fairnessCurve(defaultPolicy, means, {
      sizes: SMALLEST,
      qualities: QUALITIES,
      runs: 200,
      dependences: ['independent', 'together'],
      random: random.next,
    });
    for (const dependence of ['independent', 'together'] as const)
      for (const { name } of SMALLEST) {
        const points = curve.filter((one) => one.dependence === dependence && one.size === name);
        const share = points.reduce((sum, one) => sum + one.withinOne, 0) / points.length;
        expect(share, `${name} ${dependence}`).toBeGreaterThanOrEqual(0.9);
        // Three matters tell no more of one single quality, whatever the policy (decision 24).
        const least = Math.min(...points.map(({ withinOne }) => withinOne));
        expect(least, `${name} ${dependence}`).toBeGreaterThanOrEqual(0.75);
      }
  });

  it('comes nearer to the true grade the more is known', () => {
    const random = createRandom(8);
    const [small, large] = [3, 200].map((disputes) =>
      fairnessCurve(defaultPolicy, means, {
        sizes: [{ name: 'one', disputes, returns: disputes }],
        qualities: [10, 98],
        runs: 60,
        dependences: ['together'],
        random: random.next,
      }).map(({ trueGrade, grades, runs }) => (grades[trueGrade] ?? 0) / runs),
    );
    expect(Math.min(...(large ?? []))).toBeGreaterThan(0.95);
    expect(Math.max(...(small ?? []))).toBeLessThan(0.95);
  });

  it('knows what a merchant of a quality is worth', () => {
    expect([100, 98, 85, 60, 10].map((quality) => trueGradeOf(defaultPolicy, means, quality))).toEqual([
      'A',
      'A',
      'B',
      'C',
      'D',
    ]);
  });
});
