import { z } from 'zod';
import { DayText, Id, UnitPath } from '../kernel/event/event.ts';
import { told } from '../kernel/text/index.ts';
import { LeniencyItemCode } from './settings.ts';

const Line = (max: number) => z.string().trim().min(1).max(max);

/** What came of the violation; `more` is harm that is not slight. */
export const Harm = z.enum(['none', 'slight', 'more']);
export type Harm = z.infer<typeof Harm>;

/** Where it was found: the result of a draw, which `part` names, or advice by appointment. */
export const LeniencySource = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('inspection'), id: Id, part: Id }),
  z.object({ kind: z.literal('guidance'), id: Id, part: z.null() }),
]);
export type LeniencySource = z.infer<typeof LeniencySource>;

/** An earlier penalty of the merchant, as a record of its own or an entry of its credit, and whether it was for the same kind. */
export const LookedAt = z.object({
  kind: z.enum(['sanction', 'credit-entry']),
  id: Id,
  /** The day on which it was determined. */
  on: DayText,
  sameKind: z.boolean(),
});
export type LookedAt = z.infer<typeof LookedAt>;

/** What somebody who decides answers, each condition with its ground. */
export const Answers = z.object({
  source: LeniencySource,
  violatedOn: DayText,
  /** What was found. */
  facts: told(Line(1000)),
  harm: Harm,
  harmGround: told(Line(500)),
  /** Until when it had to be corrected, and when it was; null where it was not. */
  correctBy: DayText,
  correctedOn: DayText.nullable(),
  correctGround: told(Line(500)),
  lookedAt: z.array(LookedAt).max(100),
});
export type Answers = z.infer<typeof Answers>;

/** `not-punished`: slight, corrected in time, no harm. `may-be-unpunished`: first, slight harm, corrected in time. */
export const Verdict = z.enum(['not-punished', 'may-be-unpunished', 'refused']);
export type Verdict = z.infer<typeof Verdict>;

/** Facts about violations of one kind by one merchant that are decided by leniency. */
export const leniencySchemas = {
  'leniency-decided@1': Answers.extend({
    decisionId: Id,
    merchantId: Id,
    merchantName: Line(160),
    merchantPath: UnitPath,
    item: LeniencyItemCode,
    verdict: Verdict,
    /** Of the printed decision; null where leniency is refused. */
    number: Line(80).nullable(),
  }),
  /** The organ has educated the party, as it must. */
  'leniency-educated@1': z.object({ decisionId: Id, on: DayText, text: told(Line(500)) }),
  /** A decision that should not have been made. */
  'leniency-withdrawn@1': z.object({ decisionId: Id, reason: told(Line(300)) }),
};
export type LeniencyPayload<Key extends keyof typeof leniencySchemas> = z.infer<
  (typeof leniencySchemas)[Key]
>;
