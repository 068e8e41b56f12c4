import { type } from '@orpc/contract';
import { z } from 'zod';
import { merchantSchemas, type MerchantState } from '../../domain/merchant/merchant.ts';
import { IN_SIGHT, unitAndBelow } from '../../domain/organisation/index.ts';
import { capable, FormId, signedIn, Page } from './base.ts';
import type { TimelineEntry } from './case.ts';
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
  openCases: number;
  invented: boolean;
};

export type MerchantDetail = {
  state: MerchantState;
  summary: MerchantSummary;
  /** What this workstation knows of the merchant. */
  counts: { cases: number; settled: number; returns: number; returnsGranted: number };
  canEdit: boolean;
  /** What happened to it, with what each update replaced. */
  timeline: TimelineEntry[];
};

export const merchants = {
  list: signedIn(IN_SIGHT)
    .input(
      Page.extend({
        search: z.string().max(100).optional(),
        unitPath: z.string().max(600).optional(),
        committed: z.boolean().optional(),
      }),
    )
    .output(type<{ items: MerchantSummary[]; total: number; cursor: string | null }>()),
  get: signedIn(IN_SIGHT)
    .input(z.object({ id: z.string().max(64) }))
    .output(type<MerchantDetail>()),
  register: capable('merchant.edit', unitAndBelow('unitPath'))
    .input(merchantSchemas['merchant-registered@1'].omit({ invented: true }).extend({ merchantId: z.uuid() }))
    .output(type<MerchantDetail>()),
  update: capable('merchant.edit', IN_SIGHT)
    .input(
      z.object({
        id: z.string().max(64),
        revision: z.int().min(0),
        eventId: FormId.optional(),
        fields: merchantSchemas['merchant-updated@1'],
      }),
    )
    .output(type<MerchantDetail>()),
  commit: capable('merchant.edit', IN_SIGHT)
    .input(
      z.object({
        id: z.string().max(64),
        revision: z.int().min(0),
        eventId: FormId.optional(),
        commitment: merchantSchemas['commitment-made@1'].omit({ commitmentId: true }),
      }),
    )
    .output(type<MerchantDetail>()),
  endCommitment: capable('merchant.edit', IN_SIGHT)
    .input(
      z.object({
        id: z.string().max(64),
        revision: z.int().min(0),
        eventId: FormId.optional(),
        commitmentId: z.string(),
        effectiveTo: z.iso.date(),
      }),
    )
    .output(type<MerchantDetail>()),
  /** Units of the signed-in person's scope, for choosing where a merchant trades. */
  units: signedIn(unitAndBelow()).output(type<UnitSummary[]>()),
};
