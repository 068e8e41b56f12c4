import { z } from 'zod';
import { Fen, Settlement } from '../../../domain/case/index.ts';
import { DayText } from '../../../domain/kernel/event/event.ts';

const Line = (max: number) => z.string().trim().min(1).max(max);

/** Who stands in the document, as the parties gave it; what is not known is left to be written by hand. */
const ConsumerParty = z.object({
  name: Line(60),
  phone: Line(30).nullable(),
  address: Line(200).nullable(),
  /** Representative with a power of attorney, when one acts. */
  agent: Line(60).nullable().default(null),
});

const MerchantParty = z.object({
  name: Line(160),
  phone: Line(30).nullable(),
  address: Line(300).nullable(),
  /** Person in charge or representative. */
  contact: Line(60).nullable(),
  creditCode: Line(18).nullable(),
});

/**
 * Everything an agreement says. Identity numbers are not part of it: the parties sign with name,
 * telephone and address (minimum necessary, PIPL Art. 6).
 */
export const AgreementDocument = z.object({
  /** Decides title and wording: a private settlement, a mediation agreement, or a mediation record. */
  instrument: Settlement.shape.instrument.or(z.literal('peoples-mediation')),
  /** Issues and who answers for them: a people's mediation agreement says it (人民调解法). */
  responsibility: Line(2000).nullable().default(null),
  /** The document's own number; the case number when it has none. */
  number: Line(60),
  caseNumber: Line(60),
  /** The unit whose mediator led it, and which seals it. */
  organisation: Line(120),
  mediator: Line(60),
  consumer: ConsumerParty,
  merchant: MerchantParty,
  facts: z.object({ text: Line(4000), occurredOn: DayText, place: Line(200).nullable() }),
  /** In dispute, fen; null when it is not about money. */
  disputedFen: Fen.nullable(),
  /** In words, as the case's procedure names them. */
  claims: z.array(Line(300)).min(1).max(10),
  claimText: Line(1000).nullable(),
  terms: Settlement.shape.terms,
  /** What the merchant pays or refunds, fen; 0 when it pays nothing. */
  amountFen: Settlement.shape.amountFen,
  performance: Settlement.shape.performance,
  /** The day it was reached, printed as the document's date. */
  agreedOn: DayText,
  /** SHA-256 of the case's last event, hexadecimal: its tail is the verification code. */
  lastEventHash: z.string().regex(/^[0-9a-f]{64}$/),
});
export type AgreementDocument = z.input<typeof AgreementDocument>;
