import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { defaultPolicy } from '../../../src/domain/credit/default-policy.ts';
import {
  eventPoints,
  type GradeContext,
  gradeOfPoints,
  gradeTally,
  type Outcome,
} from '../../../src/domain/credit/grade.ts';
import { INDICATORS, INDICATOR_NAMES, type Indicator } from '../../../src/domain/credit/indicators.ts';
import { monthNumber, monthText } from '../../../src/domain/credit/month.ts';
import { type CreditPolicy, ListingKind, rankOf } from '../../../src/domain/credit/policy.ts';
import { meansOf, type RateTally, tallyOf, tallyOfMonths } from '../../../src/domain/credit/tally.ts';
import { comparePolicies, inputsOfLines, whatIf } from '../../../src/domain/credit/what-if.ts';

const AS_OF = '2026-11-30';

/** Any number of facts of any indicator in three years, some after the month that is graded. */
const observation = fc.record({
  indicator: fc.constantFrom(...INDICATOR_NAMES),
  day: fc
    .integer({ min: monthNumber('2023-06-01'), max: monthNumber('2027-01-01') })
    .chain((month) =>
      fc.integer({ min: 1, max: 28 }).map((day) => `${monthText(month)}-${String(day).padStart(2, '0')}`),
    ),
  good: fc.boolean(),
});
const observations = fc.array(observation, { maxLength: 60 });
const listings = fc
  .uniqueArray(fc.constantFrom(...ListingKind.options))
  .map((kinds) => kinds.map((listing) => ({ listing, factId: listing })));
/** Any means: a category may be much better or worse than a policy expects. */
const means = fc
  .array(fc.integer({ min: 0, max: 10_000 }), { minLength: 6, maxLength: 6 })
  .map((all) => new Map(defaultPolicy.rates.map(({ indicator }, place) => [indicator, all[place] ?? 0])));
const context: fc.Arbitrary<GradeContext> = fc.record({
  category: fc.constant('enterprise'),
  means,
  listings,
  disputed: fc.constant(false),
});
/** Policies whose points, windows and weights are any that the checks let pass. */
const policies = fc
  .record({
    up: fc.integer({ min: 0, max: 60 }),
    down: fc.integer({ min: 0, max: 80 }),
    expected: fc.integer({ min: 1, max: 9999 }),
    weight: fc.integer({ min: 1, max: 40 }),
    windowMonths: fc.integer({ min: 1, max: 36 }),
    decayMonths: fc.integer({ min: 1, max: 36 }),
    leastMatters: fc.integer({ min: 1, max: 8 }),
  })
  .map(({ up, down, expected, weight, windowMonths, decayMonths, leastMatters }): CreditPolicy => ({
    ...defaultPolicy,
    leastMatters,
    rates: defaultPolicy.rates.map((rule, place) =>
      place > 1 ? rule : { ...rule, up, down, expected, weight, windowMonths },
    ),
    events: defaultPolicy.events.map((rule) => ({
      ...rule,
      decayMonths: Math.min(rule.decayMonths, decayMonths),
    })),
  }));

type Seen = { indicator: Indicator; day: string; good: boolean };

/** Whether a fact is in the merchant's favour. */
function isFor({ indicator, good }: Seen): boolean {
  const known = INDICATORS[indicator];
  return known.kind === 'event' ? known.direction === 'for' : good;
}

/** True where the second is not worse than the first: fewer points never, a worse grade never; being rated at all is neither. */
function notWorse(policy: CreditPolicy, before: Outcome, after: Outcome): boolean {
  const rank = ({ grade }: Outcome): number | null => (grade === null ? null : rankOf(policy, grade));
  const [was, is] = [rank(before), rank(after)];
  return (
    after.points >= before.points &&
    (was === null || (is !== null && is <= was)) &&
    rankOf(policy, after.gradeOfPoints) <= rankOf(policy, before.gradeOfPoints)
  );
}

describe('a grade', () => {
  it('is the same whatever the order of facts, and the sum of its explanation', () => {
    fc.assert(
      fc.property(
        policies,
        observations,
        context,
        fc.infiniteStream(fc.nat()),
        (policy, seen, known, order) => {
          const graded = gradeTally(policy, tallyOf(policy, seen, AS_OF), known);
          const keys = seen.map(() => order.next().value ?? 0);
          const shuffled = seen
            .map((one, place) => ({ one, key: keys[place] ?? 0 }))
            .toSorted((a, b) => a.key - b.key);
          // Within a month the day does not matter either.
          const moved = shuffled.map(({ one }) => ({ ...one, day: `${one.day.slice(0, 8)}15` }));
          expect(gradeTally(policy, tallyOf(policy, moved, AS_OF), known)).toEqual(graded);
          expect(graded.lines.reduce((sum, line) => sum + line.points, graded.base)).toBe(graded.points);
          expect(Number.isInteger(graded.points)).toBe(true);
          expect(graded.gradeOfPoints).toBe(gradeOfPoints(policy, graded.points));
        },
      ),
    );
  });

  it('never falls by one more fact in the merchant’s favour, and never rises by one against', () => {
    fc.assert(
      fc.property(policies, observations, observation, context, (policy, seen, more, known) => {
        const of = (all: Seen[]): Outcome => gradeTally(policy, tallyOf(policy, all, AS_OF), known);
        const [before, after] = [of(seen), of([...seen, more])];
        const [worse, better] = isFor(more) ? [before, after] : [after, before];
        expect(worse.points).toBeLessThanOrEqual(better.points);
        // What is rated stays rated by one more fact, so that only a fact against it can be the worse one of a pair with none.
        if (before.grade !== null) expect(after.grade).not.toBeNull();
        if (before.grade !== null && after.grade !== null)
          expect(rankOf(policy, better.grade ?? '')).toBeLessThanOrEqual(rankOf(policy, worse.grade ?? ''));
        if (isFor(more)) expect(notWorse(policy, before, after)).toBe(true);
      }),
      { numRuns: 300 },
    );
  });

  it('is monotone as well where the fact moves the category’s mean', () => {
    const total = fc.record({ good: fc.nat(40), bad: fc.nat(40) });
    fc.assert(
      fc.property(
        observations,
        observation,
        fc.array(total, { minLength: 6, maxLength: 6 }),
        (seen, more, others) => {
          const of = (all: Seen[]): Outcome => {
            const tally = tallyOf(defaultPolicy, all, AS_OF);
            const totals = new Map(
              defaultPolicy.rates.map(({ indicator }, place): [string, RateTally] => {
                const own = tally.rates.get(indicator) ?? { good: 0, bad: 0 };
                const rest = others[place] ?? { good: 0, bad: 0 };
                return [indicator, { good: own.good + rest.good, bad: own.bad + rest.bad }];
              }),
            );
            return gradeTally(defaultPolicy, tally, {
              category: 'enterprise',
              means: meansOf(defaultPolicy, totals),
              listings: [],
              disputed: false,
            });
          };
          const [before, after] = [of(seen), of([...seen, more])];
          if (isFor(more)) expect(after.points).toBeGreaterThanOrEqual(before.points);
          else expect(after.points).toBeLessThanOrEqual(before.points);
        },
      ),
    );
  });

  it('never rises by a list, and has the list’s grade at best', () => {
    fc.assert(
      fc.property(observations, context, fc.constantFrom(...ListingKind.options), (seen, known, listing) => {
        const tally = tallyOf(defaultPolicy, seen, AS_OF);
        const before = gradeTally(defaultPolicy, tally, known);
        const after = gradeTally(defaultPolicy, tally, {
          ...known,
          listings: [...known.listings, { listing, factId: 'f' }],
        });
        const cap = listing === 'severe' ? 'E' : 'D';
        expect(after.points).toBe(before.points);
        expect(rankOf(defaultPolicy, after.grade ?? '')).toBeGreaterThanOrEqual(rankOf(defaultPolicy, cap));
        if (before.grade !== null)
          expect(rankOf(defaultPolicy, after.grade ?? '')).toBeGreaterThanOrEqual(
            rankOf(defaultPolicy, before.grade),
          );
      }),
    );
  });

  it('is none where too little is known, the category is none of the policy’s, or facts are in dispute', () => {
    const known: GradeContext = { category: 'enterprise', means: new Map(), listings: [], disputed: false };
    const one: Seen = { indicator: 'settled-at-source', day: '2026-11-02', good: true };
    const of = (count: number, over: Partial<GradeContext> = {}): Outcome =>
      gradeTally(defaultPolicy, tallyOf(defaultPolicy, Array<Seen>(count).fill(one), AS_OF), {
        ...known,
        ...over,
      });
    expect(of(2)).toMatchObject({ outcome: 'not-rated', grade: null, matters: 2 });
    expect(of(3)).toMatchObject({ outcome: 'graded', grade: 'B', matters: 3 });
    expect(of(3, { category: 'ship' })).toMatchObject({ outcome: 'not-rated', grade: null });
    expect(of(3, { category: null }).outcome).toBe('not-rated');
    expect(of(3, { disputed: true })).toMatchObject({ outcome: 'pending', grade: null });
    // What is no matter of its own, such as a kept agreement, makes nobody rated.
    const kept = Array<Seen>(9).fill({ ...one, indicator: 'agreements-kept' });
    expect(gradeTally(defaultPolicy, tallyOf(defaultPolicy, kept, AS_OF), known).outcome).toBe('not-rated');
    // A list is the decision of somebody who knew enough.
    expect(of(0, { listings: [{ listing: 'severe', factId: 'f' }] })).toMatchObject({
      outcome: 'graded',
      grade: 'E',
    });
  });

  it('does not swing from A to E by two disputes', () => {
    const known: GradeContext = { category: 'enterprise', means: new Map(), listings: [], disputed: false };
    const matter = ['settled-at-source', 'answered-in-time', 'agreements-kept', 'regulator-spared'] as const;
    const of = (good: boolean): Outcome => {
      const two = matter.flatMap((indicator) => [
        { indicator, day: '2026-10-01', good },
        { indicator, day: '2026-11-01', good },
      ]);
      return gradeTally({ ...defaultPolicy, leastMatters: 1 }, tallyOf(defaultPolicy, two, AS_OF), known);
    };
    expect([of(true).grade, of(false).grade]).toEqual(['B', 'C']);
  });
});

describe('points of events', () => {
  const rule = defaultPolicy.events.find(({ indicator }) => indicator === 'penalty-serious')!;

  it('become fewer each month, and are capped each year', () => {
    expect(eventPoints(rule, [{ age: 0, count: 1 }])).toBe(-60);
    expect(eventPoints(rule, [{ age: 18, count: 1 }])).toBe(-30);
    expect(eventPoints(rule, [{ age: 35, count: 1 }])).toBe(-2);
    expect(eventPoints(rule, [{ age: 36, count: 1 }])).toBe(0);
    expect(eventPoints(rule, [{ age: 0, count: 9 }])).toBe(-180);
    expect(
      eventPoints(rule, [
        { age: 0, count: 9 },
        { age: 12, count: 9 },
      ]),
    ).toBe(-360);
    expect(eventPoints({ ...rule, indicator: 'award' }, [{ age: 0, count: 1 }])).toBe(60);
  });

  it('never grow as time passes', () => {
    fc.assert(
      fc.property(fc.integer({ min: 0, max: 40 }), fc.integer({ min: 1, max: 9 }), (age, count) => {
        expect(Math.abs(eventPoints(rule, [{ age: age + 1, count }]))).toBeLessThanOrEqual(
          Math.abs(eventPoints(rule, [{ age, count }])),
        );
      }),
    );
  });
});

describe('reasons', () => {
  it('are four at most, those that cost most first, and only of what stands against the merchant', () => {
    fc.assert(
      fc.property(observations, context, (seen, known) => {
        const { reasons, lines } = gradeTally(defaultPolicy, tallyOf(defaultPolicy, seen, AS_OF), known);
        expect(reasons.length).toBeLessThanOrEqual(4);
        expect(reasons.map(({ lost }) => lost)).toEqual(
          reasons.map(({ lost }) => lost).toSorted((a, b) => b - a),
        );
        for (const { code, lost } of reasons) {
          expect(lost).toBeGreaterThan(0);
          const line = lines.find(({ indicator }) => indicator === code);
          if (line?.kind === 'rate') expect(line.bad).toBeGreaterThan(0);
          else if (line?.kind === 'event') expect(line.points).toBe(-lost);
          else expect(code).toMatch(/^listing-/);
        }
      }),
    );
  });
});

describe('what if', () => {
  it('is the grade of those facts on top, worked out from a published explanation alone', () => {
    fc.assert(
      fc.property(
        observations,
        context,
        fc.constantFrom(...INDICATOR_NAMES),
        fc.integer({ min: 1, max: 5 }),
        (seen, known, indicator, count) => {
          const good = INDICATORS[indicator].kind === 'rate';
          const supposed = { indicator, good: good ? count : 0, bad: good ? 0 : count };
          const more = Array<Seen>(count).fill({ indicator, day: AS_OF, good });
          const expected = gradeTally(
            defaultPolicy,
            tallyOf(defaultPolicy, [...seen, ...more], AS_OF),
            known,
          );
          const { lines } = gradeTally(defaultPolicy, tallyOf(defaultPolicy, seen, AS_OF), known);
          const { tally, means: kept } = inputsOfLines(lines);
          const found = whatIf(defaultPolicy, tally, { ...known, means: kept }, [supposed]);
          expect(found.points).toBe(expected.points);
          expect(found.grade).toBe(expected.grade);
        },
      ),
    );
  });

  it('compares policies: who changes, and by which lines', () => {
    const month = monthNumber(AS_OF);
    const counts = [{ indicator: 'returns-granted' as const, month, good: 0, bad: 9 }];
    const known: GradeContext = { category: 'enterprise', means: new Map(), listings: [], disputed: false };
    const strict: CreditPolicy = {
      ...defaultPolicy,
      rates: defaultPolicy.rates.map((rule) =>
        rule.indicator === 'returns-granted' ? { ...rule, down: 90 } : rule,
      ),
    };
    const { distribution, migration, changed } = comparePolicies(
      defaultPolicy,
      strict,
      [
        { merchantId: 'm-1', counts, context: known },
        { merchantId: 'm-2', counts: [], context: known },
      ],
      month,
    );
    expect(distribution).toEqual({ before: { C: 1, 'not-rated': 1 }, after: { D: 1, 'not-rated': 1 } });
    expect(migration).toEqual({ C: { D: 1 }, 'not-rated': { 'not-rated': 1 } });
    expect(changed).toEqual([
      {
        merchantId: 'm-1',
        from: { grade: 'C', points: 784 },
        to: { grade: 'D', points: 726 },
        because: [{ indicator: 'returns-granted', from: -16, to: -74 }],
      },
    ]);
  });
});

it('months are counted one by one, over the turn of the year too', () => {
  expect(monthNumber('2027-01-31') - monthNumber('2026-12-01')).toBe(1);
  fc.assert(
    fc.property(
      fc.integer({ min: 12, max: 99_999 }),
      (month) => monthNumber(`${monthText(month)}-05`) === month,
    ),
  );
  const counts = [{ indicator: 'award' as const, month: monthNumber('2026-11-01'), good: 2, bad: 0 }];
  expect(tallyOfMonths(defaultPolicy, counts, monthNumber(AS_OF)).events.get('award')).toEqual([
    { age: 0, count: 2 },
  ]);
});
