import { gradeOfPoints, gradeTally } from './grade.ts';
import type { CreditPolicy } from './policy.ts';
import type { Means, RateTally } from './tally.ts';
import { gradesApart } from './what-if.ts';

/** How big a merchant is: matters a year. */
export type Size = { name: string; disputes: number; returns: number };

/**
 * How facts of one matter hang together: each by itself, or all as the first one. Real ones lie in between; a policy that is fair
 * under both is fair between them.
 */
export type Dependence = 'independent' | 'together';

/** How merchants of one quality and size are graded. */
export type FairnessPoint = {
  size: string;
  dependence: Dependence;
  /** The chance of each fact to be in the merchant's favour, in per cent. */
  quality: number;
  /** What it would get if everything were known of it. */
  trueGrade: string;
  /** How many runs gave which grade. */
  grades: Record<string, number>;
  runs: number;
  /** Share of the runs with a grade at most one away from the true one. */
  withinOne: number;
};

/** What a dispute and a return say of a merchant, in this model. */
const OF_DISPUTE = ['settled-at-source', 'answered-in-time', 'agreements-kept', 'regulator-spared'];
const OF_RETURN = ['returns-granted'];
/** As good as all that could be known. */
const MANY = 1_000_000;

/**
 * What grades merchants of a known quality get by size: each fact of theirs is in their favour with that chance. `random` gives
 * numbers from 0 up to 1. The means are those of the category; a merchant of which less than the least is known has no grade and is
 * not asked for here.
 */
export function fairnessCurve(
  policy: CreditPolicy,
  means: Means,
  options: {
    sizes: readonly Size[];
    qualities: readonly number[];
    runs: number;
    dependences: readonly Dependence[];
    random: () => number;
  },
): FairnessPoint[] {
  const { sizes, qualities, runs, dependences, random } = options;
  return dependences.flatMap((dependence) =>
    sizes.flatMap((size) =>
      qualities.map((quality): FairnessPoint => {
        const trueGrade = trueGradeOf(policy, means, quality);
        const grades: Record<string, number> = {};
        let near = 0;
        for (let run = 0; run < runs; run += 1) {
          const { points } = gradeTally(
            policy,
            { rates: drawn(size, quality / 100, dependence, random), events: new Map() },
            { category: null, means, listings: [], disputed: false },
          );
          const grade = gradeOfPoints(policy, points);
          grades[grade] = (grades[grade] ?? 0) + 1;
          if (gradesApart(policy, grade, trueGrade) <= 1) near += 1;
        }
        return { size: size.name, dependence, quality, trueGrade, grades, runs, withinOne: near / runs };
      }),
    ),
  );
}

/** The grade of a merchant of whom everything is known. */
export function trueGradeOf(policy: CreditPolicy, means: Means, quality: number): string {
  const known = { good: (MANY * quality) / 100, bad: MANY - (MANY * quality) / 100 };
  const rates = new Map([...OF_DISPUTE, ...OF_RETURN].map((indicator) => [indicator, known]));
  const { points } = gradeTally(
    policy,
    { rates, events: new Map() },
    { category: null, means, listings: [], disputed: false },
  );
  return gradeOfPoints(policy, points);
}

function drawn(
  { disputes, returns }: Size,
  chance: number,
  dependence: Dependence,
  random: () => number,
): Map<string, RateTally> {
  const rates = new Map<string, RateTally>();
  const matter = (indicators: readonly string[]): void => {
    const first = random() < chance;
    indicators.forEach((indicator, place) => {
      const isGood = place === 0 || dependence === 'together' ? first : random() < chance;
      const seen = rates.get(indicator) ?? { good: 0, bad: 0 };
      seen[isGood ? 'good' : 'bad'] += 1;
      rates.set(indicator, seen);
    });
  };
  for (let index = 0; index < disputes; index += 1) matter(OF_DISPUTE);
  for (let index = 0; index < returns; index += 1) matter(OF_RETURN);
  return rates;
}
