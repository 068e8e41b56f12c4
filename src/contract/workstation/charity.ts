import { type } from '@orpc/contract';
import { z } from 'zod';
import {
  type CharityApplicationState,
  charityApplicationSchemas,
  charitySchemas,
  type CharityState,
} from '../../domain/charity/index.ts';
import { IN_SIGHT, unitAndBelow } from '../../domain/organisation/index.ts';
import { capable, capableBy, FormId } from './base.ts';
import type { TimelineEntry } from './case.ts';

export type CharitySummary = {
  id: string;
  name: string;
  unitPath: string;
  unitName: string;
  balanceFen: number;
  donatedFen: number;
  paidFen: number;
  /** Applications that wait for an approval, or for their payout. */
  waiting: number;
};

export type CharityStep = 'charity-approved' | 'charity-refused' | 'charity-paid';

/** An application, its telephone number masked; `paidOn` and what the signed-in person may do now. */
export type CharityApplicationView = CharityApplicationState & {
  paidOn: string | null;
  steps: CharityStep[];
};

export type CharityDetail = {
  state: CharityState;
  summary: CharitySummary;
  applications: CharityApplicationView[];
  canHandle: boolean;
  canReveal: boolean;
  timeline: TimelineEntry[];
};

/** One step of a fund or of one of its applications. `applicationId` stands beside it where it is about one. */
export const CharityAction = z.discriminatedUnion('step', [
  z.object({
    step: z.literal('donation-received'),
    payload: charitySchemas['donation-received@1'].omit({ entryId: true }),
  }),
  z.object({ step: z.literal('donation-undone'), payload: charitySchemas['donation-undone@1'] }),
  z.object({ step: z.literal('charity-paid'), payload: charitySchemas['charity-paid@1'] }),
]);
export type CharityAction = z.infer<typeof CharityAction>;

/** What each step asks of the person's role. What it asks of the record, its reducer decides. */
export const CHARITY_STEP_NEEDS = {
  'charity-approved': 'charity.approve',
  'charity-refused': 'charity.approve',
  'charity-paid': 'charity.handle',
} as const satisfies Record<CharityStep, 'charity.handle' | 'charity.approve'>;

export const CharityDecision = z.discriminatedUnion('step', [
  z.object({ step: z.literal('charity-approved') }),
  z.object({
    step: z.literal('charity-refused'),
    payload: charityApplicationSchemas['charity-refused@1'].omit({ charityId: true }),
  }),
]);
export type CharityDecision = z.infer<typeof CharityDecision>;

const Id = z.object({ id: z.string().min(1).max(64) });
const Seen = Id.extend({ revision: z.int().min(1), eventId: FormId });

/** Love Funds: donations, applications with two approvals, payouts. */
export const charity = {
  list: capable('charity.handle', IN_SIGHT).output(type<CharitySummary[]>()),
  get: capable('charity.handle', IN_SIGHT).input(Id).output(type<CharityDetail>()),
  open: capable(['charity.handle', 'charity.approve'], unitAndBelow('unitPath'))
    .input(charitySchemas['charity-opened@1'].extend({ charityId: z.uuid() }))
    .output(type<CharityDetail>()),
  /** A donation, or a payout. @throws RULE, CONFLICT */
  act: capable('charity.handle', IN_SIGHT)
    .input(Seen.extend({ action: CharityAction }))
    .output(type<CharityDetail>()),
  /** Takes an application down. @throws RULE */
  apply: capable('charity.handle', IN_SIGHT)
    .input(
      Id.extend({
        applicationId: z.uuid(),
        application: charityApplicationSchemas['charity-applied@1'].omit({
          charityId: true,
          charityPath: true,
        }),
      }),
    )
    .output(type<CharityDetail>()),
  /** Approves an application, or refuses it with its reason. @throws RULE, CONFLICT */
  decide: capableBy(
    'decision.step',
    { 'charity-approved': 'charity.approve', 'charity-refused': 'charity.approve' },
    IN_SIGHT,
  )
    .input(Seen.extend({ decision: CharityDecision }))
    .output(type<CharityDetail>()),
  /** An applicant's telephone number; each look is logged. */
  reveal: capable(['charity.handle', 'personal-data.reveal'], IN_SIGHT, {
    whole: 'It is what is asked for, with a reason that is kept.',
  })
    .input(Id.extend({ reason: z.string().trim().min(2).max(200) }))
    .output(type<{ phone: string }>()),
};
