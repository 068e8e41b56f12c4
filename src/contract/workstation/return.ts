import { type } from '@orpc/contract';
import { z } from 'zod';
import { returnSchemas, ReturnConsumer } from '../../domain/return/events.ts';
import type { Assessment } from '../../domain/return/eligibility.ts';
import { ReturnRequest } from '../../domain/return/request.ts';
import { RETURN_STATUSES, type ReturnState, type ReturnStatus } from '../../domain/return/reducer.ts';
import type { MerchantCommitment } from '../../domain/merchant/index.ts';
import { IN_SIGHT, OWN_UNIT } from '../../domain/organisation/index.ts';
import { capable, FormId, signedIn, Page } from './base.ts';
import type { TimelineEntry } from './case.ts';

export type ReturnSummary = {
  id: string;
  number: string;
  status: ReturnStatus;
  merchantId: string;
  merchantName: string;
  goodsName: string;
  amountFen: number;
  consumerName: string;
  verdict: 'eligible' | 'ineligible' | 'negotiable';
  requestedAt: string;
  unitPath: string;
  unitName: string;
  caseId: string | null;
  waiting: number;
};

export type ReturnDetail = {
  state: ReturnState;
  summary: ReturnSummary;
  commitment: MerchantCommitment | null;
  assessment: Assessment | null;
  timeline: TimelineEntry[];
  canDecide: boolean;
  canDispute: boolean;
};

export const RequestReturn = z.object({
  returnId: z.uuid(),
  merchantId: z.string().min(1).max(64),
  consumer: ReturnConsumer,
  request: ReturnRequest.omit({ requestedOn: true }),
});
export type RequestReturn = z.infer<typeof RequestReturn>;

export const ReturnDecision = z.discriminatedUnion('decision', [
  z.object({ decision: z.literal('grant'), payload: returnSchemas['return-granted@1'] }),
  z.object({ decision: z.literal('refuse'), payload: returnSchemas['return-refused@1'] }),
]);
export type ReturnDecision = z.infer<typeof ReturnDecision>;

export const returns = {
  list: signedIn(IN_SIGHT)
    .input(
      Page.extend({
        filter: z
          .object({
            status: z.array(z.enum(RETURN_STATUSES)).optional(),
            merchantId: z.string().max(64).optional(),
            requestedFrom: z.iso.date().optional(),
            requestedTo: z.iso.date().optional(),
            search: z.string().max(100).optional(),
          })
          .default({}),
      }),
    )
    .output(type<{ items: ReturnSummary[]; total: number; cursor: string | null }>()),
  get: signedIn(IN_SIGHT)
    .input(z.object({ id: z.string().max(64) }))
    .output(type<ReturnDetail>()),
  /** The verdict on what is typed so far, with its reasons; saves nothing. */
  assess: signedIn(IN_SIGHT)
    .input(
      z.object({
        merchantId: z.string().min(1).max(64),
        request: ReturnRequest.omit({ requestedOn: true }),
      }),
    )
    .output(type<{ commitment: MerchantCommitment | null; assessment: Assessment | null }>()),
  request: capable('return.handle', OWN_UNIT).input(RequestReturn).output(type<ReturnDetail>()),
  decide: capable('return.handle', IN_SIGHT)
    .input(
      z.object({
        id: z.string().max(64),
        revision: z.int().min(0),
        eventId: FormId.optional(),
        decision: ReturnDecision,
      }),
    )
    .output(type<ReturnDetail>()),
  /** Opens a case from a refused return, filled in from it; both facts are saved together. */
  dispute: capable('case.handle', IN_SIGHT)
    .input(
      z.object({
        id: z.string().max(64),
        revision: z.int().min(0),
        caseId: z.uuid(),
        consumerPhone: z.string().regex(/^\+?\d{7,15}$/),
        facts: z.string().trim().min(1).max(4000),
      }),
    )
    .output(type<{ caseId: string; caseNumber: string }>()),
};
