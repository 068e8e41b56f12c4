import { z } from 'zod';
import { Wording } from '../procedure/index.ts';
import shipped from './offers.json' with { type: 'json' };

export const OfferCode = z.string().regex(/^[a-z0-9-]{1,40}$/);

/** What a station may offer (assumption: what published friendly stations have). */
export const OFFERS = z
  .object({ offers: z.array(z.object({ code: OfferCode, name: Wording })).min(1) })
  .parse(shipped).offers;

/** An offer by its code; undefined of one that this release does not know. */
export function offerOf(code: string): (typeof OFFERS)[number] | undefined {
  return OFFERS.find((one) => one.code === code);
}
