import { z } from 'zod';
import { Id } from '../../domain/kernel/event/event.ts';
import { Count, Day } from './values.ts';

export const DrawReference = z.object({ drawId: Id });

/** A draw worked out anew from its facts. */
export const VerifiedDraw = z.object({
  unitPath: z.string(),
  day: Day,
  candidates: Count,
  drawn: Count,
  candidatesHash: z.string(),
  /** Both halves; the second is missing where nobody has drawn yet. */
  seed: z.string(),
  preparedBy: z.string(),
  witness: z.string().nullable(),
  /** The hash is that of the candidates. */
  hashAgrees: z.boolean(),
  /** Seed, shares and candidates give that very list; null where nobody has drawn yet. */
  drawAgrees: z.boolean().nullable(),
});
export type VerifiedDraw = z.infer<typeof VerifiedDraw>;
