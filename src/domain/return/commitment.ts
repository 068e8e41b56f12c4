import { z } from 'zod';
import { DayText, Id } from '../kernel/event/event.ts';
import { FreightRule, GiftRule, StartRule } from '../merchant/index.ts';

/**
 * Kinds of goods as returns tell them apart: those that the law excludes, those that merchants often
 * exclude, and the rest. A versioned code list of ours (no official one was found).
 */
export const GoodsCategory = z.enum([
  'clothing',
  'shoes-and-bags',
  'appliance',
  'digital',
  'home',
  'sports',
  'children',
  'underwear',
  'cosmetics',
  'jewellery',
  'food',
  'medicine',
  'custom-made',
  'fresh',
  'audio-video-software',
  'periodical',
  'other',
]);
export type GoodsCategory = z.infer<typeof GoodsCategory>;

/**
 * A merchant's displayed promise to take goods back without a reason. Voluntary offline, binding once
 * displayed. In force from `effectiveFrom` to the day before `effectiveTo`.
 */
export const Commitment = z.object({
  id: Id,
  merchantId: Id,
  /** 1, 2, 3, … per merchant. */
  version: z.int().min(1),
  windowDays: z.int().min(1).max(365),
  /** True (our default): the day of purchase does not count, 民法典 Art. 201. */
  windowStartsNextDay: z.boolean().default(true),
  /** Absent in promises of an older release, where `windowStartsNextDay` says all. */
  startRule: StartRule.optional(),
  /** Kinds of goods it holds for; null or absent for all. */
  goods: z.array(GoodsCategory).max(40).nullable().optional(),
  excludedGoods: z.array(GoodsCategory).max(40),
  /** Absent where the promise says nothing of gifts, or of the way back. */
  giftRule: GiftRule.optional(),
  freightRule: FreightRule.optional(),
  effectiveFrom: DayText,
  effectiveTo: DayText.nullable(),
  note: z.string().max(500).nullable(),
});
export type Commitment = z.infer<typeof Commitment>;

/** What an assessment needs of a promise; `MerchantCommitment` fits too. */
export type CommitmentTerms = Pick<
  Commitment,
  | 'windowDays'
  | 'windowStartsNextDay'
  | 'startRule'
  | 'giftRule'
  | 'freightRule'
  | 'effectiveFrom'
  | 'effectiveTo'
> & { excludedGoods: readonly string[]; goods?: readonly string[] | null | undefined };

/** From which day a promise counts. */
export function startRuleOf({
  startRule,
  windowStartsNextDay,
}: Pick<CommitmentTerms, 'startRule' | 'windowStartsNextDay'>): StartRule {
  return startRule ?? (windowStartsNextDay ? 'day-after' : 'purchase-day');
}
