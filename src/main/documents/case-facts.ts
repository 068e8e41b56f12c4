import { z } from 'zod';
import { RefusalGround, TerminationGround } from '../../domain/case/codes.ts';
import type { CaseState } from '../../domain/case/state.ts';
import type { DocumentFields } from '../../domain/document/kinds.ts';
import type { EventEnvelope } from '../../domain/event/event.ts';
import type { MerchantState } from '../../domain/merchant/merchant.ts';
import type { Party } from '../../domain/org/unit.ts';

/** All that a document of a case is made from. */
export type CaseFacts = {
  state: CaseState;
  merchant: MerchantState | undefined;
  /** The case's accepted and pending events, in order. */
  events: readonly EventEnvelope[];
  organisation: { name: string; party: Party };
  /** Who issues it. */
  issuer: string;
  today: string;
  number: string;
  documentId: string | null;
  fields: DocumentFields;
  nameOf: (unitPath: string) => string;
};

/** Empty text means "not known": the form leaves a line to write on. */
export const orNull = (text: string | null | undefined): string | null => (text ? text : null);

// Read leniently: a later version of an event may say more than a document needs.
const Refusal = z.object({ ground: RefusalGround, text: z.string() });
const Termination = z.object({ ground: TerminationGround, text: z.string() });
const Session = z.object({
  heldOn: z.iso.date(),
  place: z.string(),
  attendance: z.enum(['both', 'consumer-only', 'merchant-only', 'neither']),
  record: z.string(),
  proposalFen: z.int().nullable(),
});
export type SessionFacts = z.infer<typeof Session> & { by: string };

/** The last refusal or termination on record, with its ground; null when there is none. */
export function lastRefusal(facts: CaseFacts): z.infer<typeof Refusal> | null {
  const event = facts.events.findLast((one) => one.type === 'case-refused');
  return Refusal.safeParse(event?.payload).data ?? null;
}

export function lastTermination(facts: CaseFacts): z.infer<typeof Termination> | null {
  const event = facts.events.findLast((one) => one.type === 'mediation-terminated');
  return Termination.safeParse(event?.payload).data ?? null;
}

/** Every session with who recorded it. */
export function sessionsOf(facts: CaseFacts): SessionFacts[] {
  return facts.events.flatMap((event) => {
    if (event.type !== 'session-recorded') return [];
    const read = Session.safeParse(event.payload);
    return read.success ? [{ ...read.data, by: event.actor.name }] : [];
  });
}
