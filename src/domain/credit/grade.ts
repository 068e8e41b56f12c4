import { isMatter } from './check-policy.ts';
import { INDICATORS, isIndicator } from './indicators.ts';
import { type CreditPolicy, type EventRule, type ListingKind, rankOf, type RateRule } from './policy.ts';
import type { EventTally, Means, RateTally, Tally } from './tally.ts';

/** Reasons that are given at most, those that cost most first. */
const MOST_REASONS = 4;
/** Of the normal distribution: nine of ten lie within so many deviations. */
const NINETY_PERCENT = 1.645;

/** One line of an explanation. The base and the points of all lines are the points of the grade. */
export type Line =
  | {
      kind: 'rate';
      indicator: string;
      points: number;
      good: number;
      bad: number;
      /** The category's mean in ten-thousandths, and as how many facts it counts. */
      mean: number;
      weight: number;
    }
  | { kind: 'event'; indicator: string; points: number; months: EventTally };

/** Why points are missing: an indicator with facts against the merchant, or a list it is on. `lost` are the points it costs. */
export type Reason = { code: string; lost: number };

/** A list that the merchant is on. */
export type Listing = { listing: ListingKind; factId: string };

/** What of a merchant is known besides what is counted. */
export type GradeContext = {
  /** Null for one that the policy does not grade. */
  category: string | null;
  means: Means;
  listings: readonly Listing[];
  /** True while an objection is open or facts are in dispute: no grade is given. */
  disputed: boolean;
};

/** What a merchant's facts come to under a policy. */
export type Outcome = {
  outcome: 'graded' | 'not-rated' | 'pending';
  /** Whole points, the base and all lines; what is known, also where no grade follows from it. */
  points: number;
  base: number;
  lines: readonly Line[];
  /** Null where it is not rated or pending. */
  grade: string | null;
  /** The grade of the points alone, before what a list allows. */
  gradeOfPoints: string;
  /** In nine of ten cases points lie in here, by what is known; grades likewise. */
  interval: { low: number; high: number; worst: string; best: string };
  /** Independent matters that were seen: ended cases, decided returns, patrols. */
  matters: number;
  reasons: readonly Reason[];
};

/** Rounds a fraction of whole numbers to the nearest whole number, a half up. Neither part is negative. */
function rounded(part: number, whole: number): number {
  return Math.floor((2 * part + whole) / (2 * whole));
}

/** The points of a rate, by whole numbers alone: every machine and every database works out the same. */
export function ratePoints(rule: RateRule, { good, bad }: RateTally, mean: number): number {
  const facts = good + bad + rule.weight;
  const above = good * 10_000 + rule.weight * mean - facts * rule.expected;
  return above >= 0
    ? rounded(rule.up * above, facts * (10_000 - rule.expected))
    : 0 - rounded(rule.down * -above, facts * rule.expected);
}

/** The points of single events: less with each month, and of each year back the cap at most. */
export function eventPoints(rule: EventRule, events: EventTally): number {
  const years = new Map<number, number>();
  for (const { age, count } of events) {
    if (age < 0 || age >= rule.decayMonths) continue;
    const year = Math.floor(age / 12);
    years.set(year, (years.get(year) ?? 0) + count * rule.points * (rule.decayMonths - age));
  }
  let worth = 0;
  for (const sum of years.values()) worth += Math.min(sum, rule.capPerYear * rule.decayMonths);
  const points = rounded(worth, rule.decayMonths);
  // Never a negative zero.
  return isAgainst(rule.indicator) ? 0 - points : points;
}

function isAgainst(indicator: string): boolean {
  const known = isIndicator(indicator) ? INDICATORS[indicator] : null;
  return known?.kind === 'event' && known.direction === 'against';
}

/** Half of the width of a rate's nine-in-ten interval, in points: that of a share seen as often as facts and weight say. */
function spreadOf(rule: RateRule, { good, bad }: RateTally, mean: number): number {
  const facts = good + bad + rule.weight;
  const share = (good + (rule.weight * mean) / 10_000) / facts;
  const deviation = Math.sqrt((share * (1 - share)) / (facts + 1));
  const expected = rule.expected / 10_000;
  // The steeper of the two lines: wide enough on either side of what is expected.
  return deviation * Math.max(rule.up / (1 - expected), rule.down / expected);
}

/** The grade of so many points. */
export function gradeOfPoints({ scale }: Pick<CreditPolicy, 'scale'>, points: number): string {
  const within = Math.min(Math.max(points, 0), scale.highest);
  const found = scale.grades.find(({ from, to }) => from <= within && within <= to);
  if (!found) throw new RangeError(`No grade has ${points} points`);
  return found.code;
}

/**
 * Grades a merchant: pure, by whole numbers, and the same in whatever order its facts came. What is compared where the grade is
 * said to be monotone: one observation more, all else equal. One in the merchant's favour never lowers points or grade, one against
 * never raises them; that a merchant is rated at all because of it is neither.
 */
export function gradeTally(policy: CreditPolicy, tally: Tally, context: GradeContext): Outcome {
  const lines: Line[] = [];
  let variance = 0;
  let matters = 0;
  for (const rule of policy.rates) {
    const { indicator, weight, expected } = rule;
    const seen = tally.rates.get(indicator) ?? { good: 0, bad: 0 };
    const mean = context.means.get(indicator) ?? expected;
    lines.push({
      kind: 'rate',
      indicator,
      points: ratePoints(rule, seen, mean),
      ...seen,
      mean,
      weight,
    });
    variance += spreadOf(rule, seen, mean) ** 2;
    if (isMatter(indicator)) matters += seen.good + seen.bad;
  }
  for (const rule of policy.events) {
    const seen = tally.events.get(rule.indicator) ?? [];
    const points = eventPoints(rule, seen);
    if (seen.length > 0) lines.push({ kind: 'event', indicator: rule.indicator, points, months: seen });
  }
  const { base, highest } = policy.scale;
  const points = lines.reduce((sum, line) => sum + line.points, base);
  const ofPoints = gradeOfPoints(policy, points);
  const capped = capOf(policy, context.listings);
  const held = capped !== null && rankOf(policy, capped) > rankOf(policy, ofPoints) ? capped : ofPoints;
  const spread = Math.ceil(NINETY_PERCENT * Math.sqrt(variance));
  const [low, high] = [Math.max(0, points - spread), Math.min(highest, points + spread)];
  const isGraded =
    policy.categories.some(({ code }) => code === context.category) &&
    (matters >= policy.leastMatters || capped !== null);
  const outcome = context.disputed ? 'pending' : isGraded ? 'graded' : 'not-rated';
  return {
    outcome,
    points,
    base,
    lines,
    grade: outcome === 'graded' ? held : null,
    gradeOfPoints: ofPoints,
    interval: {
      low,
      high,
      worst: gradeOfPoints(policy, low),
      best: gradeOfPoints(policy, high),
    },
    matters,
    reasons: reasonsOf(policy, lines, points, context.listings),
  };
}

/** The best grade that these lists allow; null where none binds. */
function capOf(policy: CreditPolicy, listings: readonly Listing[]): string | null {
  let worst: string | null = null;
  for (const { listing } of listings) {
    const cap = policy.caps.find((one) => one.listing === listing)?.grade ?? null;
    if (cap !== null && (worst === null || rankOf(policy, cap) > rankOf(policy, worst))) worst = cap;
  }
  return worst;
}

/** Up to four, by the points they cost; equal ones in the order of the policy, lists before all. */
function reasonsOf(
  policy: CreditPolicy,
  lines: readonly Line[],
  points: number,
  listings: readonly Listing[],
): Reason[] {
  const lists = policy.caps.flatMap(({ listing, grade }): Reason[] => {
    if (!listings.some((one) => one.listing === listing)) return [];
    const most = policy.scale.grades[rankOf(policy, grade)]?.to ?? 0;
    return points > most ? [{ code: `listing-${listing}`, lost: points - most }] : [];
  });
  const counted = lines.flatMap((line): Reason[] => {
    const lost = line.kind === 'event' ? -line.points : lostBy(policy, line);
    return lost > 0 ? [{ code: line.indicator, lost }] : [];
  });
  return [...lists, ...counted].toSorted((a, b) => b.lost - a.lost).slice(0, MOST_REASONS);
}

/** What a rate lacks of all that it can give; nothing where no fact stands against the merchant. */
function lostBy(policy: CreditPolicy, line: Extract<Line, { kind: 'rate' }>): number {
  if (line.bad === 0) return 0;
  const up = policy.rates.find(({ indicator }) => indicator === line.indicator)?.up ?? 0;
  return up - line.points;
}
