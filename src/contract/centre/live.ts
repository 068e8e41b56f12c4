import { z } from 'zod';
import { Id } from '../../domain/kernel/event/event.ts';

/** Greatest number of cases one workstation has open at once, all its windows together. */
export const PRESENCE_LIMIT = 20;

/** A word that something moved, and nothing of what: whoever hears it asks for it as always. */
export const Nudge = z.object({ moved: z.enum(['feed', 'presence']) });
export type Nudge = z.infer<typeof Nudge>;

/** The cases that are open at a workstation now, with who has each open. Told again while they are. */
export const PresenceInput = z.object({
  open: z.array(z.object({ caseId: Id, staffIds: z.array(Id).min(1).max(10) })).max(PRESENCE_LIMIT),
});
export type PresenceInput = z.infer<typeof PresenceInput>;

/** Somebody else who has the same case open. */
export const PersonPresent = z.object({ staffId: z.string(), name: z.string(), unitName: z.string() });
export type PersonPresent = z.infer<typeof PersonPresent>;

export const PresenceAnswer = z.object({
  others: z.array(z.object({ caseId: z.string(), people: z.array(PersonPresent) })),
});
export type PresenceAnswer = z.infer<typeof PresenceAnswer>;
