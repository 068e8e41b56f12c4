import { type } from '@orpc/contract';
import { z } from 'zod';
import { NO_SCOPE } from '../../domain/organisation/index.ts';
import { signedIn } from './base.ts';

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

export const drafts = {
  list: signedIn(NO_SCOPE).output(type<Draft[]>()),
  get: signedIn(NO_SCOPE)
    .input(z.object({ key: z.string().min(1).max(160) }))
    .output(type<Draft | null>()),
  /** The drafts of one form, newest first, without those whose record exists by now. */
  of: signedIn(NO_SCOPE)
    .input(z.object({ form: z.string().min(1).max(80) }))
    .output(type<Draft[]>()),
  save: signedIn(NO_SCOPE).input(Draft).output(type<{ savedAt: string }>()),
  discard: signedIn(NO_SCOPE)
    .input(z.object({ key: z.string().min(1).max(160) }))
    .output(type<{ ok: true }>()),
};
