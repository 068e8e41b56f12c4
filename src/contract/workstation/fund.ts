import { type } from '@orpc/contract';
import { z } from 'zod';
import { fundSchemas } from '../../domain/fund/events.ts';
import type { Advance, FundState } from '../../domain/fund/fund.ts';
import { insuranceSchemas, type InsuranceState } from '../../domain/fund/insurance.ts';
import { IN_SIGHT, unitAndBelow } from '../../domain/organisation/index.ts';
import { capable, capableBy, FormId } from './base.ts';
import type { TimelineEntry } from './case.ts';

export type FundSummary = {
  id: string;
  name: string;
  unitPath: string;
  unitName: string;
  cashFen: number;
  floorFen: number;
  /** What merchants owe it. */
  owedFen: number;
  /** Advances that wait for an approval or for their payment. */
  waiting: number;
};

/** One advance, what of it is still owed, and what the signed-in person may do about it now. */
export type AdvanceView = Advance & { owedFen: number; steps: AdvanceStep[] };
export type AdvanceStep = Exclude<
  FundAction['step'],
  'fund-floor-set' | 'fund-deposited' | 'fund-deposit-undone' | 'advance-requested'
>;

export type FundDetail = {
  state: FundState;
  summary: FundSummary;
  advances: AdvanceView[];
  canHandle: boolean;
  canApprove: boolean;
  timeline: TimelineEntry[];
};

export type PolicySummary = {
  id: string;
  number: string;
  insurer: string;
  unitName: string;
  from: string;
  to: string;
  sumFen: number;
  remainingFen: number;
  claims: number;
};

export type PolicyDetail = {
  state: InsuranceState;
  summary: PolicySummary;
  canHandle: boolean;
  timeline: TimelineEntry[];
};

/** One step of a fund; ids of entries and advances are the form's, and what is known of a case is filled in. */
export const FundAction = z.discriminatedUnion('step', [
  z.object({ step: z.literal('fund-floor-set'), payload: fundSchemas['fund-floor-set@1'] }),
  z.object({
    step: z.literal('fund-deposited'),
    payload: fundSchemas['fund-deposited@1'].omit({ entryId: true }),
  }),
  z.object({ step: z.literal('fund-deposit-undone'), payload: fundSchemas['fund-deposit-undone@1'] }),
  z.object({
    step: z.literal('advance-requested'),
    payload: fundSchemas['advance-requested@1'].pick({ caseId: true, fen: true, finding: true }),
  }),
  z.object({ step: z.literal('advance-approved'), payload: fundSchemas['advance-approved@1'] }),
  z.object({ step: z.literal('advance-refused'), payload: fundSchemas['advance-refused@1'] }),
  z.object({ step: z.literal('advance-paid'), payload: fundSchemas['advance-paid@1'] }),
  z.object({
    step: z.literal('advance-recovered'),
    payload: fundSchemas['advance-recovered@1'].omit({ entryId: true }),
  }),
  z.object({ step: z.literal('write-off-proposed'), payload: fundSchemas['write-off-proposed@1'] }),
  z.object({ step: z.literal('write-off-approved'), payload: fundSchemas['write-off-approved@1'] }),
]);
export type FundAction = z.infer<typeof FundAction>;

/** What each step asks of the person's role. What it asks of the fund, its reducer decides. */
export const FUND_STEP_NEEDS = {
  'fund-floor-set': 'fund.approve',
  'fund-deposited': 'fund.handle',
  'fund-deposit-undone': 'fund.handle',
  'advance-requested': 'fund.handle',
  'advance-approved': 'fund.approve',
  'advance-refused': 'fund.approve',
  'advance-paid': 'fund.handle',
  'advance-recovered': 'fund.handle',
  'write-off-proposed': 'fund.handle',
  'write-off-approved': 'fund.approve',
} as const satisfies Record<FundAction['step'], 'fund.handle' | 'fund.approve'>;

export const PolicyAction = z.discriminatedUnion('step', [
  z.object({
    step: z.literal('claim-filed'),
    payload: insuranceSchemas['claim-filed@1'].pick({ returnId: true, on: true }),
  }),
  z.object({ step: z.literal('claim-undone'), payload: insuranceSchemas['claim-undone@1'] }),
]);
export type PolicyAction = z.infer<typeof PolicyAction>;

const Id = z.object({ id: z.string().max(64) });
/** A record at the revision the person saw, and the id of the fact that the form records. */
const Seen = Id.extend({ revision: z.int().min(0), eventId: FormId });

export const funds = {
  /** The few funds and policies of the units in sight. */
  list: capable('fund.handle', IN_SIGHT).output(type<{ funds: FundSummary[]; policies: PolicySummary[] }>()),
  get: capable('fund.handle', IN_SIGHT).input(Id).output(type<FundDetail>()),
  open: capable(['fund.handle', 'fund.approve'], unitAndBelow('unitPath'))
    .input(fundSchemas['fund-opened@1'].extend({ fundId: z.uuid() }))
    .output(type<FundDetail>()),
  act: capableBy('action.step', FUND_STEP_NEEDS, IN_SIGHT)
    .input(Seen.extend({ action: FundAction }))
    .output(type<FundDetail>()),
  policy: capable('fund.handle', IN_SIGHT).input(Id).output(type<PolicyDetail>()),
  takePolicy: capable('fund.handle', unitAndBelow('unitPath'))
    .input(insuranceSchemas['policy-taken@1'].extend({ policyId: z.uuid() }))
    .output(type<PolicyDetail>()),
  claim: capable('fund.handle', IN_SIGHT)
    .input(Seen.extend({ action: PolicyAction }))
    .output(type<PolicyDetail>()),
};
