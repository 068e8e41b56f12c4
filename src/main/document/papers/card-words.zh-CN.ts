import type { FreightRule, GiftRule, StartRule } from '../../../domain/merchant/index.ts';
import { goods as enGoods } from '../../../words/return/en.ts';
import { goods as zhGoods } from '../../../words/return/zh-CN.ts';

/** What a shop's card says: Chinese, and English small below it. */
export type Said = { zh: string; en: string };

type Goods = keyof typeof zhGoods;
const isGoods = (code: string): code is Goods => Object.hasOwn(zhGoods, code);

/** Kinds of goods by name; a code that this release does not know stands as it is. */
const named = (codes: readonly string[]): Said => ({
  zh: codes.map((code) => (isGoods(code) ? zhGoods[code] : code)).join('、'),
  en: codes.map((code) => (isGoods(code) ? enGoods[code] : code)).join(', '),
});

export const cardWords = {
  title: { zh: '无理由退货承诺', en: 'No-reason return commitment' },
  days: (days: number): { figure: string; zh: string; en: string } => ({
    figure: String(days),
    zh: '天',
    en: days === 1 ? 'day' : 'days',
  }),
  start: {
    'purchase-day': { zh: '自购买当日起算（购买当日为第一天）', en: 'The day of purchase is day one' },
    'day-after': { zh: '自购买次日起算（购买次日为第一天）', en: 'The day after purchase is day one' },
    'signed-next-day': {
      zh: '自签收次日起算（送货商品签收次日为第一天）',
      en: 'The day after signing for delivery is day one',
    },
  } satisfies Record<StartRule, Said>,
  labels: {
    goods: { zh: '适用商品', en: 'Goods' },
    excluded: { zh: '除外商品', en: 'Not for' },
    conditions: { zh: '退货条件', en: 'Conditions' },
    gift: { zh: '赠品', en: 'Gifts' },
    freight: { zh: '运费', en: 'Way back' },
    group: { zh: '异店退货', en: 'Other shops' },
  },
  allGoods: { zh: '全部商品，法律规定不宜退货的除外', en: 'All goods but those the law excludes' },
  goods: (codes: readonly string[]): Said => named(codes),
  excludedNone: { zh: '无', en: 'None' },
  intact: {
    zh: '商品完好；开箱查验、合理试用不影响完好；凭证遗失的由双方协商',
    en: 'Goods intact; inspection and reasonable trying leave them so; without a receipt both sides agree',
  },
  conditions: (conditions: string): string => `商品完好；${conditions}`,
  gift: {
    returned: {
      zh: '随商品退回，不得仅以赠品为由拒绝退货',
      en: 'Come back too; never a ground for refusal alone',
    },
    charged: {
      zh: '不退的按事先标明的价格计，不得仅以赠品为由拒绝退货',
      en: 'Kept ones are charged at the marked price; never a ground for refusal alone',
    },
  } satisfies Record<GiftRule, Said>,
  freight: {
    consumer: { zh: '由消费者承担', en: 'Paid by the consumer' },
    merchant: { zh: '由商户承担', en: 'Paid by the merchant' },
  } satisfies Record<FreightRule, Said>,
  group: (name: string, shops: readonly string[]): Said => ({
    zh: `“${name}”各店均可退：${shops.join('、')}`,
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
  earlier: {
    zh: '承诺变更、终止前购买的，仍按购买当日的承诺办理。',
    en: 'Earlier purchases keep the commitment of their day.',
  },
  qr: (number: string): string => `承诺公示牌 ${number} 的二维码`,
};
