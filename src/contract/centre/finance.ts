import { z } from 'zod';
import type { Failing } from '../../domain/finance/index.ts';
import { Id, UnitPath } from '../../domain/kernel/event/event.ts';
import { Count } from './values.ts';

export const FinanceProductsInput = z.object({
  /** The topmost unit of a district; the only one when it is left out. */
  unitPath: UnitPath.optional(),
  /** A file as in `src/domain/finance/products.json`; every fault in it is answered, not only the first. */
  products: z.unknown(),
  /** True only says whether it could be published. */
  dryRun: z.boolean().default(false),
});

export const FinanceProductsAnswer = z.object({
  unitPath: z.string(),
  /** The number it has, or would have. */
  version: z.int(),
  published: z.boolean(),
});
export type FinanceProductsAnswer = z.infer<typeof FinanceProductsAnswer>;

export const FinanceEvaluationInput = z.object({
  /** True only counts; otherwise entries to the whitelist and leavings are recorded. */
  dryRun: z.boolean().default(false),
});

export const FinanceEvaluation = z.object({
  districts: z.array(
    z.object({
      district: z.string(),
      productsVersion: z.int(),
      merchants: Count,
      /** How many qualify, by product. */
      qualifying: z.record(z.string(), Count),
      entered: Count,
      left: Count,
    }),
  ),
});
export type FinanceEvaluation = z.infer<typeof FinanceEvaluation>;

export const FinanceMerchantQuery = z.object({ merchantId: Id });

const Value = z.union([z.string(), z.number()]);
const Missing = z.object({
  rule: z.string(),
  place: Count,
  has: Value.nullable(),
  needs: Value,
  whatWouldChangeIt: z.object({
    kind: z.string(),
    day: z.string().exactOptional(),
    count: Count.exactOptional(),
  }),
  otherwiseOn: z.string().nullable(),
});

export const FinanceMerchant = z.object({
  day: z.string(),
  productsVersion: z.int(),
  products: z.array(z.object({ code: z.string(), qualifies: z.boolean(), failing: z.array(Missing) })),
  listed: z.boolean(),
});
export type FinanceMerchant = Omit<z.infer<typeof FinanceMerchant>, 'products'> & {
  products: { code: string; qualifies: boolean; failing: readonly Failing[] }[];
};
