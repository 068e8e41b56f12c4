import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { CreditState } from '../../../src/domain/credit/index.ts';
import { defaultPolicy } from '../../../src/domain/credit/index.ts';
import { maskText } from '../../../src/domain/kernel/text/index.ts';
import type { MerchantState } from '../../../src/domain/merchant/index.ts';
import { caseView, isConsumersPaper, shopView } from '../../../src/domain/public/index.ts';
import { factsFor } from '../../support/document-facts.ts';
import { DocumentKind } from '../../../src/domain/document/index.ts';

const TODAY = '2026-11-20';
const BY = { at: '2026-11-10T02:00:00.000Z', staffId: 's1', name: '店长王五', unitPath: '/HS/C1/M01' };

const merchant: MerchantState = {
  id: '01900000-0000-7000-8000-0123456789ab',
  name: '虚构服饰店',
  creditCode: null,
  category: 'enterprise',
  unitPath: '/HS/C1/M01/S001',
  address: '药行街1号',
  contactName: '李四光',
  phone: '13900001111',
  contacts: [{ name: '欧阳小美', role: null, phone: '0574-87001122', from: null, to: null }],
  invented: true,
  commitments: [
    {
      commitmentId: 'c1',
      version: 1,
      windowDays: 7,
      windowStartsNextDay: true,
      excludedGoods: [],
      effectiveFrom: '2026-01-01',
      effectiveTo: '2026-12-01',
      note: null,
      conditions: '请先联系李四光 139 0000 1111',
    },
    {
      commitmentId: 'c2',
      version: 2,
      windowDays: 3,
      windowStartsNextDay: true,
      excludedGoods: ['underwear'],
      effectiveFrom: '2026-12-01',
      effectiveTo: null,
      note: null,
    },
  ],
  revision: 1,
};

/** A credit that says the same but for what a test changes. */
function credit(over: Partial<CreditState> = {}): CreditState {
  return {
    id: merchant.id,
    unitPath: merchant.unitPath,
    grade: {
      merchantPath: merchant.unitPath,
      month: '2026-11',
      policyVersion: 1,
      category: 'enterprise',
      outcome: 'graded',
      base: 700,
      points: 640,
      grade: 'C',
      gradeOfPoints: 'C',
      lines: [],
      interval: { low: 500, high: 700, worst: 'D', best: 'B' },
      matters: 5,
      reasons: [{ code: 'settled-at-source', lost: 60, facts: ['01900000-0000-7000-8000-00000000fact'] }],
      recordedBy: ['staff-1'],
      limits: { file: 5, fileApproved: 20, decide: 5, decideApproved: 20, overrideDays: 90 },
      cause: 'monthly',
      at: '2026-11-20T02:00:00.000Z',
      noticeOn: null,
    },
    past: [],
    reply: null,
    objections: [],
    reRating: null,
    correction: false,
    awards: [],
    penalties: [],
    listings: [],
    patrols: [],
    overrides: [],
    revision: 1,
    ...over,
  };
}

const view = (over: Partial<Parameters<typeof shopView>[0]> = {}) =>
  shopView({
    merchant,
    credit: credit(),
    alliance: null,
    policy: defaultPolicy,
    grades: true,
    storefront: null,
    unitName: '虚构商场',
    today: TODAY,
    ...over,
  });

const figures = fc.stringMatching(/^1[3-9]\d{9}$|^0574[2-8]\d{7}$|^\d{17}[\dX]$/);
const between = fc.constantFrom('', ' ', '-', '.', '·');
/** A number as people write it, in any width. */
const written = fc.tuple(figures, between, fc.boolean()).map(([number, sign, wide]) => {
  const text = (number.match(/.{1,4}/g) ?? []).join(sign);
  return wide
    ? text.replaceAll(/\d/g, (one) => String.fromCodePoint((one.codePointAt(0) ?? 0) + 0xfee0))
    : text;
});
const words = fc.stringMatching(/^[请打电话联系：，a-z ]{0,12}$/);
const plain = (text: string): string => text.normalize('NFKC').replaceAll(/[^\dX]/g, '');

describe('what the public reads', () => {
  it('holds no number and no known name of a person, wherever somebody wrote them', () => {
    fc.assert(
      fc.property(
        words,
        written,
        words,
        fc.constantFrom('李四光', '欧阳小美'),
        (before, number, after, name) => {
          const text = `${before}${number}${after}${name}`;
          const masked = maskText(text, ['李四光', '欧阳小美']);
          expect(plain(masked)).not.toContain(plain(number));
          expect(masked).not.toContain(name);
          const said = JSON.stringify(
            view({
              merchant: {
                ...merchant,
                address: text,
                commitments: merchant.commitments.map((one) => ({ ...one, conditions: text })),
              },
              credit: credit({ reply: { text, by: BY } }),
            }),
          );
          expect(plain(said)).not.toContain(plain(number));
          for (const hidden of ['李四光', '欧阳小美', '店长王五', merchant.id, merchant.unitPath, 'staff-1'])
            expect(said).not.toContain(hidden);
        },
      ),
    );
    expect(maskText('2026-11-20 前付 1280.50 元，第 12 版')).toBe('2026-11-20 前付 1280.50 元，第 12 版');
  });

  it('has no trace of a grade where the circle hides it', () => {
    expect(view({ grades: false })).toEqual(view({ grades: false, credit: null, policy: null }));
    expect(view({ grades: false }).grade).toBeNull();
  });

  it('shows the promise of the day, its announced end and what comes then', () => {
    expect(view()).toMatchObject({
      promise: { version: 1, windowDays: 7, until: '2026-12-01', conditions: '请先联系李** 139****1111' },
      next: { version: 2, from: '2026-12-01' },
      endedOn: null,
    });
    const over = { ...merchant, commitments: [{ ...merchant.commitments[0]!, effectiveTo: '2026-06-01' }] };
    expect(view({ merchant: over })).toMatchObject({ promise: null, next: null, endedOn: '2026-06-01' });
  });

  it('shows a grade with points, reasons and reply; pending holds nothing up that is contested', () => {
    const reply = { text: '已增派客服', by: BY };
    expect(view({ credit: credit({ reply }) }).grade).toMatchObject({
      kind: 'graded',
      grade: 'C',
      points: 640,
      reasons: [{ code: 'settled-at-source', lost: 60 }],
      reply: { text: '已增派客服', on: '2026-11-10' },
      dated: { month: '2026-11', policyVersion: 1 },
    });
    const objection = {
      objectionId: 'o1',
      month: '2026-11',
      facts: [],
      text: '有异议',
      lateBecause: null,
      made: BY,
      extended: null,
      decided: null,
    };
    const pending = view({ credit: credit({ reply, objections: [objection] }) }).grade;
    expect(pending).toMatchObject({ kind: 'pending', reply: { text: '已增派客服' } });
    expect(JSON.stringify(pending)).not.toMatch(/640|settled-at-source/);
  });

  it('tells not rated, never published and set by hand apart', () => {
    const known = credit();
    const grade = { ...known.grade!, outcome: 'not-rated' as const, grade: null, matters: 2 };
    expect(view({ credit: credit({ grade }) }).grade).toMatchObject({
      kind: 'not-rated',
      matters: 2,
      least: defaultPolicy.leastMatters,
    });
    expect(view({ credit: null }).grade).toEqual({ kind: 'none' });
    const override = {
      overrideId: 'v1',
      grade: 'B',
      reason: '复核',
      until: '2026-12-31',
      proposed: BY,
      confirmed: BY,
    };
    expect(view({ credit: credit({ overrides: [override] }) }).grade).toMatchObject({
      grade: 'B',
      byHand: { until: '2026-12-31', ofPoints: 'C' },
    });
  });
});

describe('a consumer’s own case', () => {
  it('is told by papers that went to them alone, with their name masked and nobody else’s on it', () => {
    expect(DocumentKind.options.filter(isConsumersPaper)).toEqual([
      'receipt',
      'identity-notice',
      'acceptance-notice',
      'refusal-notice',
    ]);
    const { state } = factsFor('settlement-agreement');
    const seen = caseView(state, null, '虚构商场');
    expect(seen).toMatchObject({ stage: 'settled', consumer: '张*', satisfaction: 'open', next: null });
    expect(JSON.stringify(seen)).not.toMatch(/张三|李四|10012345678|0574|药行街|case-1/);
    const answered = { ...state, answer: { score: 4, text: '还行', at: BY.at } };
    expect(caseView(answered, null, '').satisfaction).toEqual({ score: 4 });
    expect(caseView(factsFor('acceptance-notice').state, null, '').satisfaction).toBeNull();
  });
});
