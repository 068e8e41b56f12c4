import { z } from 'zod';
import { erasureSchemas } from '../kernel/event/erasure.ts';
import { DayText, Id, UnitPath } from '../kernel/event/event.ts';
import { personal, told } from '../kernel/text/index.ts';
import { Fen } from '../case/index.ts';
import { ReturnRequest } from './request.ts';

export const RefundRoute = z.enum(['original', 'cash', 'bank', 'store-credit', 'advance-fund']);
export type RefundRoute = z.infer<typeof RefundRoute>;

export const ReturnRefusalGround = z.enum([
  'out-of-window',
  'excluded-goods',
  'condition',
  'no-proof',
  'not-committed',
  'other',
]);
export type ReturnRefusalGround = z.infer<typeof ReturnRefusalGround>;

/** How the case that a return became has ended; `granted-later`: the goods were taken back after all. */
export const ReturnOutcomeOfCase = z.enum([
  'settled',
  'granted-later',
  'withdrawn',
  'terminated',
  'failed',
  'refused',
]);
export type ReturnOutcomeOfCase = z.infer<typeof ReturnOutcomeOfCase>;

/** What an abuse of returns is said to be: bought only for show, or used and then returned (Beijing's guide of 2025). */
export const ReturnConcern = z.enum(['feigned-purchase', 'used-then-returned', 'other']);
export type ReturnConcern = z.infer<typeof ReturnConcern>;

/** The shop of a group where goods were bought that come back to another one. */
export const PurchasedAt = z.object({
  merchantId: Id,
  name: z.string().min(1).max(160),
  unitPath: UnitPath,
  group: z.string().min(1).max(60),
});
export type PurchasedAt = z.infer<typeof PurchasedAt>;

/** The consumer of a return; a phone is only needed when a case grows out of it. */
export const ReturnConsumer = z.object({
  name: personal('name', z.string().trim().min(1).max(60)),
  phone: personal('phone', z.string().regex(/^\+?\d{7,15}$|^\*{3}$/)).nullable(),
});

export const returnSchemas = {
  ...erasureSchemas,
  'return-requested@1': z.object({
    number: z.string().min(3).max(60),
    merchantId: Id,
    merchantName: z.string().min(1).max(160),
    commitmentId: Id.nullable(),
    commitmentVersion: z.int().min(1).nullable(),
    consumer: ReturnConsumer,
    request: ReturnRequest,
    /** The verdict shown to the person who decided, with the rules behind it. */
    verdict: z.enum(['eligible', 'ineligible', 'negotiable']),
    reasons: z
      .array(z.object({ rule: z.string().max(60), outcome: z.enum(['pass', 'fail', 'negotiable']) }))
      .max(20),
    /** Another shop of the promise's group, where the goods were bought; absent where they were bought here. */
    purchasedAt: PurchasedAt.optional(),
  }),
  'return-granted@1': z.object({ refundFen: Fen, route: RefundRoute, refundedOn: DayText }),
  'return-refused@1': z.object({
    ground: ReturnRefusalGround,
    text: told(z.string().trim().min(1).max(1000)),
  }),
  /** The consumer did not accept the refusal: a case was opened from it. */
  'return-disputed@1': z.object({ caseId: Id }),
  /** The same, or nobody had decided in time. */
  'return-disputed@2': z.object({ caseId: Id, because: z.enum(['refused', 'overdue']) }),
  /** The shop where the goods were bought has paid back what this one refunded. */
  'return-settled@1': z.object({ paidOn: DayText, reference: z.string().trim().min(1).max(120) }),
  /** That was recorded wrongly: the payment stays in the ledger, and another entry takes it back. */
  'return-settlement-undone@1': z.object({
    undoneOn: DayText,
    reason: told(z.string().trim().min(1).max(300)),
  }),
  /** How the case ended that grew out of it, taken over by the unit that took the request. */
  'return-resolved@1': z.object({ caseId: Id, outcome: ReturnOutcomeOfCase, agreedFen: Fen.nullable() }),
  /**
   * What looks like an abuse, as facts with where they can be seen. A note decides nothing, no rule reads it, and it is printed
   * on no paper.
   */
  'return-noted@1': z.object({
    concern: ReturnConcern,
    facts: told(z.string().trim().min(1).max(1000)),
    evidence: told(z.string().trim().min(1).max(500)),
  }),
};
export type ReturnPayload<Key extends keyof typeof returnSchemas> = z.infer<(typeof returnSchemas)[Key]>;
