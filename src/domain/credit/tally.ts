import { INDICATORS, type Indicator, type Observation } from './indicators.ts';
import { monthNumber } from './month.ts';
import type { CreditPolicy } from './policy.ts';

/** What was seen of a rate in its window. */
export type RateTally = { good: number; bad: number };
/** How many events there were in a month; `age` is how many months ago, 0 in the month of the grade. */
export type EventTally = readonly { age: number; count: number }[];

/**
 * All that a grade is worked out from of one merchant, added up: rates over their windows, events by the month. A month counts
 * whole, so that the order of what happened in it does not matter, and what has been counted stays counted.
 */
export type Tally = {
  rates: ReadonlyMap<string, RateTally>;
  events: ReadonlyMap<string, EventTally>;
};

/** How many months back an indicator counts under a policy, the month of the grade included; 0 where it does not. */
export function reachOf(policy: CreditPolicy, indicator: string): number {
  return (
    policy.rates.find((rule) => rule.indicator === indicator)?.windowMonths ??
    policy.events.find((rule) => rule.indicator === indicator)?.decayMonths ??
    0
  );
}

/** How many facts of an indicator a month had; of events only how many. As the centre keeps them. */
export type MonthCount = { indicator: Indicator; month: number; good: number; bad: number };

/** What counts of these months in the given one. */
export function tallyOfMonths(policy: CreditPolicy, counts: readonly MonthCount[], month: number): Tally {
  const rates = new Map<string, RateTally>();
  const ages = new Map<Indicator, Map<number, number>>();
  for (const { indicator, month: then, good, bad } of counts) {
    const age = month - then;
    if (age < 0 || age >= reachOf(policy, indicator)) continue;
    if (INDICATORS[indicator].kind === 'rate') {
      const seen = rates.get(indicator) ?? { good: 0, bad: 0 };
      rates.set(indicator, { good: seen.good + good, bad: seen.bad + bad });
    } else {
      const byAge = ages.get(indicator) ?? new Map<number, number>();
      byAge.set(age, (byAge.get(age) ?? 0) + good + bad);
      ages.set(indicator, byAge);
    }
  }
  const events = new Map(
    [...ages].map(([indicator, byAge]) => [
      indicator,
      [...byAge].map(([age, count]) => ({ age, count })).toSorted((a, b) => a.age - b.age),
    ]),
  );
  return { rates, events };
}

/** What counts of these observations in the month of `asOf`. */
export function tallyOf(
  policy: CreditPolicy,
  observations: readonly Pick<Observation, 'indicator' | 'day' | 'good'>[],
  asOf: string,
): Tally {
  const counts = observations.map(({ indicator, day, good }) => ({
    indicator,
    month: monthNumber(day),
    good: good ? 1 : 0,
    bad: good ? 0 : 1,
  }));
  return tallyOfMonths(policy, counts, monthNumber(asOf));
}

/** The means of a category's rates in ten-thousandths, by indicator; what is missing is as expected. */
export type Means = ReadonlyMap<string, number>;

/**
 * The means of a category, of the tallies of all its merchants. Worked out as if `categoryWeight` more facts had been seen as
 * expected, so that a category of which little is known has a mean too; rounded down.
 */
export function meansOf(policy: CreditPolicy, totals: ReadonlyMap<string, RateTally>): Means {
  return new Map(
    policy.rates.map(({ indicator, expected }) => {
      const { good, bad } = totals.get(indicator) ?? { good: 0, bad: 0 };
      const { categoryWeight } = policy;
      return [
        indicator,
        Math.floor((good * 10_000 + categoryWeight * expected) / (good + bad + categoryWeight)),
      ];
    }),
  );
}
