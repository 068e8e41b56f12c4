import type { FreightRule, GiftRule, StartRule } from '../../../domain/merchant/index.ts';
import { promise as en } from '../../../words/merchant/en.ts';
import { promise as zh } from '../../../words/merchant/zh-CN.ts';
import { goods as enGoods } from '../../../words/return/en.ts';
import { goods as zhGoods } from '../../../words/return/zh-CN.ts';
import type { Same } from '../../../words/same.ts';

/** What a shop's card says: Chinese, and English small below it. */
export type Said = { zh: string; en: string };

/** What is said of promises everywhere, in both languages. */
const both = (pick: (words: Same<typeof zh>) => string): Said => ({ zh: pick(zh), en: pick(en) });

type Goods = keyof typeof zhGoods;
const isGoods = (code: string): code is Goods => Object.hasOwn(zhGoods, code);

/** Kinds of goods by name; a code that this release does not know stands as it is. */
const named = (codes: readonly string[]): Said => ({
  zh: codes.map((code) => (isGoods(code) ? zhGoods[code] : code)).join('、'),
  en: codes.map((code) => (isGoods(code) ? enGoods[code] : code)).join(', '),
});

export const cardWords = {
  title: both(({ title }) => title),
  days: (days: number): { figure: string; zh: string; en: string } => ({
    figure: String(days),
    zh: '天',
    en: days === 1 ? 'day' : 'days',
  }),
  start: {
    'purchase-day': both(({ start }) => start['purchase-day']),
    'day-after': both(({ start }) => start['day-after']),
    'signed-next-day': both(({ start }) => start['signed-next-day']),
  } satisfies Record<StartRule, Said>,
  labels: {
    goods: both(({ labels }) => labels.goods),
    excluded: both(({ labels }) => labels.excluded),
    conditions: both(({ labels }) => labels.conditions),
    gift: both(({ labels }) => labels.gift),
    freight: both(({ labels }) => labels.freight),
    group: both(({ labels }) => labels.group),
  },
  allGoods: both(({ allGoods }) => allGoods),
  goods: (codes: readonly string[]): Said => named(codes),
  excludedNone: both(({ excludedNone }) => excludedNone),
  intact: both(({ intact }) => intact),
  conditions: (conditions: string): string => zh.conditions.replace('{{conditions}}', () => conditions),
  gift: {
    returned: both(({ gift }) => gift.returned),
    charged: both(({ gift }) => gift.charged),
  } satisfies Record<GiftRule, Said>,
  freight: {
    consumer: both(({ freight }) => freight.consumer),
    merchant: both(({ freight }) => freight.merchant),
  } satisfies Record<FreightRule, Said>,
  // Room is short on a card: which shops they are stands there once, in Chinese.
  group: (name: string, shops: readonly string[]): Said => ({
    zh: zh.group.replace('{{name}}', () => name).replace('{{shops}}', () => shops.join('、')),
    en: 'At any shop of the group',
  }),
  from: (day: string, version: number): Said => ({
    zh: `自 ${day} 起购买适用 · 第 ${version} 版`,
    en: `For purchases from ${day} · version ${version}`,
  }),
  confirmed: (unit: string): Said => ({ zh: `${unit} 确认`, en: 'Confirmed' }),
  check: { zh: '扫码核验', en: 'Scan to check' },
  number: (number: string): string => `编号 ${number}`,
  code: (code: string): string => `校验码 ${code}`,
  // In groups, for who types it.
  publicCode: (code: string): string => `公示码 ${(code.match(/.{1,5}/g) ?? []).join('-')}`,
  earlier: both(({ earlier }) => earlier),
  qr: (number: string): string => `承诺公示牌 ${number} 的二维码`,
};
