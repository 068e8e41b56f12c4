import { type } from '@orpc/contract';
import { z } from 'zod';
import {
  type CreditEventType,
  type CreditPolicy,
  creditSchemas,
  type CreditState,
  type Listing,
  type PendingCause,
} from '../../domain/credit/index.ts';
import type { PeriodEnd } from '../../domain/kernel/calendar/index.ts';
import { type Capability, IN_SIGHT, OWN_UNIT, unitAndBelow } from '../../domain/organisation/index.ts';
import { type CreditPolicyAnswer, type GradeFigures, GradeFiguresQuery } from '../centre/credit.ts';
import type { Lapsed } from '../../domain/sanction/index.ts';
import type { StreamKind } from '../../domain/streams.ts';
import { capable, capableBy, FormId, Page } from './base.ts';
import type { DocumentFile } from './document.ts';

/** Where a fact behind a reason stands, as far as this workstation sees it. */
export type SeenFact = {
  factId: string;
  kind: StreamKind;
  id: string;
  title: string;
  type: string;
  at: string;
};

export type CreditDetail = {
  merchantId: string;
  unitPath: string;
  /** Null while nothing was published or recorded. */
  state: CreditState | null;
  /** An objection is open: until it is decided no grade is given. */
  disputed: boolean;
  /** Why the grade on record is pending; null where it stands. */
  pending: PendingCause | null;
  /** The grade set by hand that holds today. */
  override: CreditState['overrides'][number] | null;
  /** The lists that the merchant stands on today, by its credit and by records of their own. */
  listings: Listing[];
  /** Entries of the credit whose decision has ended, as a record of its own says. */
  over: string[];
  /** What the grade still counts though its record has ended since. */
  lapsed: Lapsed[];
  /** The policy that the grade was given by; null where this workstation does not know it. */
  policy: CreditPolicy | null;
  facts: SeenFact[];
  /** Names of the units that the changes of the grade name. */
  unitNames: Record<string, string>;
  /** Until when an objection may be filed; null without notice, from which it is counted. */
  filing: { usual: PeriodEnd; approved: PeriodEnd } | null;
  /** Until when the open objection is to be decided. */
  deciding: PeriodEnd | null;
  can: { answer: boolean; record: boolean; decide: boolean };
};

/** One line of the list: a merchant's last published grade. */
export type CreditSummary = {
  id: string;
  name: string;
  unitPath: string;
  unitName: string;
  month: string | null;
  /** Null where it is not rated. */
  grade: string | null;
  points: number | null;
  /** An objection is open, or what the grade rests on holds no more. */
  disputed: boolean;
};

/** The policy published last, from which a new version begins. */
export type PolicyAtHand = {
  today: string;
  last: { version: number; policy: CreditPolicy };
  /** The version by which the current month is graded. */
  current: number;
  /** Those published for the district, oldest first; the shipped one is none of them. `by` is null for the centre's administrator. */
  published: { version: number; effectiveFrom: string; publishedAt: string; by: string | null }[];
  /** Whether this is the district's own workstation, at which one is published. */
  here: boolean;
};

/** Who changes under a policy and why, with the names of those who are known here. */
export type ComparedPolicy = CreditPolicyAnswer & { names: Record<string, string> };

const NEEDS = {
  'notice-given': 'credit.answer',
  'reply-given': 'credit.answer',
  'objection-made': 'credit.answer',
  're-rating-requested': 'credit.answer',
  'price-patrol-recorded': 'credit.record',
  'award-recorded': 'credit.record',
  'penalty-recorded': 'credit.decide',
  'penalty-ended': 'credit.decide',
  'listing-recorded': 'credit.decide',
  'listing-ended': 'credit.decide',
  'objection-extended': 'credit.decide',
  'objection-decided': 'credit.decide',
  'override-proposed': 'credit.decide',
  'override-confirmed': 'credit.decide',
} as const satisfies Record<Exclude<CreditEventType, 'grade-published'>, Capability>;

const one = <Type extends keyof typeof NEEDS>(name: Type) =>
  z.object({ type: z.literal(name), payload: creditSchemas[`${name}@1`] });

/** What people record of a merchant's credit. Ids of entries and objections are those of the form. */
export const CreditFact = z.discriminatedUnion('type', [
  one('notice-given'),
  one('reply-given'),
  one('objection-made'),
  one('objection-extended'),
  one('objection-decided'),
  one('re-rating-requested'),
  one('award-recorded'),
  one('price-patrol-recorded'),
  one('penalty-recorded'),
  one('penalty-ended'),
  one('listing-recorded'),
  one('listing-ended'),
  one('override-proposed'),
  one('override-confirmed'),
]);
export type CreditFact = z.infer<typeof CreditFact>;

export const credits = {
  /** The credit of a merchant of this workstation. */
  get: capable('credit.read', IN_SIGHT)
    .input(z.object({ id: z.string().max(64) }))
    .output(type<CreditDetail>()),
  /** Merchants whose grade was published, the fewest points first, and how many have which. */
  list: capable('credit.read', IN_SIGHT)
    .input(
      Page.extend({
        /** Those at this unit and below. */
        unitPath: z.string().max(600).optional(),
        grade: z.string().max(12).optional(),
        disputed: z.boolean().optional(),
      }),
    )
    .output(
      type<{
        items: CreditSummary[];
        total: number;
        cursor: string | null;
        grades: { grade: string | null; count: number }[];
      }>(),
    ),
  /** From the centre: how many have which grade, how that changed, and by unit. @throws CENTRE_UNREACHABLE */
  figures: capable('rollup.read', unitAndBelow('path')).input(GradeFiguresQuery).output(type<GradeFigures>()),
  /** The printed explanation of the grade, with how to object to it; each print is logged. @throws NOT_FOUND before there is one */
  notice: capable('credit.answer', IN_SIGHT)
    .input(z.object({ id: z.string().max(64) }))
    .output(type<DocumentFile>()),
  /** The policy to begin a new version from. */
  policy: capable('credit.decide', OWN_UNIT).output(type<PolicyAtHand>()),
  /** Asks the centre who would change under a policy and why, or publishes it. @throws INPUT_INVALID with every fault; OFFLINE */
  sendPolicy: capable('credit.decide', OWN_UNIT)
    .input(z.object({ policy: z.unknown(), dryRun: z.boolean() }))
    .output(type<ComparedPolicy>()),
  record: capableBy('fact.type', NEEDS, IN_SIGHT)
    .input(
      z.object({
        id: z.string().max(64),
        /** Of the credit's record; 0 where there is none yet. */
        revision: z.int().min(0),
        eventId: FormId,
        fact: CreditFact,
      }),
    )
    .output(type<CreditDetail>()),
};
