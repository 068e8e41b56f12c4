import { businessDay } from '../../../domain/kernel/calendar/index.ts';
import { agreementPaper } from './agreement.ts';
import type { AgreementDocument } from './agreement-input.ts';
import { claimsOf, orNull, type CaseFacts } from './case-facts.ts';
import { words } from './notice-words.zh-CN.ts';
import type { Paper } from './paper.ts';

/** The hash that an agreement's own input wants; a numbered paper's code comes from its whole content. */
const NO_HASH = '0'.repeat(64);

/** What the agreement of a settled case says. @throws Error when the case is not settled */
export function agreementOf(
  facts: CaseFacts,
  instrument: AgreementDocument['instrument'],
): AgreementDocument {
  const { state, merchant } = facts;
  const { settlement } = state;
  if (settlement === null) throw new Error('The case is not settled');
  return {
    instrument,
    number: facts.number,
    caseNumber: state.number,
    organisation: facts.organisation.name,
    mediator: settlement.byName,
    consumer: {
      name: state.consumer.name,
      phone: orNull(state.consumer.phone),
      address: orNull(state.consumer.address),
    },
    merchant: {
      name: state.merchant.name,
      phone: orNull(state.merchant.phone ?? merchant?.phone),
      address: orNull(state.merchant.address ?? merchant?.address),
      contact: orNull(state.merchant.contact ?? merchant?.contactName),
      creditCode: orNull(merchant?.creditCode),
    },
    facts: { text: state.facts.text, occurredOn: state.facts.occurredOn, place: orNull(state.facts.place) },
    disputedFen: state.amountFen,
    claims: claimsOf(facts),
    claimText: orNull(state.claimText),
    terms: settlement.terms,
    amountFen: settlement.amountFen,
    performance: settlement.performance,
    agreedOn: businessDay(settlement.at),
    lastEventHash: NO_HASH,
  };
}

/** 和解协议书: a private contract. */
export function settlementAgreement(facts: CaseFacts): Paper {
  return agreementPaper(agreementOf(facts, 'settlement-agreement'), facts.documentId);
}

/** 行政调解书: the regulator's. */
export function mediationAgreement(facts: CaseFacts): Paper {
  return agreementPaper(agreementOf(facts, 'administrative-mediation'), facts.documentId);
}

/** 人民调解协议书: of a people's mediation committee, whose seal it bears; it may be confirmed by a court. */
export function peoplesMediationAgreement(facts: CaseFacts): Paper {
  const committee = facts.fields.committee ?? facts.organisation.name;
  const agreement = agreementOf(facts, 'peoples-mediation');
  const paper = agreementPaper(
    { ...agreement, organisation: committee, responsibility: orNull(facts.fields.responsibility) },
    facts.documentId,
  );
  return { ...paper, seal: { label: words.committeeSeal, name: committee } };
}
