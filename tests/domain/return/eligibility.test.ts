import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import {
  addNaturalDays,
  defaultCalendar,
  isWorkingDay,
  shiftDay,
} from '../../../src/domain/kernel/calendar/index.ts';
import { Commitment, GoodsCategory, type CommitmentTerms } from '../../../src/domain/return/commitment.ts';
import {
  assessReturn,
  lastReturnDay,
  ReturnRule,
  verdictOf,
  type ReturnOutcome,
} from '../../../src/domain/return/eligibility.ts';
import { Gift, GoodsCondition, ProofType, ReturnRequest } from '../../../src/domain/return/request.ts';

const promise: CommitmentTerms = {
  windowDays: 7,
  windowStartsNextDay: true,
  excludedGoods: ['underwear', 'cosmetics'],
  effectiveFrom: '2026-01-01',
  effectiveTo: null,
};

const request: ReturnRequest = {
  goodsCategory: 'clothing',
  goodsName: '连衣裙',
  purchasedOn: '2026-07-01',
  requestedOn: '2026-07-05',
  amountFen: 29_900,
  condition: 'intact',
  proofType: 'receipt',
  proofNumber: 'A-1001',
  gift: 'none',
  giftPriceFen: null,
  confirmedUnsuitable: false,
};

const assess = (
  changes: Partial<ReturnRequest> = {},
  terms: Partial<CommitmentTerms> = {},
): ReturnType<typeof assessReturn> =>
  assessReturn({ ...promise, ...terms }, { ...request, ...changes }, defaultCalendar);

const outcomeOf = (
  assessment: ReturnType<typeof assessReturn>,
  rule: ReturnRule,
): ReturnOutcome | undefined => assessment.reasons.find((one) => one.rule === rule)?.outcome;

test('a plain return within the window is eligible, and every rule says so', () => {
  const assessment = assess();
  expect(assessment.verdict).toBe('eligible');
  expect(assessment.reasons.map((one) => one.rule)).toEqual(ReturnRule.options);
  expect(new Set(assessment.reasons.map((one) => one.outcome))).toEqual(new Set(['pass']));
  expect(assessment.reasons.every((one) => one.source.startsWith('source.'))).toBe(true);
});

test('without any promise nothing is owed', () => {
  const assessment = assessReturn(null, request, defaultCalendar);
  expect(assessment.verdict).toBe('ineligible');
  expect(assessment.reasons.map((one) => one.rule)).toEqual(['commitment-in-force']);
});

describe('the window', () => {
  test.each<[what: string, terms: Partial<CommitmentTerms>, bought: string, last: string]>([
    // 2026-07-01 is a Wednesday: seven days later is Wednesday 07-08.
    ['starts the day after purchase', {}, '2026-07-01', '2026-07-08'],
    ['may count the day of purchase', { windowStartsNextDay: false }, '2026-07-01', '2026-07-07'],
    [
      'of one day counting that day',
      { windowStartsNextDay: false, windowDays: 1 },
      '2026-07-01',
      '2026-07-01',
    ],
    // 2026-07-04 + 7 is Saturday 07-11; 民法典 Art. 203.
    ['that ends on a weekend ends on Monday', {}, '2026-07-04', '2026-07-13'],
    ['that ends in Golden Week ends after it', {}, '2026-09-25', '2026-10-08'],
    ['of 30 days', { windowDays: 30 }, '2026-07-01', '2026-07-31'],
  ])('%s', (_, terms, purchasedOn, last) => {
    expect(lastReturnDay({ ...promise, ...terms }, purchasedOn, defaultCalendar).day).toBe(last);
    const lastDay = assess({ purchasedOn, requestedOn: last }, terms);
    expect(lastDay.verdict).toBe('eligible');
    expect(lastDay.reasons.find((one) => one.rule === 'window')?.parameters).toMatchObject({
      lastDay: last,
    });
    const dayAfter = assess({ purchasedOn, requestedOn: shiftDay(last, 1) }, terms);
    expect(dayAfter.verdict).toBe('ineligible');
    expect(outcomeOf(dayAfter, 'window')).toBe('fail');
  });

  test('an end in a year that is not announced is marked', () => {
    const window = assess({ purchasedOn: '2026-12-30', requestedOn: '2026-12-31' }).reasons.find(
      (one) => one.rule === 'window',
    );
    expect(window?.parameters['provisional']).toBe(1);
  });
});

describe('each rule by itself', () => {
  test.each<[what: string, changes: Partial<ReturnRequest>, rule: ReturnRule, outcome: ReturnOutcome]>([
    [
      'bought before the promise',
      { purchasedOn: '2025-12-31', requestedOn: '2026-01-02' },
      'commitment-in-force',
      'fail',
    ],
    [
      'bought on its first day',
      { purchasedOn: '2026-01-01', requestedOn: '2026-01-02' },
      'commitment-in-force',
      'pass',
    ],
    ['bought tomorrow', { purchasedOn: '2026-07-06' }, 'purchase-date', 'fail'],
    ['bought today', { purchasedOn: '2026-07-05' }, 'purchase-date', 'pass'],
    ['custom-made', { goodsCategory: 'custom-made' }, 'statutory-exclusion', 'fail'],
    ['fresh', { goodsCategory: 'fresh' }, 'statutory-exclusion', 'fail'],
    ['newspaper', { goodsCategory: 'periodical' }, 'statutory-exclusion', 'fail'],
    ['sealed film', { goodsCategory: 'audio-video-software' }, 'statutory-exclusion', 'pass'],
    [
      'opened film',
      { goodsCategory: 'audio-video-software', condition: 'opened-for-inspection' },
      'statutory-exclusion',
      'fail',
    ],
    ['confirmed unsuitable', { confirmedUnsuitable: true }, 'unsuitable-by-nature', 'fail'],
    ['underwear', { goodsCategory: 'underwear' }, 'merchant-exclusion', 'fail'],
    ['opened to look', { condition: 'opened-for-inspection' }, 'condition', 'pass'],
    ['tried on', { condition: 'tried-reasonably' }, 'condition', 'pass'],
    ['used', { condition: 'used' }, 'condition', 'fail'],
    ['damaged', { condition: 'damaged' }, 'condition', 'fail'],
    ['incomplete', { condition: 'incomplete' }, 'condition', 'fail'],
    ['gift returned', { gift: 'returned', giftPriceFen: 1000 }, 'gift', 'pass'],
    ['gift kept', { gift: 'kept', giftPriceFen: 1000 }, 'gift', 'negotiable'],
    ['payment record', { proofType: 'payment-record' }, 'proof', 'pass'],
    ['receipt lost', { proofType: 'none', proofNumber: null }, 'proof', 'negotiable'],
  ])('%s', (_, changes, rule, outcome) => {
    const assessment = assess(changes);
    expect(outcomeOf(assessment, rule)).toBe(outcome);
    expect(assessment.reasons.filter((one) => one.outcome !== 'pass').map((one) => one.rule)).toEqual(
      outcome === 'pass' ? [] : [rule],
    );
  });

  test('a promise has ended on the day it ends', () => {
    expect(outcomeOf(assess({}, { effectiveTo: '2026-07-02' }), 'commitment-in-force')).toBe('pass');
    expect(outcomeOf(assess({}, { effectiveTo: '2026-07-01' }), 'commitment-in-force')).toBe('fail');
  });

  test('a kept gift is charged at its marked price', () => {
    const reasons = assess({ gift: 'kept', giftPriceFen: 1990 }).reasons;
    expect(reasons.find((one) => one.rule === 'gift')?.parameters).toEqual({
      gift: 'kept',
      giftPriceFen: 1990,
    });
  });
});

const day = fc.integer({ min: 0, max: 900 }).map((days) => shiftDay('2025-06-01', days));
const anyRequest: fc.Arbitrary<ReturnRequest> = fc.record({
  goodsCategory: fc.constantFrom(...GoodsCategory.options),
  goodsName: fc.constant('商品'),
  purchasedOn: day,
  requestedOn: day,
  amountFen: fc.nat(1_000_000),
  condition: fc.constantFrom(...GoodsCondition.options),
  proofType: fc.constantFrom(...ProofType.options),
  proofNumber: fc.constant(null),
  gift: fc.constantFrom(...Gift.options),
  giftPriceFen: fc.option(fc.nat(10_000), { nil: null }),
  confirmedUnsuitable: fc.boolean(),
});
const anyTerms: fc.Arbitrary<CommitmentTerms> = fc.record({
  windowDays: fc.integer({ min: 1, max: 365 }),
  windowStartsNextDay: fc.boolean(),
  excludedGoods: fc.uniqueArray(fc.constantFrom(...GoodsCategory.options), { maxLength: 5 }),
  effectiveFrom: day,
  effectiveTo: fc.option(day, { nil: null }),
});

describe('for any request under any promise', () => {
  test('the verdict follows from the reasons, each rule once, and the same again', () => {
    fc.assert(
      fc.property(fc.option(anyTerms, { nil: null }), anyRequest, (terms, one) => {
        const assessment = assessReturn(terms, one, defaultCalendar);
        expect(assessment.reasons.length).toBeGreaterThan(0);
        expect(new Set(assessment.reasons.map((reason) => reason.rule)).size).toBe(assessment.reasons.length);
        expect(assessment.verdict).toBe(verdictOf(assessment.reasons));
        expect(assessment.verdict === 'ineligible').toBe(
          assessment.reasons.some((reason) => reason.outcome === 'fail'),
        );
        expect(assessReturn(terms, one, defaultCalendar)).toEqual(assessment);
      }),
    );
  });

  test('a day later never makes an expired request eligible', () => {
    fc.assert(
      fc.property(anyTerms, anyRequest, fc.nat(400), (terms, one, later) => {
        const expired = outcomeOf(assessReturn(terms, one, defaultCalendar), 'window') === 'fail';
        const next = { ...one, requestedOn: shiftDay(one.requestedOn, later) };
        if (expired) expect(assessReturn(terms, next, defaultCalendar).verdict).toBe('ineligible');
      }),
    );
  });

  test('a longer window never ends sooner, and no window ends on a day off', () => {
    fc.assert(
      fc.property(anyTerms, day, (terms, bought) => {
        const last = lastReturnDay(terms, bought, defaultCalendar).day;
        const longer = { ...terms, windowDays: terms.windowDays + 1 };
        expect(lastReturnDay(longer, bought, defaultCalendar).day >= last).toBe(true);
        expect(isWorkingDay(defaultCalendar, last)).toBe(true);
        expect(last <= addNaturalDays(defaultCalendar, bought, terms.windowDays).day).toBe(true);
      }),
    );
  });

  test('goods the law excludes stay excluded, whatever the merchant promises', () => {
    fc.assert(
      fc.property(
        anyTerms,
        anyRequest,
        fc.constantFrom('custom-made', 'fresh', 'periodical'),
        (terms, one, category) => {
          const goodsCategory = GoodsCategory.parse(category);
          const assessment = assessReturn(terms, { ...one, goodsCategory }, defaultCalendar);
          expect(assessment.verdict).toBe('ineligible');
        },
      ),
    );
  });
});

test('the schemas refuse windows and amounts out of range', () => {
  const commitment = { ...promise, id: 'c', merchantId: 'm', version: 1, note: null };
  expect(Commitment.safeParse(commitment).success).toBe(true);
  for (const windowDays of [0, 366, 1.5]) {
    expect(Commitment.safeParse({ ...commitment, windowDays }).success).toBe(false);
  }
  expect(ReturnRequest.safeParse(request).success).toBe(true);
  expect(ReturnRequest.safeParse({ ...request, amountFen: 0.5 }).success).toBe(false);
  expect(ReturnRequest.safeParse({ ...request, purchasedOn: '2026-02-30' }).success).toBe(false);
  expect(ReturnRequest.safeParse({ ...request, goodsName: ' ' }).success).toBe(false);
});
