import { businessDay } from '../kernel/calendar/index.ts';
import type { FieldChange, FieldValue, PastFact } from '../kernel/event/change.ts';
import type { Fact } from '../kernel/event/event.ts';
import { illegal, legal, type Ruling } from '../kernel/event/ruling.ts';
import { caseSchemas, type CasePayload } from './events.ts';
import type { CaseState } from './state.ts';

/** What was registered, field by field, as a correction names it. */
export type Registered = Omit<CasePayload<'case-corrected'>, 'reason'>;
export type CorrectableField = keyof Registered;

/** Every field of a registration as a correction names it. */
export function registeredOf(
  state: Pick<
    CasePayload<'case-registered'>,
    | 'consumer'
    | 'merchant'
    | 'facts'
    | 'category'
    | 'amountFen'
    | 'claims'
    | 'claimText'
    | 'consents'
    | 'source'
  >,
): Registered {
  const { consumer, merchant, facts, category, consents } = state;
  return {
    consumerName: consumer.name,
    consumerPhone: consumer.phone,
    consumerIdType: consumer.idType,
    consumerIdNumber: consumer.idNumber,
    consumerAddress: consumer.address,
    merchantId: merchant.merchantId,
    merchantName: merchant.name,
    merchantContact: merchant.contact,
    merchantPhone: merchant.phone,
    merchantAddress: merchant.address,
    factsText: facts.text,
    occurredOn: facts.occurredOn,
    place: facts.place,
    object: category.object,
    problem: category.problem,
    amountFen: state.amountFen,
    claims: state.claims,
    claimText: state.claimText,
    publication: consents.publication,
    delegatedMediation: consents.delegatedMediation,
    source: state.source,
  };
}

/** Puts right what was registered wrongly; the log keeps what stood before, and why it changed. */
export function correct(next: CaseState, fact: Fact, changed: Registered): Ruling<CaseState> {
  const { occurredOn } = changed;
  if (occurredOn !== undefined && occurredOn > businessDay(fact.at))
    return illegal('date-in-future', 'occurredOn');
  const { consumer, merchant, facts, category, consents } = next;
  return legal({
    ...next,
    consumer: {
      ...consumer,
      name: changed.consumerName ?? consumer.name,
      phone: changed.consumerPhone ?? consumer.phone,
      idType: changed.consumerIdType ?? consumer.idType,
      idNumber: changed.consumerIdNumber ?? consumer.idNumber,
      address: changed.consumerAddress ?? consumer.address,
    },
    merchant: {
      ...merchant,
      merchantId: changed.merchantId === undefined ? merchant.merchantId : changed.merchantId,
      name: changed.merchantName ?? merchant.name,
      contact: changed.merchantContact ?? merchant.contact,
      phone: changed.merchantPhone ?? merchant.phone,
      address: changed.merchantAddress ?? merchant.address,
    },
    facts: {
      ...facts,
      text: changed.factsText ?? facts.text,
      occurredOn: occurredOn ?? facts.occurredOn,
      place: changed.place ?? facts.place,
    },
    category: {
      object: changed.object ?? category.object,
      problem: changed.problem ?? category.problem,
    },
    amountFen: changed.amountFen === undefined ? next.amountFen : changed.amountFen,
    claims: changed.claims ?? next.claims,
    claimText: changed.claimText ?? next.claimText,
    consents: {
      ...consents,
      publication: changed.publication ?? consents.publication,
      delegatedMediation: changed.delegatedMediation ?? consents.delegatedMediation,
    },
    source: changed.source ?? next.source,
  });
}

export type Change = FieldChange<CorrectableField>;

/**
 * What each correction of a case replaced, by the id of its fact. `events` is the history from
 * its beginning; one that does not count (it was refused, say) changes nothing for those behind it.
 */
export function changesOf(events: readonly PastFact[]): Map<string, Change[]> {
  const changes = new Map<string, Change[]>();
  let now: Registered = {};
  for (const { eventId, type, payload, counts } of events) {
    if (type === 'case-registered') {
      const read = caseSchemas['case-registered@1'].safeParse(payload);
      if (read.success && counts) now = registeredOf(read.data);
    }
    if (type !== 'case-corrected') continue;
    const read = caseSchemas['case-corrected@2'].safeParse(payload);
    if (!read.success) continue;
    const { reason: _, ...changed } = read.data;
    const fields = Object.keys(changed) as CorrectableField[];
    changes.set(
      eventId,
      // Which entry of the roster it is says nothing that its name does not.
      fields
        .filter((field) => field !== 'merchantId')
        .map((field) => ({ field, before: shown(now[field]), after: shown(changed[field]) })),
    );
    if (counts) now = { ...now, ...changed };
  }
  return changes;
}

const shown = (value: Registered[CorrectableField]): FieldValue =>
  value === undefined || value === '' ? null : value;
