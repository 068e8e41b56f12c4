import { type } from '@orpc/contract';
import { z } from 'zod';
import { IN_SIGHT, unitAndBelow } from '../../domain/organisation/index.ts';
import { publicSchemas } from '../../domain/public/publication.ts';
import { capable, FormId } from './base.ts';

/** What the public sees of a circle's merchants besides their promises. */
export type CirclePublication = {
  path: string;
  name: string;
  grades: boolean;
  /** Who decided so last, when and why; null where nobody ever did. */
  set: { at: string; name: string; reason: string } | null;
  /** Of the circle's record; 0 where there is none yet. */
  revision: number;
  canDecide: boolean;
};

export const publication = {
  /** The circles of the signed-in person's scope. */
  circles: capable('credit.read', IN_SIGHT).output(type<CirclePublication[]>()),
  /** Shows the grades of a circle's merchants on their public pages from now on, or nothing of them. */
  decide: capable('public.decide', unitAndBelow('circlePath'))
    .input(publicSchemas['publication-set@1'].extend({ revision: z.int().min(0), eventId: FormId }))
    .output(type<CirclePublication[]>()),
};
