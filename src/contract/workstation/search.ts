import { type } from '@orpc/contract';
import { z } from 'zod';
import type { RepeatsAnswer } from '../centre/repeats.ts';
import { IN_SIGHT, NO_SCOPE } from '../../domain/organisation/index.ts';
import { capable, signedIn } from './base.ts';
import type { CaseSummary } from './case.ts';

/** A filter of the list of cases under a name; `query` is the list's address without its question mark. */
export type SavedFilter = { id: string; name: string; query: string };

const Id = z.object({ id: z.uuid() });
const Name = z.string().trim().min(1).max(40);

export const filters = {
  list: signedIn(NO_SCOPE).output(type<SavedFilter[]>()),
  /** Saves under the name, in the place of what stood there; the same id again is the same filter. */
  save: signedIn(NO_SCOPE)
    .input(z.object({ id: z.uuid(), name: Name, query: z.string().max(1000) }))
    .output(type<SavedFilter[]>()),
  rename: signedIn(NO_SCOPE)
    .input(Id.extend({ name: Name }))
    .output(type<SavedFilter[]>()),
  remove: signedIn(NO_SCOPE).input(Id).output(type<SavedFilter[]>()),
};

/**
 * What this workstation may see of one consumer in the last 365 days. Facts, never a verdict: many complaints may
 * all be right.
 */
export type Repeats = {
  /** Cases of this consumer with this very merchant, newest first. */
  withMerchant: CaseSummary[];
  /** Their other cases, newest first. */
  elsewhere: CaseSummary[];
  facts: { cases: number; merchants: number; claimedFen: number; returns: number; days: number };
};

/**
 * What the centre says of the consumer's complaints at units out of this one's sight, or why it was not asked:
 * no-number: no whole telephone number; offline: the centre is not to be reached, and is asked when it is; too-often:
 * this workstation has asked its share; refused: the centre did not answer.
 */
export type RepeatsElsewhere =
  | { kind: 'answered'; answer: RepeatsAnswer; at: string }
  | { kind: 'not-asked'; reason: 'no-number' | 'offline' | 'refused' }
  | { kind: 'not-asked'; reason: 'too-often'; retryAfterSeconds: number };

export const repeats = {
  /** Looked up by the phone as typed; an unfinished number finds nothing. */
  find: capable('case.read', IN_SIGHT)
    .input(
      z.object({
        phone: z.string().max(30),
        merchantId: z.string().max(64).nullable(),
        merchantName: z.string().max(120),
        exceptCaseId: z.string().max(64).optional(),
      }),
    )
    .output(type<Repeats>()),
  /** Asks the centre about the consumer, by a mark of the number and never by the number. */
  askElsewhere: capable('case.read', IN_SIGHT)
    .input(z.object({ phone: z.string().max(30), merchantId: z.string().max(64).nullable() }))
    .output(type<RepeatsElsewhere>()),
  askElsewhereOfCase: capable('case.read', IN_SIGHT)
    .input(z.object({ id: z.string().max(64) }))
    .output(type<RepeatsElsewhere>()),
  /** What is known here of the consumer of a case on record, whose phone the screen does not know. */
  ofCase: capable('case.read', IN_SIGHT)
    .input(z.object({ id: z.string().max(64) }))
    .output(type<Repeats>()),
};

/** How many of the older cases, of how many in all, can be found by everything that search knows by now. */
export type SearchRebuild = { done: number; total: number };

export const search = {
  /** How far an older store has been brought up to what search knows; null when it is. */
  rebuild: signedIn(NO_SCOPE).output(type<SearchRebuild | null>()),
};
