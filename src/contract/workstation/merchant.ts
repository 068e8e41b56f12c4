import { type } from '@orpc/contract';
import { z } from 'zod';
import { commitmentSchemas, PromiseTerms } from '../../domain/merchant/commitments.ts';
import type { DuplicateGround } from '../../domain/merchant/duplicates.ts';
import { merchantSchemas, type MerchantState } from '../../domain/merchant/merchant.ts';
import { PublicCode } from '../../domain/merchant/public-code.ts';
import type { EarlierPlace } from '../../domain/merchant/register.ts';
import { IN_SIGHT, unitAndBelow } from '../../domain/organisation/index.ts';
import { capable, FormId, Page } from './base.ts';
import type { TimelineEntry } from './case.ts';
import type { DocumentFile } from './document.ts';
import type { UnitSummary } from './session.ts';

export type MerchantSummary = {
  id: string;
  name: string;
  creditCode: string | null;
  category: MerchantState['category'];
  unitPath: string;
  unitName: string;
  phone: string | null;
  /** Days of the promise in force today; null without one. */
  commitmentDays: number | null;
  /** Whether a promise waits to be confirmed. */
  proposed: boolean;
  openCases: number;
  invented: boolean;
};

/** The merchants of a unit and all below it: how many have a promise in force, and how many one that waits. */
export type UnitCoverage = {
  path: string;
  name: string;
  level: number;
  merchants: number;
  promised: number;
  proposed: number;
};

export type MerchantDetail = {
  state: MerchantState;
  summary: MerchantSummary;
  /** What this workstation knows of the merchant. */
  counts: { cases: number; settled: number; returns: number; returnsGranted: number };
  /** Entries that are the same merchant; what happened under them is counted and shown with it. */
  absorbed: { id: string; name: string; unitName: string; mergedInto: string }[];
  /** Where it traded before, oldest first. */
  earlierPlaces: (EarlierPlace & { unitName: string })[];
  canEdit: boolean;
  /** Whether the signed-in person may confirm or refuse what the merchant proposes; not what they proposed themselves. */
  canConfirm: boolean;
  /** Where everybody reads of it; null where it has no public code, or the centre no public address. */
  publicAddress: string | null;
  /** Days before which an end, or less than before, has to be said. */
  noticeDays: number;
  /** What happened to it, with what each update replaced. */
  timeline: TimelineEntry[];
};

/** Two entries that may be one merchant, and why. */
export type DuplicatePair = { first: MerchantSummary; second: MerchantSummary; grounds: DuplicateGround[] };

/** As it was typed: spaces and hyphens are taken out before it is recorded. */
const TypedCode = z.string().max(60).nullable();
/** Somebody was asked about a code that looks wrong, and keeps it as it is. */
const codeConfirmed = z.boolean().optional();

/** The entry a fact is recorded about, at the revision that the person saw, and the id of the fact that the form records. */
const Seen = z.object({
  id: z.string().max(64),
  revision: z.int().min(0),
  eventId: FormId.optional(),
});

export const merchants = {
  list: capable('merchant.read', IN_SIGHT)
    .input(
      Page.extend({
        search: z.string().max(100).optional(),
        /** Only those whose promise waits to be confirmed. */
        proposed: z.boolean().optional(),
        unitPath: z.string().max(600).optional(),
        committed: z.boolean().optional(),
      }),
    )
    .output(type<{ items: MerchantSummary[]; total: number; cursor: string | null }>()),
  get: capable('merchant.read', IN_SIGHT)
    .input(z.object({ id: z.string().max(64) }))
    .output(type<MerchantDetail>()),
  register: capable('merchant.edit', unitAndBelow('unitPath'))
    .input(
      merchantSchemas['merchant-registered@2']
        .omit({ invented: true })
        .extend({ creditCode: TypedCode, merchantId: z.uuid(), codeConfirmed }),
    )
    .output(type<MerchantDetail>()),
  update: capable('merchant.edit', IN_SIGHT)
    .input(
      Seen.extend({
        fields: merchantSchemas['merchant-updated@2'].extend({ creditCode: TypedCode }),
        codeConfirmed,
      }),
    )
    .output(type<MerchantDetail>()),
  /** A new version of its promise, which counts once somebody of the operator has confirmed it. */
  propose: capable('merchant.edit', IN_SIGHT)
    .input(Seen.extend({ commitment: PromiseTerms }))
    .output(type<MerchantDetail>()),
  confirmProposal: capable('commitment.confirm', IN_SIGHT)
    .input(Seen.extend(commitmentSchemas['commitment-confirmed@1'].shape))
    .output(type<MerchantDetail>()),
  refuseProposal: capable('commitment.confirm', IN_SIGHT)
    .input(Seen.extend(commitmentSchemas['commitment-refused@1'].shape))
    .output(type<MerchantDetail>()),
  /** Entries that may be one merchant, the likeliest first; of very many not all. */
  duplicates: capable('merchant.edit', IN_SIGHT).output(type<{ pairs: DuplicatePair[]; total: number }>()),
  /** Says that an entry is the same merchant as another, which stays; gives back the one that goes. */
  merge: capable('merchant.edit', IN_SIGHT)
    .input(Seen.extend({ intoId: z.string().max(64) }))
    .output(type<MerchantDetail>()),
  /** Undoes a merge: both are as they were. */
  unmerge: capable('merchant.edit', IN_SIGHT)
    .input(Seen.extend({ intoId: z.string().max(64) }))
    .output(type<MerchantDetail>()),
  /** From a day on it trades elsewhere within the scope; its past stays where it happened. */
  move: capable('merchant.edit', unitAndBelow('toPath'))
    .input(Seen.extend(merchantSchemas['merchant-moved@1'].shape))
    .output(type<MerchantDetail>()),
  endCommitment: capable('merchant.edit', IN_SIGHT)
    .input(
      z.object({
        id: z.string().max(64),
        revision: z.int().min(0),
        eventId: FormId.optional(),
        commitmentId: z.string().max(64),
        effectiveTo: z.iso.date(),
      }),
    )
    .output(type<MerchantDetail>()),
  /** How many merchants of each unit, and of all below it, stand by a promise today; the unit of this workstation first. */
  coverage: capable('merchant.read', IN_SIGHT).output(type<UnitCoverage[]>()),
  /** The shop-window card of a version that counts, with the QR code by which it is checked. */
  card: capable('merchant.read', IN_SIGHT)
    .input(z.object({ id: z.string().max(64), commitmentId: z.string().max(64), size: z.enum(['A5', 'A4']) }))
    .output(type<DocumentFile>()),
  /** Gives it another public code: cards with the one that the person saw lead nowhere any more. */
  replaceCode: capable('merchant.edit', IN_SIGHT)
    .input(z.object({ id: z.string().max(64), code: PublicCode, eventId: FormId }))
    .output(type<MerchantDetail>()),
  /** Units of the signed-in person's scope, for choosing where a merchant trades. */
  units: capable('merchant.read', unitAndBelow()).output(type<UnitSummary[]>()),
};
