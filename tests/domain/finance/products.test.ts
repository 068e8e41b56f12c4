import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { defaultPolicy } from '../../../src/domain/credit/index.ts';
import {
  besideOf,
  checkProducts,
  defaultProducts,
  type FinanceFacts,
  type ProductRule,
  idOfMerchant,
  idsOfMerchant,
  productsOn,
  qualify,
  whitelistStep,
} from '../../../src/domain/finance/index.ts';
import { applyProducts } from '../../../src/domain/finance/published-products.ts';
import { addMonths, shiftDay, wholeMonths } from '../../../src/domain/kernel/calendar/index.ts';
import { ADMINISTRATOR, actorAt, factOf } from '../../support/facts.ts';

const BESIDE = besideOf(defaultPolicy);
const GRADES = BESIDE.grades;
const CATEGORIES = BESIDE.categories;
const why = { article: { zh: '设定', en: 'Assumption' }, tag: 'assumption' as const };

const day = fc.integer({ min: 0, max: 4000 }).map((days) => shiftDay('2018-01-31', days));
const classes = fc.constantFrom('minor' as const, 'ordinary' as const, 'serious' as const);
const listings = fc.subarray(['severe' as const, 'abnormal' as const]);

const facts: fc.Arbitrary<FinanceFacts> = fc.record({
  day: fc.constant('2026-03-31'),
  category: fc.option(fc.constantFrom(...CATEGORIES)),
  grade: fc.option(fc.constantFrom(...GRADES)),
  pending: fc.boolean(),
  establishedOn: fc.option(day),
  records: fc.record({
    listings,
    penalties: fc.array(
      fc.record({ class: classes, on: day, organ: fc.constant('某局'), number: fc.constant('1') }),
      { maxLength: 4 },
    ),
  }),
  promised: fc.boolean(),
  source: fc.option(fc.record({ good: fc.nat(30), bad: fc.nat(30) })),
  consented: fc.boolean(),
});

const months = fc.integer({ min: 1, max: 120 });
const rule: fc.Arbitrary<ProductRule> = fc.oneof(
  fc
    .subarray([...CATEGORIES], { minLength: 1 })
    .map((oneOf) => ({ kind: 'category' as const, oneOf, ...why })),
  fc.constantFrom(...GRADES).map((atLeast) => ({ kind: 'grade' as const, atLeast, ...why })),
  fc
    .record({ least: fc.option(months), most: fc.option(months) })
    .filter(({ least, most }) => least !== null || most !== null)
    .map((ends) => ({ kind: 'months-in-business' as const, ...ends, ...why })),
  fc
    .subarray(['severe' as const, 'abnormal' as const], { minLength: 1 })
    .map((none) => ({ kind: 'listing' as const, none, ...why })),
  fc
    .record({ from: classes, withinMonths: months })
    .map((one) => ({ kind: 'penalty' as const, ...one, ...why })),
  fc.constant({ kind: 'promise' as const, ...why }),
  fc
    .record({ leastPerMille: fc.integer({ min: 1, max: 1000 }), leastCases: fc.integer({ min: 1, max: 40 }) })
    .map((one) => ({ kind: 'source-resolution' as const, ...one, ...why })),
  fc.constant({ kind: 'consent' as const, ...why }),
);
const rules = fc.array(rule, { minLength: 1, maxLength: 6 });

/** Somebody of a category and age in whose favour all else is. */
const blameless = (category: string, age: number): FinanceFacts => ({
  day: '2026-03-31',
  category,
  grade: GRADES[0] ?? '',
  pending: false,
  establishedOn: addMonths('2026-03-31', -age),
  records: { listings: [], penalties: [] },
  promised: true,
  source: { good: 1000, bad: 0 },
  consented: true,
});

describe('the shipped products', () => {
  it('are six, contradict nothing, and each has somebody who qualifies', () => {
    expect(checkProducts(defaultProducts, BESIDE, null, null).faults).toEqual([]);
    expect(defaultProducts.products.map(({ code }) => code)).toEqual([
      'haixin-loan',
      'haige-loan',
      'haishi-stock',
      'haishi-renewal',
      'haishi-start',
      'haishi-excellence',
    ]);
  });

  it('say why not, and what would change it', () => {
    const haige = defaultProducts.products[1];
    if (!haige) throw new Error('None');
    const merchant: FinanceFacts = {
      ...blameless('individual-business', 10),
      grade: 'D',
      records: {
        listings: ['abnormal'],
        penalties: [{ class: 'serious', on: '2025-06-15', organ: '某局', number: '1' }],
      },
    };
    expect(qualify(haige, merchant, defaultPolicy).failing).toEqual([
      {
        rule: 'grade',
        place: 1,
        has: 'D',
        needs: 'C',
        whatWouldChangeIt: { kind: 'grade' },
        otherwiseOn: null,
      },
      {
        rule: 'months-in-business',
        place: 2,
        has: 10,
        needs: 12,
        whatWouldChangeIt: { kind: 'on', day: '2026-05-31' },
        otherwiseOn: null,
      },
      {
        rule: 'listing',
        place: 3,
        has: 'abnormal',
        needs: 'severe abnormal',
        whatWouldChangeIt: { kind: 'repair' },
        otherwiseOn: null,
      },
      {
        rule: 'penalty',
        place: 4,
        has: '2025-06-15',
        needs: 12,
        whatWouldChangeIt: { kind: 'repair' },
        otherwiseOn: '2026-06-16',
      },
    ]);
  });
});

describe('what would change a rule', () => {
  it('does, and nothing less does', () => {
    fc.assert(
      fc.property(rule, facts, (one, merchant) => {
        const holds = (over: Partial<FinanceFacts>): boolean =>
          qualify({ rules: [one] }, { ...merchant, ...over }, defaultPolicy).qualifies;
        const [failing] = qualify({ rules: [one] }, merchant, defaultPolicy).failing;
        if (!failing) return;
        const { whatWouldChangeIt: change, otherwiseOn } = failing;
        if (otherwiseOn !== null) {
          expect(holds({ day: otherwiseOn })).toBe(true);
          expect(holds({ day: shiftDay(otherwiseOn, -1) })).toBe(false);
        }
        if (change.kind === 'on') {
          const reached =
            one.kind !== 'months-in-business' || one.most === null || one.most >= (one.least ?? 0);
          if (reached) expect(holds({ day: change.day })).toBe(true);
          expect(holds({ day: shiftDay(change.day, -1) })).toBe(false);
        }
        if (change.kind === 'count') {
          const { good, bad } = merchant.source ?? { good: 0, bad: 0 };
          expect(change.count).toBeGreaterThan(0);
          expect(holds({ source: { good: good + change.count, bad } })).toBe(true);
          expect(holds({ source: { good: good + change.count - 1, bad } })).toBe(false);
        }
        if (change.kind === 'repair') expect(holds({ records: { listings: [], penalties: [] } })).toBe(true);
        if (change.kind === 'promise') expect(holds({ promised: true })).toBe(true);
        if (change.kind === 'consent') expect(holds({ consented: true })).toBe(true);
        if (change.kind === 'grade') expect(holds({ grade: GRADES[0] ?? '', pending: false })).toBe(true);
      }),
      { numRuns: 2000 },
    );
  });

  it('counts whole months as the calendar does', () => {
    fc.assert(
      fc.property(day, fc.integer({ min: 0, max: 200 }), (from, count) => {
        const on = addMonths(from, count);
        expect(wholeMonths(from, on)).toBe(count);
        if (count > 0) expect(wholeMonths(from, shiftDay(on, -1))).toBe(count - 1);
      }),
    );
    expect(addMonths('2024-01-31', 1)).toBe('2024-02-29');
    expect(addMonths('2026-03-31', -13)).toBe('2025-02-28');
  });
});

describe('products', () => {
  it('are refused where their rules exclude everybody, and only there', () => {
    fc.assert(
      fc.property(rules, (own) => {
        const file = { ...defaultProducts, products: [{ ...defaultProducts.products[0], rules: own }] };
        const { faults } = checkProducts(file, BESIDE, null, null);
        const somebody = CATEGORIES.some((category) =>
          Array.from({ length: 121 }, (_, age) => blameless(category, age)).some(
            (merchant) => qualify({ rules: own }, merchant, defaultPolicy).qualifies,
          ),
        );
        expect(faults.length === 0).toBe(somebody);
        for (const { rule: name, field } of faults) {
          expect(name).toBe('finance-excludes-everybody');
          expect(field).toMatch(/^products\.0\.rules\.\d+\.(oneOf|least|most)$/);
        }
      }),
      { numRuns: 1000 },
    );
  });

  it('are refused with field and rule', () => {
    const [first] = defaultProducts.products;
    const faultOf = (over: object, own: object[] = []) =>
      checkProducts(
        { ...defaultProducts, products: [{ ...first, ...(own.length > 0 ? { rules: own } : {}) }], ...over },
        BESIDE,
        { version: 1, effectiveFrom: '2000-01-01' },
        '2026-03-10',
      ).faults.map(({ rule: name, field }) => [name, field]);
    const from = { effectiveFrom: '2026-04-01' };
    expect(faultOf(from)).toEqual([]);
    expect(faultOf({ effectiveFrom: '2026-03-09' })).toEqual([
      ['finance-products-backdated', 'effectiveFrom'],
    ]);
    expect(faultOf(from, [{ kind: 'grade', atLeast: 'AAA', ...why }])).toEqual([
      ['finance-grade-unknown', 'products.0.rules.0.atLeast'],
    ]);
    expect(faultOf(from, [{ kind: 'months-in-business', least: 36, most: 12, ...why }])).toEqual([
      ['finance-excludes-everybody', 'products.0.rules.0.least'],
    ]);
    expect(faultOf(from, [{ kind: 'months-in-business', least: null, most: null, ...why }])).toEqual([
      ['finance-rule-says-nothing', 'products.0.rules.0'],
    ]);
    expect(faultOf(from, [{ kind: 'category', oneOf: ['bank'], ...why }])).toEqual([
      ['finance-category-unknown', 'products.0.rules.0.oneOf'],
    ]);
    expect(faultOf({ ...from, products: [first, first] })).toEqual([
      ['finance-named-twice', 'products.1.code'],
    ]);
    expect(faultOf({ ...from, products: [{ ...first, lender: 'nobody' }] })).toEqual([
      ['finance-lender-unknown', 'products.0.lender'],
    ]);
    expect(faultOf({ ...from, products: [] })).toEqual([['payload-invalid', 'products']]);
    expect(
      faultOf({ ...from, whitelist: { ...why, rules: [{ kind: 'grade', atLeast: 'Z', ...why }] } }),
    ).toEqual([['finance-grade-unknown', 'whitelist.rules.0.atLeast']]);
  });

  it('are published at the top, by an administrator, one after the other, and hold from their day', () => {
    const at = '2026-03-10T02:00:00.000Z';
    const publish = (version: number, effectiveFrom: string, over: object = {}) =>
      factOf(
        'finance-products',
        'HS',
        'finance-products-published',
        { version, products: { ...defaultProducts, effectiveFrom, ...over }, beside: BESIDE },
        ADMINISTRATOR,
        at,
      );
    const first = applyProducts(undefined, publish(2, '2026-04-01'));
    if (first.kind !== 'legal') throw new Error(JSON.stringify(first));
    expect(productsOn(first.state, '2026-03-31').version).toBe(1);
    expect(productsOn(first.state, '2026-04-01').version).toBe(2);
    const refused = (fact: Parameters<typeof applyProducts>[1]) => applyProducts(first.state, fact);
    expect(refused(publish(2, '2026-05-01'))).toMatchObject({
      refusal: { rule: 'finance-products-version' },
    });
    expect(refused(publish(3, '2026-04-01'))).toMatchObject({ refusal: { rule: 'finance-products-order' } });
    const everybody = { whitelist: { ...why, rules: [{ kind: 'grade', atLeast: 'S', ...why }] } };
    expect(refused(publish(3, '2026-05-01', everybody))).toMatchObject({
      refusal: { rule: 'finance-grade-unknown', field: 'whitelist.rules.0.atLeast' },
    });
    expect(refused({ ...publish(3, '2026-05-01'), actor: actorAt('/HS', 'supervisor') })).toMatchObject({
      refusal: { rule: 'role-may-not' },
    });
    expect(refused({ ...publish(3, '2026-05-01'), unitPath: '/HS/C1' })).toMatchObject({
      refusal: { rule: 'published-at-the-top' },
    });
  });
});

describe('the whitelist', () => {
  it('has exactly those for whom every rule holds, and each step says why', () => {
    fc.assert(
      fc.property(fc.array(facts, { minLength: 1, maxLength: 12 }), (days) => {
        let listed = false;
        for (const merchant of days) {
          const step = whitelistStep({ listed }, merchant, defaultProducts, defaultPolicy);
          const { qualifies, failing } = qualify(defaultProducts.whitelist, merchant, defaultPolicy);
          expect(step === null).toBe(qualifies === listed);
          if (step?.change === 'entered')
            expect(step.reasons.map(({ rule: name }) => name)).toEqual(
              defaultProducts.whitelist.rules.map(({ kind }) => kind),
            );
          if (step?.change === 'left')
            expect(step.reasons.map(({ rule: name }) => name)).toEqual(failing.map(({ rule: name }) => name));
          listed = qualifies;
          // A second look on the same day changes nothing.
          expect(whitelistStep({ listed }, merchant, defaultProducts, defaultPolicy)).toBeNull();
        }
      }),
    );
  });
});

describe('ids of a merchant’s records', () => {
  const id = fc.stringMatching(/^[A-Za-z0-9-]{1,36}$/);
  it('lie between two texts, where nobody else’s do', () => {
    fc.assert(
      fc.property(id, id, fc.uuid(), (one, other, own) => {
        const { after, before } = idsOfMerchant(one);
        const record = idOfMerchant(one, own);
        expect(record.length).toBeLessThanOrEqual(64);
        expect(after < record && record < before).toBe(true);
        const strange = idOfMerchant(other, own);
        if (other !== one) expect(after < strange && strange < before).toBe(false);
      }),
    );
  });
});
