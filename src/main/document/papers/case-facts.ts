import { z } from 'zod';
import type { CaseState } from '../../../domain/case/index.ts';
import type { DocumentFields } from '../../../domain/document/kinds.ts';
import type { EventEnvelope } from '../../../domain/kernel/event/event.ts';
import type { MerchantState } from '../../../domain/merchant/index.ts';
import type { Party } from '../../../domain/organisation/index.ts';
import { Code, type Ground, type Procedure } from '../../../domain/procedure/index.ts';

/** All that a document of a case is made from. */
export type CaseFacts = {
  state: CaseState;
  /** The version the case began under: its words and articles are printed. */
  procedure: Procedure;
  merchant: MerchantState | undefined;
  /** The case's accepted and pending events, in order. */
  events: readonly EventEnvelope[];
  organisation: { name: string; party: Party; level: number };
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
const Grounded = z.object({ ground: Code, text: z.string() });
const Session = z.object({
  heldOn: z.iso.date(),
  place: z.string(),
  attendance: z.enum(['both', 'consumer-only', 'merchant-only', 'neither']),
  record: z.string(),
  proposalFen: z.int().nullable(),
});
export type SessionFacts = z.infer<typeof Session> & { by: string };

/** The last refusal or termination on record, with its ground; null when there is none. */
export function lastRefusal(facts: CaseFacts): { ground: Ground; text: string } | null {
  return lastGrounded(facts, 'case-refused', facts.procedure.refusalGrounds);
}

export function lastTermination(facts: CaseFacts): { ground: Ground; text: string } | null {
  return lastGrounded(facts, 'mediation-terminated', facts.procedure.terminationGrounds);
}

function lastGrounded(
  facts: CaseFacts,
  type: string,
  grounds: readonly Ground[],
): { ground: Ground; text: string } | null {
  const read = Grounded.safeParse(facts.events.findLast((one) => one.type === type)?.payload).data;
  const ground = grounds.find((one) => one.code === read?.ground);
  return read && ground ? { ground, text: read.text } : null;
}

/** The claims in the words of the case's procedure; a code it does not know stands for itself. */
export function claimsOf({ state, procedure }: CaseFacts): string[] {
  const { entries } = procedure.codes.claim;
  return state.claims.map((claim) => entries.find(({ code }) => code === claim)?.name.zh ?? claim);
}

/** Every session with who recorded it. */
export function sessionsOf(facts: CaseFacts): SessionFacts[] {
  return facts.events.flatMap((event) => {
    if (event.type !== 'session-recorded') return [];
    const read = Session.safeParse(event.payload);
    return read.success ? [{ ...read.data, by: event.actor.name }] : [];
  });
}
