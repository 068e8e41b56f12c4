import { z } from 'zod';
import { GradeCode, ListingKind, PenaltyClass } from '../credit/index.ts';
import { DayText } from '../kernel/event/event.ts';
import { Code, HonestyTag, Wording } from '../procedure/index.ts';
import { ConsentCapacity } from './consent-events.ts';

/** Where a rule comes from, and how surely. */
const sourced = { article: Wording, tag: HonestyTag };

const Months = z.int().min(1).max(600);

/**
 * What a product, or the whitelist, asks of a merchant. Each kind asks one thing; all rules of a product hold together.
 *
 * - `category`: the merchant's is one of these.
 * - `grade`: at least this one; a merchant without a grade, or whose grade is pending, has none.
 * - `months-in-business`: whole months since the day on the licence, at least and at most; null for no end.
 * - `listing`: it stands on none of these lists.
 * - `penalty`: none of this class or a graver one in the last so many months; ended ones do not count.
 * - `promise`: a no-reason return promise is in force.
 * - `source-resolution`: of its disputes that ended at least so many in a thousand at their source, and at least so many in number.
 * - `consent`: some consent of the merchant is in force.
 */
export const ProductRule = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('category'), oneOf: z.array(Code).min(1).max(20), ...sourced }),
  z.object({ kind: z.literal('grade'), atLeast: GradeCode, ...sourced }),
  z.object({
    kind: z.literal('months-in-business'),
    least: Months.nullable(),
    most: Months.nullable(),
    ...sourced,
  }),
  z.object({ kind: z.literal('listing'), none: z.array(ListingKind).min(1).max(4), ...sourced }),
  z.object({ kind: z.literal('penalty'), from: PenaltyClass, withinMonths: Months, ...sourced }),
  z.object({ kind: z.literal('promise'), ...sourced }),
  z.object({
    kind: z.literal('source-resolution'),
    leastPerMille: z.int().min(1).max(1000),
    leastCases: z.int().min(1).max(1000),
    ...sourced,
  }),
  z.object({ kind: z.literal('consent'), ...sourced }),
]);
export type ProductRule = z.infer<typeof ProductRule>;
export type RuleKind = ProductRule['kind'];

const Rules = z.array(ProductRule).min(1).max(20);

/** Somebody who may be given data: the last part of its unit's path below the topmost unit, its name, and how it is reached. */
const Recipient = z.object({
  code: Code,
  unit: z.string().regex(/^[A-Za-z0-9._-]{1,40}$/),
  name: z.string().trim().min(1).max(120),
  /** Null where the district has not said yet; a consent names one all the same (PIPL Art. 17). */
  contact: z.string().trim().min(1).max(120).nullable(),
  ...sourced,
});

const Product = z.object({
  code: Code,
  name: Wording,
  /** Who lends; null where that is open. */
  lender: Code.nullable(),
  rules: Rules,
  ...sourced,
});

/** The products of a district and what goes with them: one version. What it must not contradict is in `check-products.ts`. */
export const FinanceProducts = z.object({
  name: Wording,
  /** From this day on merchants are judged by it. */
  effectiveFrom: DayText,
  recipients: z.array(Recipient).min(1).max(40),
  consent: z.object({
    /** The longest that a consent may run, in days, its first and last one counted. */
    mostDays: z.int().min(1).max(1096),
    /** Who may give it, by the merchant's category. */
    signers: z
      .array(z.object({ category: Code, capacities: z.array(ConsentCapacity).min(1).max(4) }))
      .min(1)
      .max(20),
    ...sourced,
  }),
  whitelist: z.object({ rules: Rules, ...sourced }),
  products: z.array(Product).min(1).max(40),
});
export type FinanceProducts = z.infer<typeof FinanceProducts>;
export type FinanceProduct = FinanceProducts['products'][number];
