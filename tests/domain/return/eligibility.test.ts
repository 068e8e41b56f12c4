import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import {
  addNaturalDays,
  defaultCalendar,
  isWorkingDay,
  shiftDay,
} from '../../../src/domain/kernel/calendar/index.ts';
import { FreightRule, GiftRule, StartRule } from '../../../src/domain/merchant/index.ts';
import { Commitment, GoodsCategory, type CommitmentTerms } from '../../../src/domain/return/commitment.ts';
import {
  assessReturn,
  lastReturnDay,
  refundDue,
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
    [
      'counts as its rule says, whatever it said before',
      { startRule: 'purchase-day' },
      '2026-07-01',
      '2026-07-07',
    ],
  ])('%s', (_, terms, purchasedOn, last) => {
    expect(lastReturnDay({ ...promise, ...terms }, { purchasedOn }, defaultCalendar).day).toBe(last);
    const lastDay = assess({ purchasedOn, requestedOn: last }, terms);
    expect(lastDay.verdict).toBe('eligible');
    expect(lastDay.reasons.find((one) => one.rule === 'window')?.parameters).toMatchObject({
      lastDay: last,
    });
    const dayAfter = assess({ purchasedOn, requestedOn: shiftDay(last, 1) }, terms);
    expect(dayAfter.verdict).toBe('ineligible');
    expect(outcomeOf(dayAfter, 'window')).toBe('fail');
  });

  test('of delivered goods starts the day after they were signed for', () => {
    const terms = { startRule: 'signed-next-day' } as const;
    const delivered = { purchasedOn: '2026-07-01', receivedOn: '2026-07-06' };
    expect(lastReturnDay({ ...promise, ...terms }, delivered, defaultCalendar).day).toBe('2026-07-13');
    expect(assess({ ...delivered, requestedOn: '2026-07-13' }, terms).verdict).toBe('eligible');
    expect(assess({ ...delivered, requestedOn: '2026-07-14' }, terms).verdict).toBe('ineligible');
    // Nobody knows when: in time from the purchase on, it is in time; later the parties have to say.
    expect(assess({ purchasedOn: '2026-07-01', requestedOn: '2026-07-08' }, terms).verdict).toBe('eligible');
    expect(assess({ purchasedOn: '2026-07-01', requestedOn: '2026-07-09' }, terms).verdict).toBe(
      'negotiable',
    );
    // Another rule does not ask for that day.
    expect(assess({ ...delivered, requestedOn: '2026-07-09' }).verdict).toBe('ineligible');
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
    ['signed for before it was bought', { receivedOn: '2026-06-30' }, 'purchase-date', 'fail'],
    ['signed for after the request', { receivedOn: '2026-07-06' }, 'purchase-date', 'fail'],
    ['sent back, and the promise is silent', { freightFen: 1200 }, 'freight', 'negotiable'],
    ['sent back for nothing', { freightFen: 0 }, 'freight', 'pass'],
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

  test('goods that a promise does not name are not covered where it names some', () => {
    expect(outcomeOf(assess({}, { goods: ['clothing', 'home'] }), 'merchant-exclusion')).toBe('pass');
    const outside = assess({ goodsCategory: 'sports' }, { goods: ['clothing', 'home'] });
    expect(outside.reasons.find((one) => one.rule === 'merchant-exclusion')).toMatchObject({
      outcome: 'fail',
      parameters: { outside: 1 },
    });
    expect(outcomeOf(assess({ goodsCategory: 'sports' }, { goods: null }), 'merchant-exclusion')).toBe(
      'pass',
    );
  });

  test('a gift is no ground of refusal by itself, under any rule', () => {
    for (const giftRule of [undefined, 'returned', 'charged'] as const)
      for (const gift of Gift.options)
        for (const giftPriceFen of [null, 0, 1990])
          expect(assess({ gift, giftPriceFen }, { giftRule }).verdict).not.toBe('ineligible');
    const kept = { gift: 'kept', giftPriceFen: 1990 } as const;
    expect(assess(kept, { giftRule: 'charged' }).verdict).toBe('eligible');
    expect(assess({ ...kept, giftPriceFen: null }, { giftRule: 'charged' }).verdict).toBe('negotiable');
    expect(assess(kept, { giftRule: 'returned' }).verdict).toBe('negotiable');
    expect(refundDue({ ...request, ...kept })).toBe(27_910);
    expect(refundDue({ ...request, ...kept, giftPriceFen: 99_000 })).toBe(0);
    expect(refundDue({ ...request, gift: 'returned', giftPriceFen: 1990 })).toBe(29_900);
  });

  test('who pays the way back is said, and decides nothing', () => {
    for (const freightRule of ['consumer', 'merchant'] as const)
      expect(
        assess({ freightFen: 1200 }, { freightRule }).reasons.find((one) => one.rule === 'freight'),
      ).toMatchObject({ outcome: 'pass', parameters: { freightFen: 1200, freightRule } });
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
  receivedOn: fc.option(day, { nil: null }),
  freightFen: fc.option(fc.nat(5000), { nil: null }),
});
const anyTerms: fc.Arbitrary<CommitmentTerms> = fc.record({
  windowDays: fc.integer({ min: 1, max: 365 }),
  windowStartsNextDay: fc.boolean(),
  startRule: fc.option(fc.constantFrom(...StartRule.options), { nil: undefined }),
  goods: fc.option(fc.uniqueArray(fc.constantFrom(...GoodsCategory.options), { minLength: 1 }), {
    nil: null,
  }),
  excludedGoods: fc.uniqueArray(fc.constantFrom(...GoodsCategory.options), { maxLength: 5 }),
  giftRule: fc.option(fc.constantFrom(...GiftRule.options), { nil: undefined }),
  freightRule: fc.option(fc.constantFrom(...FreightRule.options), { nil: undefined }),
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

  test('the verdict is the same in whatever order the rules are gone through', () => {
    const orders = fc.shuffledSubarray(ReturnRule.options, { minLength: ReturnRule.options.length });
    fc.assert(
      fc.property(anyTerms, anyRequest, orders, (terms, one, order) => {
        const plain = assessReturn(terms, one, defaultCalendar);
        const shuffled = assessReturn(terms, one, defaultCalendar, order);
        expect(shuffled.reasons.map(({ rule }) => rule)).toEqual(order);
        expect(shuffled.verdict).toBe(plain.verdict);
        const byRule = (all: typeof plain.reasons) => all.toSorted((a, b) => a.rule.localeCompare(b.rule));
        expect(byRule(shuffled.reasons)).toEqual(byRule(plain.reasons));
      }),
    );
  });

  test('a longer window never makes a verdict worse', () => {
    const rank = { ineligible: 0, negotiable: 1, eligible: 2 };
    // Most requests fail by another rule: those close to the end of their window are what matters here.
    const close = anyRequest.map((one) => ({
      ...one,
      goodsCategory: 'clothing' as const,
      condition: 'intact' as const,
      confirmedUnsuitable: false,
    }));
    fc.assert(
      fc.property(
        anyTerms,
        close,
        fc.nat(400),
        fc.integer({ min: 1, max: 365 }),
        (any, one, after, longer) => {
          const terms = {
            ...any,
            goods: null,
            excludedGoods: [],
            effectiveFrom: '2025-01-01',
            effectiveTo: null,
          };
          const asked = { ...one, receivedOn: null, requestedOn: shiftDay(one.purchasedOn, after) };
          const windowDays = Math.max(longer, terms.windowDays);
          const shortly = assessReturn(terms, asked, defaultCalendar);
          const widely = assessReturn({ ...terms, windowDays }, asked, defaultCalendar);
          expect(rank[widely.verdict]).toBeGreaterThanOrEqual(rank[shortly.verdict]);
        },
      ),
      { numRuns: 300 },
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
        const last = lastReturnDay(terms, { purchasedOn: bought }, defaultCalendar).day;
        const longer = { ...terms, windowDays: terms.windowDays + 1 };
        expect(lastReturnDay(longer, { purchasedOn: bought }, defaultCalendar).day >= last).toBe(true);
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
