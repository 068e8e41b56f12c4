import { businessDay } from '../kernel/calendar/index.ts';
import type { Deltas } from '../kernel/event/deltas.ts';
import type { AdmissionContext } from '../kernel/event/admission.ts';
import type { Fact, RecordedFact } from '../kernel/event/event.ts';
import type { Refusal } from '../kernel/event/ruling.ts';
import { consentInForce, type ConsentState, financeCount, type FinanceMetric } from '../finance/index.ts';
import type { DisclosureState, disclosureSchemas } from './disclosure.ts';
import type { z } from 'zod';

/** The consents that an answer names: nobody changes one of them while it is judged. */
export function consentsOfDisclosure({ type, payload }: Pick<RecordedFact, 'type' | 'payload'>): {
  kind: 'consent';
  id: string;
}[] {
  if (type !== 'data-disclosed' || typeof payload !== 'object' || payload === null) return [];
  const items: unknown = 'items' in payload ? payload.items : [];
  const ids = (Array.isArray(items) ? (items as unknown[]) : []).flatMap((one) =>
    typeof one === 'object' && one !== null && 'consentId' in one && typeof one.consentId === 'string'
      ? [one.consentId]
      : [],
  );
  return [...new Set(ids)].map((id) => ({ kind: 'consent', id }));
}

/**
 * Why an answer cannot be one: each kind of data in it is told under a consent of this merchant to this recipient that names it and is in
 * force at that instant. It binds the centre as well: what is not recorded is not said, so that nothing is told without a consent.
 */
export function refusalOfDisclosure(
  _before: DisclosureState | undefined,
  fact: Fact,
  _after: DisclosureState,
  { record }: Pick<AdmissionContext<never>, 'record'>,
): Refusal | null {
  if (fact.type !== 'data-disclosed') return null;
  // The reducer has read it.
  const { items, recipient } = fact.payload as z.infer<(typeof disclosureSchemas)['data-disclosed@1']>;
  for (const [place, { item, consentId }] of items.entries()) {
    // Looked up as a consent.
    const consent = record({ kind: 'consent', id: consentId }) as ConsentState | undefined;
    const wanted = { merchantId: fact.stream.id, recipientPath: recipient.unitPath, item };
    if (consentInForce(consent ? [consent] : [], wanted, fact.at) === null)
      return { rule: 'consent-not-in-force', field: `items.${place}.consentId` };
  }
  return null;
}

/** What one answer adds to the roll-up: those under consent, at the merchant's unit. Pure. */
export function disclosureDeltas(
  _before: DisclosureState | undefined,
  fact: RecordedFact,
  { id, unitPath }: DisclosureState,
): Deltas<FinanceMetric, never> {
  if (fact.type !== 'data-disclosed') return { counters: [], handling: [] };
  const day = businessDay(fact.at);
  return {
    counters: financeCount(unitPath, day, 'consented-disclosures', 1, [`merchant:${id}`]),
    handling: [],
  };
}
