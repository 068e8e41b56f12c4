import { type } from '@orpc/contract';
import { z } from 'zod';
import { NO_SCOPE } from '../../domain/organisation/index.ts';
import { signedIn, signedInOrLocked } from './base.ts';

/**
 * A form not yet saved. `key` names the form and its record, such as `case-new` or `case-settled:<id>`, and behind a `#` the
 * one that is being filled in: two windows with the same form keep two drafts.
 */
export const Draft = z.object({
  key: z.string().min(1).max(160),
  title: z.string().max(120),
  values: z.record(z.string().max(200), z.unknown()),
});
export type Draft = z.infer<typeof Draft> & { savedAt: string };

const OWN_WORDS = { whole: 'What that very person typed, to go on typing.' };

export const drafts = {
  list: signedIn(NO_SCOPE, OWN_WORDS).output(type<Draft[]>()),
  get: signedIn(NO_SCOPE, OWN_WORDS)
    .input(z.object({ key: z.string().min(1).max(160) }))
    .output(type<Draft | null>()),
  /** The drafts of one form, newest first, without those whose record exists by now. */
  of: signedIn(NO_SCOPE, OWN_WORDS)
    .input(z.object({ form: z.string().min(1).max(80) }))
    .output(type<Draft[]>()),
  /**
   * Answered behind a locked window too, so that nothing is lost of what was being typed. `staffId` says whose it is: it is
   * never kept as another person's. @throws NOT_SIGNED_IN where somebody else is signed in by now
   */
  save: signedInOrLocked(NO_SCOPE)
    .input(Draft.extend({ staffId: z.string().max(64).optional() }))
    .output(type<{ savedAt: string }>()),
  discard: signedIn(NO_SCOPE)
    .input(z.object({ key: z.string().min(1).max(160) }))
    .output(type<{ ok: true }>()),
};
