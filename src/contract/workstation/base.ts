import { oc } from '@orpc/contract';
import { z } from 'zod';
import { workstationErrors } from './errors.ts';

/** Every procedure of the workstation can fail in the same named ways. */
export const base = oc.errors(workstationErrors);

/**
 * A page of a list: `cursor` is what the page before gave, and opaque; one that no page of the same order gave is
 * INPUT_INVALID. It may hold a merchant's whole name.
 */
export const Page = z.object({
  cursor: z.string().max(2000).optional(),
  limit: z.int().min(1).max(200).default(50),
});

/** A list counts its records up to here; a `total` of one more means that there are more. */
export const COUNT_LIMIT = 1000;
