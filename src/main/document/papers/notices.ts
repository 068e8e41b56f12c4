import { businessDay } from '../../../domain/kernel/calendar/index.ts';
import { levelRules } from '../../../domain/procedure/index.ts';
import { lastRefusal, lastTermination, type CaseFacts } from './case-facts.ts';
import { labels } from './labels.zh-CN.ts';
import { titleOf, words } from './notice-words.zh-CN.ts';
import type { Paper } from './paper.ts';

type LetterKind =
  | 'identity-notice'
  | 'acceptance-notice'
  | 'refusal-notice'
  | 'mediation-notice'
  | 'termination-notice';

/** A letter with the unit's seal. It names people and nothing else of them: no telephone, no address. */
function letter(facts: CaseFacts, kind: LetterKind, addressee: string, opening: string[]): Paper {
  const { name, party } = facts.organisation;
  return {
    kind,
    documentId: facts.documentId,
    title: titleOf(kind, party),
    number: facts.number,
    organisation: name,
    caseNumber: facts.state.number,
    day: facts.today,
    addressee: `${addressee}${words.colon}`,
    parties: [],
    opening,
    sections: [],
    history: [],
    closing: null,
    places: [],
    seal: { label: words.seal, name },
    delivery: words.delivery,
  };
}

function received({ state }: CaseFacts): string {
  return words.complaint(labels.day(businessDay(state.registeredAt)), state.merchant.name, state.number);
}

/** 限期提供身份证明通知书; `fields.dueOn` is the last day. */
export function identityNotice(facts: CaseFacts): Paper {
  const { party } = facts.organisation;
  return letter(facts, 'identity-notice', facts.state.consumer.name, [
    received(facts),
    words.identity(facts.procedure, labels.dayOrBlank(facts.fields.dueOn), party),
    words.identityCare,
  ]);
}

/** 受理决定书, of a point that is not the regulator's 受理通知书. */
export function acceptanceNotice(facts: CaseFacts): Paper {
  const { party } = facts.organisation;
  const { acceptedAt, receivedAt } = facts.state;
  return letter(facts, 'acceptance-notice', facts.state.consumer.name, [
    received(facts),
    words.accepted(labels.day(businessDay(acceptedAt ?? receivedAt))),
    words.acceptedLimit(levelRules(facts.procedure, facts.organisation.level).mediateDays, party),
    words.acceptedKeep,
  ]);
}

/** 不予受理决定书 with the ground of Art. 16. */
export function refusalNotice(facts: CaseFacts): Paper {
  const refusal = lastRefusal(facts);
  return letter(facts, 'refusal-notice', facts.state.consumer.name, [
    received(facts),
    ...(refusal
      ? [
          words.refusal(facts.procedure, refusal.ground, facts.organisation.party),
          words.explanation(refusal.text),
        ]
      : []),
    words.otherWays,
  ]);
}

/** 调解通知书 to both parties; `fields` hold day, time and place. */
export function mediationNotice(facts: CaseFacts): Paper {
  const { consumer, merchant, number } = facts.state;
  const { heldOn, heldAt, place } = facts.fields;
  return letter(facts, 'mediation-notice', `${consumer.name}${words.and}${merchant.name}`, [
    words.mediation(consumer.name, merchant.name, number),
    words.mediationTime(labels.dayOrBlank(heldOn), heldAt ?? ''),
    words.mediationPlace(place ?? ''),
    words.mediator(facts.issuer),
    words.mediationBring,
    words.mediationAbsence(facts.procedure, facts.organisation.party),
  ]);
}

/** 终止调解决定书 with the ground of Art. 23(1), to both parties. */
export function terminationNotice(facts: CaseFacts): Paper {
  const { consumer, merchant, number } = facts.state;
  const termination = lastTermination(facts);
  return letter(facts, 'termination-notice', `${consumer.name}${words.and}${merchant.name}`, [
    `${consumer.name}与${merchant.name}的消费者权益争议（登记编号：${number}），经本单位组织调解。`,
    ...(termination
      ? [
          words.termination(facts.procedure, termination.ground, facts.organisation.party),
          words.explanation(termination.text),
        ]
      : []),
    words.bothOtherWays,
  ]);
}
