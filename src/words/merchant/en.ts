import type { Same } from '../same.ts';
import type * as zh from './zh-CN.ts';

export const promise = {
  title: 'No-reason return commitment',
  start: {
    'purchase-day': 'The day of purchase is day one',
    'day-after': 'The day after purchase is day one',
    'signed-next-day': 'The day after signing for delivery is day one',
  },
  labels: {
    goods: 'Goods',
    excluded: 'Not for',
    conditions: 'Conditions',
    gift: 'Gifts',
    freight: 'Way back',
    group: 'Other shops',
  },
  allGoods: 'All goods but those the law excludes',
  excludedNone: 'None',
  intact: 'Goods intact; inspection and reasonable trying leave them so; without a receipt both sides agree',
  conditions: 'Goods intact; {{conditions}}',
  gift: {
    returned: 'Come back too; never a ground for refusal alone',
    charged: 'Kept ones are charged at the marked price; never a ground for refusal alone',
  },
  freight: { consumer: 'Paid by the consumer', merchant: 'Paid by the merchant' },
  group: 'At any shop of “{{name}}”: {{shops}}',
  earlier: 'Earlier purchases keep the commitment of their day.',
} satisfies Same<typeof zh.promise>;
