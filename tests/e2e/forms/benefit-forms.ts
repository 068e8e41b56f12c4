import type { Page } from 'playwright-core';
import type { AllianceDetail, DiscountView } from '../../../src/contract/workstation/alliance.ts';
import type { CharityDetail } from '../../../src/contract/workstation/charity.ts';
import { allianceRulesOn } from '../../../src/domain/alliance/index.ts';
import allianceEnglish from '../../../src/renderer/alliance/locales/en.ts';
import allianceChinese from '../../../src/renderer/alliance/locales/zh-CN.ts';
import charityEnglish from '../../../src/renderer/charity/locales/en.ts';
import charityChinese from '../../../src/renderer/charity/locales/zh-CN.ts';
import type { Language } from '../pages/words.ts';
import type { Form } from './form.ts';

const ALLIANCE = { 'zh-CN': allianceChinese, en: allianceEnglish };
const CHARITY = { 'zh-CN': charityChinese, en: charityEnglish };
const ID = 'benefit';
const HAND = { at: '2026-03-02T02:00:00.000Z', staffId: 'another', name: '虚构王' };
const rules = allianceRulesOn('2026-03-02');

const discount: DiscountView = {
  discountId: 'd',
  what: '全场',
  off: { kind: 'percent', percent: 10 },
  from: '2026-03-01',
  until: '2099-01-01',
  level: 1,
  version: 1,
  endedOn: null,
  used: 0,
  standing: 'in-force',
  forWhom: rules.levels[1]?.name ?? null,
};

/** A shop of which everything can be done. */
const SHOP: AllianceDetail = {
  state: {
    id: ID,
    merchantId: ID,
    merchantName: '海曙鞋行',
    merchantPath: '/HS/C1',
    joined: HAND,
    left: null,
    discounts: [discount],
    revision: 2,
  },
  unitName: '虚构商圈',
  rules,
  discounts: [discount],
  checks: [],
  canHandle: true,
  canCheck: true,
  timeline: [],
};

const applied = {
  id: 'a',
  charityId: ID,
  charityPath: '/HS/C1',
  applicant: { name: '赵六', phone: '***', group: 'rider' as const, platform: '虚构外卖' },
  need: 'accident' as const,
  story: '虚构',
  fen: 10_000,
  documents: ['identity' as const],
  status: 'applied' as const,
  applied: HAND,
  approvals: [],
  refused: null,
  revision: 1,
  paidOn: null,
};

const FUND: CharityDetail = {
  state: {
    id: ID,
    name: '爱心基金',
    unitPath: '/HS/C1',
    entries: [],
    donations: [
      {
        entryId: 'g',
        fen: 10_000,
        donor: { anonymous: true, name: null },
        on: '2026-03-01',
        by: HAND,
        undone: null,
      },
    ],
    payouts: [],
    revision: 2,
  },
  summary: {
    id: ID,
    name: '爱心基金',
    unitPath: '/HS/C1',
    unitName: '虚构商圈',
    balanceFen: 10_000,
    donatedFen: 10_000,
    paidFen: 0,
    waiting: 1,
  },
  applications: [{ ...applied, steps: ['charity-approved', 'charity-refused', 'charity-paid'] }],
  canHandle: true,
  canReveal: true,
  timeline: [],
};

const shop = (source: string, button: (said: typeof allianceEnglish) => string): Form => ({
  source: `alliance/${source}`,
  at: () => `alliance/${ID}`,
  button: (language: Language) => button(ALLIANCE[language]),
});
const fund = (button: (said: typeof charityEnglish) => string): Form => ({
  source: 'charity/charity-dialogs.tsx',
  at: () => `charity/${ID}`,
  button: (language: Language) => button(CHARITY[language]),
});

/** Every form of the alliance and of Love Funds. */
export const BENEFIT_FORMS = {
  'alliance-joined': { ...shop('alliance-page.tsx', (said) => said.join), at: () => 'alliance' },
  'alliance-left': shop('shop-page.tsx', (said) => said.step['alliance-left']),
  'discount-offered': shop('discount-dialog.tsx', (said) => said.offerPercent),
  'discount-offered-amount': shop('discount-dialog.tsx', (said) => said.offerAmount),
  'discount-changed': shop('discount-dialog.tsx', (said) => `${said.step['discount-changed']} 全场`),
  'discount-ended': shop('shop-page.tsx', (said) => `${said.step['discount-ended']} 全场`),
  'citizen-checked': shop('check-dialog.tsx', (said) => `${said.check.do} 全场`),
  'charity-opened': {
    source: 'charity/charities-page.tsx',
    at: () => 'charity',
    button: (language) => CHARITY[language].open,
  },
  'donation-received': fund((said) => said.step['donation-received']),
  'donation-undone': fund((said) => said.step['donation-undone']),
  'charity-applied': fund((said) => said.step['charity-applied']),
  'charity-refused': fund((said) => `${said.step['charity-refused']} 赵六`),
  'charity-paid': fund((said) => `${said.step['charity-paid']} 赵六`),
} satisfies Record<string, Form>;

/** Shop and fund are there, whoever is signed in. */
export async function offerBenefits(page: Page): Promise<void> {
  await page.route('**/rpc/alliance/get', (route) => route.fulfill({ json: { json: SHOP } }));
  await page.route('**/rpc/charity/get', (route) => route.fulfill({ json: { json: FUND } }));
}
