import { z } from 'zod';
import { Id } from '../domain/event/event.ts';

/** How a case stands or came out, no more exactly than a stranger to it needs. */
export const REPEAT_OUTCOMES = ['open', 'agreed', 'not-agreed', 'not-accepted', 'withdrawn'] as const;
export type RepeatOutcome = (typeof REPEAT_OUTCOMES)[number];

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
export type RepeatElsewhere = {
  /** The unit that handles it; of a shop, whose name would be the merchant's, the unit above. */
  unitName: string;
  /** When it was registered. */
  day: string;
  /** A code of the procedure's object list. */
  object: string;
  /** Null when the merchant complained of now is not on the roster. */
  sameMerchant: boolean | null;
  outcome: RepeatOutcome;
};

/** What the district knows of one mark besides what the asker's unit sees, in the last `days` days. */
export type RepeatsAnswer = {
  /** Newest first, at most 20. */
  cases: RepeatElsewhere[];
  facts: { cases: number; merchants: number; claimedFen: number; returns: number; days: number };
};

/** A district's key for consumer marks, base64; each workstation keeps it sealed. */
export type MarkKey = { key: string };
