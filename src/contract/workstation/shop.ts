import { type } from '@orpc/contract';
import { z } from 'zod';
import { type GradeOnRecord, type Help, Month, type PendingCause } from '../../domain/credit/index.ts';
import type { PeriodEnd } from '../../domain/kernel/calendar/index.ts';
import type { MerchantCommitment } from '../../domain/merchant/index.ts';
import { IN_SIGHT, OWN_UNIT } from '../../domain/organisation/index.ts';
import type { ShopFigures } from '../../domain/shop/index.ts';
import { capable } from './base.ts';
import type { CaseSummary } from './case.ts';
import type { ReturnSummary } from './return.ts';
import { type ExportFile, ExportFormat } from './supervision.ts';

/** A return with what it takes to decide it with one key. */
export type ShopReturn = ReturnSummary & {
  /** Of its record as it was read. */
  revision: number;
  /** What the promise gives back, in fen. */
  refundFen: number;
  /** Until when it is to be decided; null once it is. */
  dueAt: string | null;
};

/** What a shop promises: now, from a later day on, and whether a proposal waits. */
export type ShopPromise = {
  current: MerchantCommitment | null;
  coming: MerchantCommitment | null;
  proposed: boolean;
  /** So many days before its day an end, or less than before, has to be said. */
  noticeDays: number;
};

/** A kind of facts that would help, and how many of the kind are open at the shop now. */
export type ShopHelp = Help & { open: number };

export type ShopCredit = {
  grade: Pick<GradeOnRecord, 'month' | 'grade' | 'points' | 'matters' | 'noticeOn' | 'policyVersion'>;
  /** Why the grade is pending; null where it stands. */
  pending: PendingCause | null;
  /** The most points there are, and the matters a grade takes; null where the policy is not known here. */
  highest: number | null;
  leastMatters: number | null;
  /** Until when an objection may be filed; null before notice, from which it is counted. */
  filing: PeriodEnd | null;
  helps: ShopHelp[];
};

/** One merchant of the shop's unit. */
export type ShopAccount = {
  merchantId: string;
  name: string;
  promise: ShopPromise;
  /** Null while no grade was published. */
  credit: ShopCredit | null;
};

export type ShopDesk = {
  /** The day in Asia/Shanghai. */
  day: string;
  /** The merchants that trade at this unit, by name. */
  merchants: { id: string; name: string }[];
  /** The unit's returns that wait, nearest limit first, then those of today that are decided. */
  returns: ShopReturn[];
  /** How many wait; more than are listed. */
  waiting: number;
  /** Open disputes at first contact, the nearest limit first, and how many there are. */
  disputes: CaseSummary[];
  disputesOpen: number;
  /** The merchant that was asked for, or the first one; null where none trades here. */
  account: ShopAccount | null;
};

export type ShopSheet = {
  month: string;
  merchantId: string;
  name: string;
  figures: ShopFigures;
};

const Sheet = z.object({ merchantId: z.string().max(64), month: Month });

/** What a shop's manager looks at every day, and once a month. */
export const shop = {
  desk: capable(['shop.manage', 'case.read'], OWN_UNIT)
    .input(z.object({ merchantId: z.string().max(64).optional() }))
    .output(type<ShopDesk>()),
  /** Whether a decision that was made with one key can be taken back yet: in how many milliseconds it leaves, or null. */
  undoable: capable('shop.manage', IN_SIGHT)
    .input(z.object({ id: z.string().max(64) }))
    .output(type<{ leavesInMs: number | null } | null>()),
  /** Takes back the person's own last decision on a return, while it has not left this workstation. */
  undo: capable('shop.manage', IN_SIGHT).input(z.object({ id: z.string().max(64) })),
  /** A month's figures of one of the unit's merchants. @throws NOT_FOUND for another unit's */
  sheet: capable(['shop.manage', 'case.read'], OWN_UNIT).input(Sheet).output(type<ShopSheet>()),
  /** The same as a file with every return and dispute in it, personal data masked; each export is logged. */
  export: capable(['shop.manage', 'case.read'], OWN_UNIT)
    .input(Sheet.extend({ format: ExportFormat }))
    .output(type<ExportFile>()),
};
