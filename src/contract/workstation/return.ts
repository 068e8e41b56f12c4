import { type } from '@orpc/contract';
import { z } from 'zod';
import type { CaseStatus } from '../../domain/case/index.ts';
import { returnSchemas, ReturnConsumer, type ReturnOutcomeOfCase } from '../../domain/return/events.ts';
import type { Assessment } from '../../domain/return/eligibility.ts';
import { ReturnRequest } from '../../domain/return/request.ts';
import { RETURN_STATUSES, type ReturnState, type ReturnStatus } from '../../domain/return/reducer.ts';
import type { PairBalance } from '../../domain/return/settlement.ts';
import type { MerchantCommitment } from '../../domain/merchant/index.ts';
import { IN_SIGHT, OWN_UNIT } from '../../domain/organisation/index.ts';
import { capable, FormId, Page } from './base.ts';
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
  /** Until when it is to be decided; null once it is, or has become a case. */
  due: { dueAt: string; days: number; late: boolean } | null;
  /** The case it became, as far as it is known here; null where there is none, or it has left this workstation. */
  linkedCase: LinkedCase | null;
  canResolve: boolean;
  canNote: boolean;
  canReveal: boolean;
  /** Whether what the shop of purchase paid back may be recorded now, or taken back. */
  canSettle: boolean;
  canUnsettle: boolean;
  /** By what its consumer asks about it at the centre's public page, and where that is; null where there is no such page. */
  inquiry: { code: string; address: string } | null;
};

/** What stands between two shops of a group, and the returns of which it is made. */
export type ShopBalance = PairBalance & { creditorName: string; debtorName: string; items: CrossShopItem[] };
export type CrossShopItem = {
  id: string;
  number: string;
  returnShop: string;
  refundFen: number;
  refundedOn: string;
  settled: boolean;
};

/** How the case stands that a return became, and what its end comes to for the return; null while it goes on. */
export type LinkedCase = {
  id: string;
  number: string;
  status: CaseStatus;
  handlingName: string;
  end: { outcome: ReturnOutcomeOfCase; agreedFen: number | null; at: string } | null;
};

/** A return that waits to be decided, and until when. */
export type WaitingReturn = ReturnSummary & { dueAt: string; late: boolean };

export const RequestReturn = z.object({
  returnId: z.uuid(),
  merchantId: z.string().min(1).max(64),
  /** The shop of the promise's group where the goods were bought; absent where they were bought here. */
  purchasedAt: z.string().min(1).max(64).optional(),
  consumer: ReturnConsumer,
  request: ReturnRequest.omit({ requestedOn: true }),
});
export type RequestReturn = z.infer<typeof RequestReturn>;

export const ReturnDecision = z.discriminatedUnion('decision', [
  z.object({ decision: z.literal('grant'), payload: returnSchemas['return-granted@1'] }),
  z.object({ decision: z.literal('refuse'), payload: returnSchemas['return-refused@1'] }),
]);
export type ReturnDecision = z.infer<typeof ReturnDecision>;

/** What `reveal` shows; null where none was left. */
export type RevealedReturn = { phone: string | null };

/** A record at the revision the person saw, and the id of the fact that the form records. */
const Seen = z.object({
  id: z.string().max(64),
  revision: z.int().min(0),
  eventId: FormId.optional(),
});

export const returns = {
  list: capable('return.read', IN_SIGHT)
    .input(
      Page.extend({
        filter: z
          .object({
            status: z.array(z.enum(RETURN_STATUSES)).max(RETURN_STATUSES.length).optional(),
            merchantId: z.string().max(64).optional(),
            requestedFrom: z.iso.date().optional(),
            requestedTo: z.iso.date().optional(),
            search: z.string().max(100).optional(),
          })
          .default({}),
      }),
    )
    .output(type<{ items: ReturnSummary[]; total: number; cursor: string | null }>()),
  get: capable('return.read', IN_SIGHT)
    .input(z.object({ id: z.string().max(64) }))
    .output(type<ReturnDetail>()),
  /** The verdict on what is typed so far, with its reasons; saves nothing. */
  assess: capable('return.read', IN_SIGHT)
    .input(
      z.object({
        merchantId: z.string().min(1).max(64),
        request: ReturnRequest.omit({ requestedOn: true }),
      }),
    )
    .output(type<{ commitment: MerchantCommitment | null; assessment: Assessment | null }>()),
  request: capable('return.handle', OWN_UNIT).input(RequestReturn).output(type<ReturnDetail>()),
  decide: capable('return.handle', IN_SIGHT)
    .input(Seen.extend({ decision: ReturnDecision }))
    .output(type<ReturnDetail>()),
  /** What shops of a group owe one another for returns of a period, by the day of the refund. */
  between: capable('return.read', IN_SIGHT)
    .input(z.object({ from: z.iso.date(), to: z.iso.date() }))
    .output(type<{ pairs: ShopBalance[]; more: boolean }>()),
  settle: capable('return.handle', IN_SIGHT)
    .input(Seen.extend(returnSchemas['return-settled@1'].shape))
    .output(type<ReturnDetail>()),
  unsettle: capable('return.handle', IN_SIGHT)
    .input(Seen.extend(returnSchemas['return-settlement-undone@1'].shape))
    .output(type<ReturnDetail>()),
  /** Takes over how the case ended that the return became. */
  resolve: capable('return.handle', IN_SIGHT)
    .input(Seen.extend(returnSchemas['return-resolved@1'].shape))
    .output(type<ReturnDetail>()),
  /** Notes what looks like an abuse, as facts; nothing is decided by it. */
  note: capable('return.handle', IN_SIGHT)
    .input(Seen.extend(returnSchemas['return-noted@1'].shape))
    .output(type<ReturnDetail>()),
  /** The consumer's telephone number; each look is logged. */
  reveal: capable('personal-data.reveal', IN_SIGHT, {
    whole: 'It is what is asked for, with a reason that is kept.',
  })
    .input(z.object({ id: z.string().max(64), reason: z.string().trim().min(2).max(200) }))
    .output(type<RevealedReturn>()),
  /** Opens a case from a return that was refused or not decided in time, filled in from it; both facts are saved together. */
  dispute: capable('case.handle', IN_SIGHT)
    .input(
      z.object({
        id: z.string().max(64),
        revision: z.int().min(0),
        caseId: z.uuid(),
        /** Absent where the number that the return has is the one. */
        consumerPhone: z
          .string()
          .regex(/^\+?\d{7,15}$/)
          .optional(),
        facts: z.string().trim().min(1).max(4000),
      }),
    )
    .output(type<{ caseId: string; caseNumber: string }>()),
};
