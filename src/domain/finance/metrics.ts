import type { MetricDeclaration } from '../kernel/event/deltas.ts';

/** What is counted of finance. To add a metric, add a line with the next id that no capability has given. */
export const FINANCE_METRICS = [
  // Each at the merchant's unit, also by merchant.
  { id: 43, name: 'consents-given' },
  { id: 44, name: 'consents-revoked' },
  { id: 45, name: 'consented-disclosures' },
  { id: 46, name: 'whitelist-entered' },
  { id: 47, name: 'whitelist-left' },
  // By product and by the merchant's category besides.
  { id: 48, name: 'credit-lines-granted' },
  { id: 49, name: 'credit-lines-granted-fen' },
  { id: 50, name: 'credit-lines-drawn-fen' },
  { id: 51, name: 'credit-lines-repaid-fen' },
  { id: 52, name: 'credit-lines-closed' },
] as const satisfies readonly MetricDeclaration[];
export type FinanceMetric = (typeof FINANCE_METRICS)[number]['name'];
