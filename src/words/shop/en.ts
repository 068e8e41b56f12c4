import type { Same } from '../same.ts';
import type * as zh from './zh-CN.ts';

export const figures = {
  requested: 'Returns requested',
  granted: 'Returns granted',
  refused: 'Returns refused',
  waiting: 'Not decided yet',
  refundedFen: 'Refunded (yuan)',
  medianHours: 'Median hours to refund',
  longestHours: 'Longest hours to refund',
  disputes: 'Disputes registered',
  ended: 'Disputes with a result',
  settled: 'Settled',
  settledAtSource: 'Settled at source',
} satisfies Same<typeof zh.figures>;

export const sheet = {
  title: 'Monthly sheet',
  figures: 'Figures of the month',
  figure: 'Item',
  value: 'This month',
  returns: 'Returns',
  disputes: 'Disputes',
  number: 'Number',
  goods: 'Goods',
  consumer: 'Consumer',
  amount: 'Price (yuan)',
  requestedOn: 'Requested on',
  decided: 'Decision',
  refundedOn: 'Refunded on',
  refund: 'Refund (yuan)',
  hours: 'Hours',
  registered: 'Registered',
  status: 'Status',
  outcome: 'Result at',
  empty: 'None this month',
  measured:
    "Hours run from request to refund; of a till's list only days are known, each counting 24 hours. Settled at source: settled at the shop or the mall without having gone up.",
} satisfies Same<typeof zh.sheet>;

export const decision = {
  requested: 'Not decided yet',
  granted: 'Granted',
  refused: 'Refused',
} satisfies Same<typeof zh.decision>;
