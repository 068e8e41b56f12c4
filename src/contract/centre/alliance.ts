import { z } from 'zod';
import { DayText, Id, UnitPath } from '../../domain/kernel/event/event.ts';
import { Count, Time } from './values.ts';

const Hash = z.string().regex(/^[0-9a-f]{64}$/);

/** A question for one citizen and one discount. Of the citizen only the SHA-256 of their identity number is said, in hexadecimal. */
export const CitizenCheck = z.object({
  /** Made by the form, so that the same question again is the same check. */
  checkId: z.uuidv7(),
  merchantId: Id,
  discountId: Id,
  citizen: Hash,
  /** That the citizen agreed, on the shop's screen, to the text of these rules. */
  consented: z.literal(true),
  rulesVersion: z.int().min(1),
  staffId: Id,
});
export type CitizenCheck = z.infer<typeof CitizenCheck>;

/** All that a shop is told: yes or no. */
export const CitizenChecked = z.object({ qualifies: z.boolean(), rulesVersion: z.int(), at: Time });
export type CitizenChecked = z.infer<typeof CitizenChecked>;

/** How many citizens one call brings at most. */
export const STANDING_PART = 10_000;

/**
 * A part of the file of citizens' standing that a district prepares: hash and level, no score. The parts of one `importId` are one file,
 * which takes the place of the one before with the part that says it is `complete`.
 */
export const StandingInput = z.object({
  /** The topmost unit of a district; the only one when it is left out. */
  unitPath: UnitPath.optional(),
  importId: z.uuid(),
  /** The day as of which the district worked it out. */
  asOf: DayText,
  citizens: z.array(z.object({ citizen: Hash, level: z.int().min(1).max(9) })).max(STANDING_PART),
  complete: z.boolean(),
});
export type StandingInput = z.infer<typeof StandingInput>;

export const StandingAnswer = z.object({
  unitPath: z.string(),
  asOf: z.string(),
  citizens: Count,
  complete: z.boolean(),
});
export type StandingAnswer = z.infer<typeof StandingAnswer>;
