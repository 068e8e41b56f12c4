import { gradeTally, type GradeContext } from './grade.ts';
import { type Indicator, isIndicator } from './indicators.ts';
import { type CreditPolicy, rankOf } from './policy.ts';
import type { Tally } from './tally.ts';
import { whatIf } from './what-if.ts';

/** What more facts of one kind in the merchant's favour would do, all else as it is. */
export type Help = {
  indicator: Indicator;
  /** Points of one more. */
  gain: number;
  /** The fewest that lead to a better grade, and to which; null where as many as are tried do not. */
  better: { count: number; grade: string } | null;
};

/** So many more facts are tried: what takes more is no matter of the next weeks (assumption). */
const TRIED = 20;

/**
 * The kinds of facts that would help a merchant most, those first whose next one gives most points; of equal ones that which leads
 * to a better grade with fewer. What gives nothing, however often, is left out.
 */
export function helpsMost(policy: CreditPolicy, tally: Tally, context: GradeContext, most = 3): Help[] {
  const now = gradeTally(policy, tally, context);
  const helps = policy.rates.flatMap(({ indicator }): (Help & { all: number })[] => {
    if (!isIndicator(indicator)) return [];
    const withMore = (good: number) => whatIf(policy, tally, context, [{ indicator, good, bad: 0 }]);
    const all = withMore(TRIED).points - now.points;
    if (all <= 0) return [];
    let better: Help['better'] = null;
    for (let count = 1; count <= TRIED && better === null; count += 1) {
      const { grade } = withMore(count);
      const isBetter =
        grade !== null && (now.grade === null || rankOf(policy, grade) < rankOf(policy, now.grade));
      if (isBetter) better = { count, grade };
    }
    return [{ indicator, gain: withMore(1).points - now.points, better, all }];
  });
  return helps
    .toSorted(
      (a, b) =>
        b.gain - a.gain || (a.better?.count ?? Infinity) - (b.better?.count ?? Infinity) || b.all - a.all,
    )
    .slice(0, most)
    .map(({ indicator, gain, better }) => ({ indicator, gain, better }));
}
