import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { checkPolicy } from '../../../src/domain/credit/check-policy.ts';
import { defaultPolicy } from '../../../src/domain/credit/default-policy.ts';
import { gradeOfPoints } from '../../../src/domain/credit/grade.ts';
import { INDICATORS, INDICATOR_NAMES, indicatorOf } from '../../../src/domain/credit/indicators.ts';
import type { CreditPolicy } from '../../../src/domain/credit/policy.ts';

const IN_FORCE = { version: 3, effectiveFrom: '2026-10-01' };
const LATER = '2027-01-01';

/** The shipped policy from a later day, changed. */
function changed(change: (policy: CreditPolicy) => void): CreditPolicy {
  const policy = structuredClone({ ...defaultPolicy, effectiveFrom: LATER });
  change(policy);
  return policy;
}

const faultsOf = (file: unknown): string[] =>
  checkPolicy(file, IN_FORCE, '2026-11-30').faults.map(({ field, rule }) => `${field} ${rule}`);

describe('a policy', () => {
  it('is sound as shipped, and from a later day', () => {
    expect(checkPolicy(defaultPolicy, null, null)).toEqual({ policy: defaultPolicy, faults: [] });
    expect(faultsOf(changed(() => undefined))).toEqual([]);
  });

  it.each<[string, (policy: CreditPolicy) => void, string[]]>([
    ['no day yet', (one) => (one.effectiveFrom = ''), ['effectiveFrom required']],
    ['no name', (one) => (one.name.zh = ''), ['name.zh required']],
    ['a day that is none', (one) => (one.effectiveFrom = '2026-13-01'), ['effectiveFrom payload-invalid']],
    [
      'a band that overlaps',
      (one) => (one.scale.grades[1]!.to = 855),
      ['scale.grades.1.to credit-band-overlap'],
    ],
    ['a gap between bands', (one) => (one.scale.grades[1]!.to = 840), ['scale.grades.1.to credit-band-gap']],
    [
      'a gap at the bottom',
      (one) => (one.scale.grades[4]!.from = 10),
      ['scale.grades.4.from credit-band-gap'],
    ],
    [
      'a gap at the top, and one that is empty',
      (one) => Object.assign(one.scale.grades[0]!, { to: 999, from: 1000 }),
      [
        'scale.grades.0.from credit-band-empty',
        'scale.grades.0.to credit-band-gap',
        'scale.grades.1.to credit-band-gap',
      ],
    ],
    [
      'a grade twice',
      (one) => (one.scale.grades[4]!.code = 'A'),
      ['scale.grades.4.code credit-named-twice', 'caps.0.grade credit-grade-unknown'],
    ],
    [
      'lists that contradict each other',
      (one) => Object.assign(one.caps[0]!, { grade: 'C' }),
      ['caps.0.grade credit-caps-contradict'],
    ],
    ['a cap at no grade', (one) => (one.caps[1]!.grade = 'F'), ['caps.1.grade credit-grade-unknown']],
    ['a list twice', (one) => (one.caps[1]!.listing = 'severe'), ['caps.1.listing credit-named-twice']],
    [
      'an indicator that nobody computes',
      (one) => (one.rates[0]!.indicator = 'tidy-windows'),
      ['rates.0.indicator credit-indicator-unknown'],
    ],
    [
      'an event as a rate',
      (one) => (one.rates[5]!.indicator = 'award'),
      ['rates.5.indicator credit-indicator-kind'],
    ],
    [
      'an indicator twice',
      (one) => (one.rates[1]!.indicator = 'settled-at-source'),
      ['rates.1.indicator credit-named-twice'],
    ],
    [
      'weights that do not add up',
      (one) => {
        one.rates[0]!.up += 1;
        one.rates[2]!.down -= 1;
      },
      ['rateTotals.up credit-weights-sum', 'rateTotals.down credit-weights-sum'],
    ],
    [
      'an event above its own cap',
      (one) => (one.events[0]!.points = 50),
      ['events.0.points credit-event-above-cap'],
    ],
    ['points above the scale', (one) => (one.scale.base = 900), ['scale.base credit-points-above']],
    ['points below nothing', (one) => (one.events[3]!.capPerYear = 300), ['scale.base credit-points-below']],
    [
      'nobody ever rated',
      (one) => {
        one.rates = one.rates.filter(({ indicator }) => indicator === 'agreements-kept');
        one.rateTotals = { up: 11, down: 13 };
      },
      ['leastMatters credit-no-matters'],
    ],
    [
      'a longer time that is shorter',
      (one) => (one.objection.fileApproved = 3),
      ['objection.fileApproved credit-limit-order'],
    ],
    [
      'a date that is past',
      (one) => (one.effectiveFrom = '2026-11-29'),
      ['effectiveFrom credit-policy-backdated'],
    ],
    [
      'a date before the one in force',
      (one) => (one.effectiveFrom = '2026-10-01'),
      ['effectiveFrom credit-policy-backdated', 'effectiveFrom credit-policy-order'],
    ],
    [
      'a category twice',
      (one) => (one.categories[1]!.code = 'enterprise'),
      ['categories.1.code credit-named-twice'],
    ],
  ])('is refused with %s, field and rule named', (_what, change, faults) => {
    expect(faultsOf(changed(change))).toEqual(faults);
  });

  it('is told every fault of its form at once', () => {
    const file = changed(() => undefined) as unknown as Record<string, unknown>;
    Object.assign(file, { leastMatters: 0, categories: [], effectiveFrom: '2027-13-01' });
    expect(faultsOf(file)).toEqual([
      'effectiveFrom payload-invalid',
      'categories payload-invalid',
      'leastMatters payload-invalid',
    ]);
    expect(faultsOf('no policy at all')).toHaveLength(1);
  });

  it('gives each number of points one grade', () => {
    fc.assert(
      fc.property(fc.integer({ min: 0, max: 1000 }), (points) => {
        const grade = gradeOfPoints(defaultPolicy, points);
        const holding = defaultPolicy.scale.grades.filter(({ from, to }) => from <= points && points <= to);
        expect(holding.map(({ code }) => code)).toEqual([grade]);
      }),
    );
  });
});

it('indicators bear a number each, once', () => {
  const numbers = INDICATOR_NAMES.map((name) => INDICATORS[name].number);
  expect(numbers).toEqual(numbers.map((_, place) => place + 1));
  for (const name of INDICATOR_NAMES) expect(indicatorOf(INDICATORS[name].number)).toBe(name);
  expect(indicatorOf(99)).toBeUndefined();
});
