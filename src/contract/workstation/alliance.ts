import { type } from '@orpc/contract';
import { z } from 'zod';
import {
  type AllianceCheckState,
  type AllianceRules,
  allianceSchemas,
  type AllianceState,
  Discount,
  type OfferedDiscount,
} from '../../domain/alliance/index.ts';
import { IN_SIGHT, OWN_UNIT } from '../../domain/organisation/index.ts';
import { capable, FormId } from './base.ts';
import type { TimelineEntry } from './case.ts';

/** A shop of the alliance as a list shows it. */
export type AllianceSummary = {
  /** The merchant's. */
  id: string;
  merchantName: string;
  unitName: string;
  joinedOn: string;
  left: boolean;
  /** Discounts in force today. */
  inForce: number;
};

export type DiscountView = OfferedDiscount & {
  standing: 'in-force' | 'to-come' | 'over';
  /** For whom, in the rules in force today; null where they do not know the level any more. */
  forWhom: AllianceRules['levels'][number]['name'] | null;
};

/** A check as the shop sees it: yes or no, by which rules and when, and whether the discount was given. */
export type CheckView = Pick<AllianceCheckState, 'id' | 'at' | 'qualifies' | 'rulesVersion' | 'used'> & {
  what: string;
  byName: string;
  canUse: boolean;
};

export type AllianceDetail = {
  state: AllianceState;
  unitName: string;
  /** The rules in force today, with the text that a citizen agrees to. */
  rules: AllianceRules;
  discounts: DiscountView[];
  /** The latest checks, the last first; only at the shop's own desk. */
  checks: CheckView[];
  canHandle: boolean;
  /** Whether citizens can be checked here: at the shop's own desk. */
  canCheck: boolean;
  timeline: TimelineEntry[];
};

/** What a check came to. Where it could not be made nothing is kept, here or at the centre. */
export type CheckAnswer =
  | { kind: 'checked'; qualifies: boolean; rulesVersion: number; at: string }
  /**
   * offline: the centre is not to be reached; no-standing: no standing was imported at the centre, or it is too old; too-often: this
   * workstation has asked its share; refused: the centre did not answer.
   */
  | { kind: 'not-checked'; reason: 'offline' | 'no-standing' | 'too-often' | 'refused' };

export const AllianceAction = z.discriminatedUnion('step', [
  z.object({ step: z.literal('discount-offered'), payload: Discount.omit({ discountId: true }) }),
  z.object({ step: z.literal('discount-changed'), payload: Discount }),
  z.object({ step: z.literal('discount-ended'), payload: allianceSchemas['discount-ended@1'] }),
  z.object({ step: z.literal('open-discount-used'), payload: allianceSchemas['open-discount-used@1'] }),
  z.object({ step: z.literal('alliance-left'), payload: allianceSchemas['alliance-left@1'] }),
]);
export type AllianceAction = z.infer<typeof AllianceAction>;

const Id = z.object({ id: z.string().min(1).max(64) });
const Seen = Id.extend({ revision: z.int().min(0), eventId: FormId });

/** Shops of the alliance, their discounts, and the checks of citizens at their desks. */
export const alliance = {
  list: capable('alliance.handle', IN_SIGHT).output(
    type<{ shops: AllianceSummary[]; rules: AllianceRules }>(),
  ),
  get: capable('alliance.handle', IN_SIGHT).input(Id).output(type<AllianceDetail>()),
  /** A merchant joins, or joins again. @throws RULE, INPUT_INVALID where it is not here */
  join: capable('alliance.handle', IN_SIGHT)
    .input(z.object({ merchantId: z.string().min(1).max(64), eventId: FormId }))
    .output(type<AllianceDetail>()),
  act: capable('alliance.handle', IN_SIGHT)
    .input(Seen.extend({ action: AllianceAction }))
    .output(type<AllianceDetail>()),
  /**
   * Asks the centre whether a citizen qualifies for a discount, with the citizen's consent: their number goes no further than this
   * workstation, only its hash does. @throws INPUT_INVALID for a number that is none, or without consent; RULE
   */
  check: capable('alliance.handle', OWN_UNIT)
    .input(
      Id.extend({
        checkId: FormId,
        discountId: z.string().min(1).max(64),
        citizenId: z.string().max(60),
        consented: z.boolean(),
      }),
    )
    .output(type<CheckAnswer>()),
  /** The discount was given to a citizen who was found to qualify. @throws RULE, NOT_FOUND */
  use: capable('alliance.handle', OWN_UNIT)
    .input(z.object({ checkId: z.string().min(1).max(64), eventId: FormId }))
    .output(type<AllianceDetail>()),
};
