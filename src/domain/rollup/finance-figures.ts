import { z } from 'zod';
import type { Metric } from './metrics.ts';

const Count = z.int();

/** What banks have lent, by product, by the merchant's category, or by unit. Money in fen. */
export const FinanceFigures = z.object({
  granted: Count,
  grantedFen: Count,
  drawnFen: Count,
  repaidFen: Count,
  closed: Count,
  /** Drawn and not repaid by the end of the period, since the first line of all. */
  owedFen: Count,
  /** Merchants' consents and the whitelist; null by product and category, by which they are not counted. */
  consents: z
    .object({ given: Count, revoked: Count, disclosures: Count, entered: Count, left: Count })
    .nullable(),
});
export type FinanceFigures = z.infer<typeof FinanceFigures>;

type Counted = Partial<Record<Metric, number>>;

/** Metrics that these figures are made of. */
export const FINANCE_COUNTED = [
  'credit-lines-granted',
  'credit-lines-granted-fen',
  'credit-lines-drawn-fen',
  'credit-lines-repaid-fen',
  'credit-lines-closed',
  'consents-given',
  'consents-revoked',
  'consented-disclosures',
  'whitelist-entered',
  'whitelist-left',
] as const satisfies readonly Metric[];

/** Figures of a period, with what is still owed by all that was counted up to its end. Pure. */
export function financeFigures(period: Counted, toDate: Counted, of: 'unit' | 'kind'): FinanceFigures {
  const count = (metric: Metric): number => period[metric] ?? 0;
  return {
    granted: count('credit-lines-granted'),
    grantedFen: count('credit-lines-granted-fen'),
    drawnFen: count('credit-lines-drawn-fen'),
    repaidFen: count('credit-lines-repaid-fen'),
    closed: count('credit-lines-closed'),
    owedFen: (toDate['credit-lines-drawn-fen'] ?? 0) - (toDate['credit-lines-repaid-fen'] ?? 0),
    consents:
      of === 'kind'
        ? null
        : {
            given: count('consents-given'),
            revoked: count('consents-revoked'),
            disclosures: count('consented-disclosures'),
            entered: count('whitelist-entered'),
            left: count('whitelist-left'),
          },
  };
}
