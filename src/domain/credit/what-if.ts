import { gradeTally, type GradeContext, type Line, type Outcome } from './grade.ts';
import { INDICATORS, type Indicator } from './indicators.ts';
import { type CreditPolicy, rankOf } from './policy.ts';
import { type Means, type MonthCount, type Tally, tallyOfMonths } from './tally.ts';

/** Facts that are supposed to come on top in the month of the grade. */
export type Supposed = { indicator: Indicator; good: number; bad: number };

/** A tally with these facts on top. */
export function withSupposed(tally: Tally, supposed: readonly Supposed[]): Tally {
  const rates = new Map(tally.rates);
  const events = new Map(tally.events);
  for (const { indicator, good, bad } of supposed) {
    if (INDICATORS[indicator].kind === 'rate') {
      const seen = rates.get(indicator) ?? { good: 0, bad: 0 };
      rates.set(indicator, { good: seen.good + good, bad: seen.bad + bad });
    } else if (good + bad > 0)
      events.set(indicator, [...(events.get(indicator) ?? []), { age: 0, count: good + bad }]);
  }
  return { rates, events };
}

/** What the grade would be with these facts on top, all else as it is. */
export function whatIf(
  policy: CreditPolicy,
  tally: Tally,
  context: GradeContext,
  supposed: readonly Supposed[],
): Outcome {
  return gradeTally(policy, withSupposed(tally, supposed), context);
}

/** The tally and the means that an explanation was made of. */
export function inputsOfLines(lines: readonly Line[]): { tally: Tally; means: Means } {
  const rates = lines.flatMap((line) => (line.kind === 'rate' ? [line] : []));
  return {
    tally: {
      rates: new Map(rates.map(({ indicator, good, bad }) => [indicator, { good, bad }])),
      events: new Map(
        lines.flatMap((line) => (line.kind === 'event' ? [[line.indicator, line.months] as const] : [])),
      ),
    },
    means: new Map(rates.map(({ indicator, mean }) => [indicator, mean])),
  };
}

/** One merchant as it is graded under several policies. */
export type Candidate = { merchantId: string; counts: readonly MonthCount[]; context: GradeContext };

/** A merchant whose grade is another under the other policy, with the lines whose points differ. */
export type Changed = {
  merchantId: string;
  from: { grade: string | null; points: number };
  to: { grade: string | null; points: number };
  because: { indicator: string; from: number; to: number }[];
};

export type PolicyComparison = {
  merchants: number;
  /** How many have which grade; `not-rated` for none. */
  distribution: { before: Record<string, number>; after: Record<string, number> };
  /** How many go from which grade to which. */
  migration: Record<string, Record<string, number>>;
  /** How many have another grade, or one where they had none. */
  changes: number;
  changed: Changed[];
};

/** Compares what merchants come to under two policies, one by one; `most` of those that change are named. */
export function createComparison(most = Infinity): {
  add(merchantId: string, from: Outcome, to: Outcome): void;
  result(): PolicyComparison;
} {
  const distribution: PolicyComparison['distribution'] = { before: {}, after: {} };
  const migration: PolicyComparison['migration'] = {};
  const changed: Changed[] = [];
  let merchants = 0;
  let changes = 0;
  const count = (all: Record<string, number>, name: string): void => {
    all[name] = (all[name] ?? 0) + 1;
  };
  return {
    add: (merchantId, from, to) => {
      const [was, is] = [from.grade ?? from.outcome, to.grade ?? to.outcome];
      merchants += 1;
      count(distribution.before, was);
      count(distribution.after, is);
      count((migration[was] ??= {}), is);
      if (was === is) return;
      changes += 1;
      if (changed.length >= most) return;
      changed.push({
        merchantId,
        from: { grade: from.grade, points: from.points },
        to: { grade: to.grade, points: to.points },
        because: differences(from, to),
      });
    },
    result: () => ({ merchants, distribution, migration, changes, changed }),
  };
}

/**
 * Who has another grade under another policy, and why, in the month given. `contextOf` works out what a candidate's context is under
 * a policy: its category's means are others when windows or weights are.
 */
export function comparePolicies(
  before: CreditPolicy,
  after: CreditPolicy,
  candidates: readonly Candidate[],
  month: number,
  contextOf: (policy: CreditPolicy, candidate: Candidate) => GradeContext = (_, { context }) => context,
): PolicyComparison {
  const comparison = createComparison();
  const under = (policy: CreditPolicy, candidate: Candidate): Outcome =>
    gradeTally(policy, tallyOfMonths(policy, candidate.counts, month), contextOf(policy, candidate));
  for (const candidate of candidates)
    comparison.add(candidate.merchantId, under(before, candidate), under(after, candidate));
  return comparison.result();
}

/** The lines whose points differ, those that differ most first. */
export function differences(
  from: { lines: readonly Pick<Line, 'indicator' | 'points'>[] },
  to: { lines: readonly Pick<Line, 'indicator' | 'points'>[] },
): Changed['because'] {
  const pointsOf = ({ lines }: typeof from): Map<string, number> =>
    new Map(lines.map(({ indicator, points }) => [indicator, points]));
  const [was, is] = [pointsOf(from), pointsOf(to)];
  return [...new Set([...was.keys(), ...is.keys()])]
    .map((indicator) => ({ indicator, from: was.get(indicator) ?? 0, to: is.get(indicator) ?? 0 }))
    .filter((one) => one.from !== one.to)
    .toSorted((a, b) => Math.abs(b.to - b.from) - Math.abs(a.to - a.from));
}

/** How many grades lie between two; 0 where they are the same. */
export function gradesApart(policy: CreditPolicy, one: string, other: string): number {
  return Math.abs(rankOf(policy, one) - rankOf(policy, other));
}
