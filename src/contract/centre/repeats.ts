import { z } from 'zod';
import { Id } from '../../domain/kernel/event/event.ts';
import { Count, Day } from './values.ts';

/** How a case stands or came out, no more exactly than a stranger to it needs. */
export const RepeatOutcome = z.enum(['open', 'agreed', 'not-agreed', 'not-accepted', 'withdrawn']);
export type RepeatOutcome = z.infer<typeof RepeatOutcome>;

/** A workstation's question: the mark it has worked out itself, never the number. */
export const RepeatsQuestion = z.object({
  mark: z.string().regex(/^[A-Za-z0-9_-]{43}$/),
  /** The merchant complained of now; null when it is not on the roster. */
  merchantId: Id.nullable(),
  /** Who asks, as the workstation says. */
  staffId: Id,
});
export type RepeatsQuestion = z.infer<typeof RepeatsQuestion>;

/** All that is said of a case outside the asker's sight. */
export const RepeatElsewhere = z.object({
  /** The unit that handles it; of a shop, whose name would be the merchant's, the unit above. */
  unitName: z.string(),
  /** When it was registered. */
  day: Day,
  /** A code of the procedure's object list. */
  object: z.string(),
  /** Null when the merchant complained of now is not on the roster. */
  sameMerchant: z.boolean().nullable(),
  outcome: RepeatOutcome,
});
export type RepeatElsewhere = z.infer<typeof RepeatElsewhere>;

/** What the district knows of one mark besides what the asker's unit sees, in the last `days` days. */
export const RepeatsAnswer = z.object({
  /** Newest first, at most 20. */
  cases: z.array(RepeatElsewhere),
  facts: z.object({ cases: Count, merchants: Count, claimedFen: Count, returns: Count, days: Count }),
});
export type RepeatsAnswer = z.infer<typeof RepeatsAnswer>;

/** A district's key for consumer marks, base64; each workstation keeps it sealed. */
export const MarkKey = z.object({ key: z.base64() });
export type MarkKey = z.infer<typeof MarkKey>;
