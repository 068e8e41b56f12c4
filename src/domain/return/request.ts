import { z } from 'zod';
import { Fen } from '../case/index.ts';
import { DayText } from '../kernel/event/event.ts';
import { GoodsCategory } from './commitment.ts';

/** In what state the goods come back. Opening to inspect and reasonable trying leave them intact. */
export const GoodsCondition = z.enum([
  'intact',
  'opened-for-inspection',
  'tried-reasonably',
  'used',
  'damaged',
  'incomplete',
]);
export type GoodsCondition = z.infer<typeof GoodsCondition>;

export const ProofType = z.enum(['receipt', 'payment-record', 'order', 'none']);
export type ProofType = z.infer<typeof ProofType>;

export const Gift = z.enum(['none', 'returned', 'kept']);
export type Gift = z.infer<typeof Gift>;

/** What the consumer asks for and the clerk sees at the counter. Money in fen, days in Asia/Shanghai. */
export const ReturnRequest = z.object({
  goodsCategory: GoodsCategory,
  goodsName: z.string().trim().min(1).max(120),
  purchasedOn: DayText,
  requestedOn: DayText,
  /** What was paid. */
  amountFen: Fen,
  condition: GoodsCondition,
  proofType: ProofType,
  proofNumber: z.string().trim().min(1).max(60).nullable(),
  /** Whether a gift came with the goods, and whether it comes back. */
  gift: Gift,
  /** Marked price of a gift that is kept; null when there is none or it carried no price. */
  giftPriceFen: Fen.nullable(),
  /** The consumer confirmed at purchase that these goods are unsuitable for return by their nature. */
  confirmedUnsuitable: z.boolean(),
  /** When delivered goods were signed for; absent or null where they were taken along, or nobody knows. */
  receivedOn: DayText.nullable().optional(),
  /** What sending the goods back costs; absent or null where they are brought to the counter. */
  freightFen: Fen.nullable().optional(),
});
export type ReturnRequest = z.infer<typeof ReturnRequest>;
