import { eventIterator } from '@orpc/contract';
import { z } from 'zod';
import type { PersonPresent } from '../centre/live.ts';
import { IN_SIGHT } from '../../domain/organisation/index.ts';
import { capable } from './base.ts';

/** Who else has a case open now; empty also when nobody knows, as without a line. */
export type CasePresence = { others: PersonPresent[] };

export const presence = {
  /** Says that this window has the case open, for as long as it listens, and tells who else has. */
  watch: capable('case.read', IN_SIGHT)
    .input(z.object({ caseId: z.string().min(1).max(64) }))
    .output(eventIterator(z.custom<CasePresence>())),
};
