import { type } from '@orpc/contract';
import { z } from 'zod';
import type { DisclosureState } from '../../domain/disclosure/index.ts';
import { IN_SIGHT } from '../../domain/organisation/index.ts';
import { capable } from './base.ts';

export const disclosures = {
  /** What the centre has told bodies outside of a merchant of this workstation; null where it has told nothing. */
  get: capable('merchant.read', IN_SIGHT)
    .input(z.object({ id: z.string().max(64) }))
    .output(type<Pick<DisclosureState, 'latest' | 'count' | 'reads'> | null>()),
};
