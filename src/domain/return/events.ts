import { z } from 'zod';
import { DayText, Id } from '../kernel/event/event.ts';
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

/** The consumer of a return; a phone is only needed when a case grows out of it. */
export const ReturnConsumer = z.object({
  name: z.string().trim().min(1).max(60),
  phone: z
    .string()
    .regex(/^\+?\d{7,15}$/)
    .nullable(),
});

export const returnSchemas = {
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
  }),
  'return-granted@1': z.object({ refundFen: Fen, route: RefundRoute, refundedOn: DayText }),
  'return-refused@1': z.object({ ground: ReturnRefusalGround, text: z.string().trim().min(1).max(1000) }),
  /** The consumer did not accept the refusal: a case was opened from it. */
  'return-disputed@1': z.object({ caseId: Id }),
};
