import { businessDay } from '../../../domain/kernel/calendar/index.ts';
import type { CaseFacts } from './case-facts.ts';
import { labels } from './labels.zh-CN.ts';
import { titleOf, words } from './notice-words.zh-CN.ts';
import type { Paper } from './paper.ts';

/** 投诉材料收据: what was handed in, a line each; it says that it decides nothing. */
export function receipt(facts: CaseFacts): Paper {
  const { state, organisation } = facts;
  const materials = (facts.fields.materials ?? '')
    .split('\n')
    .map((line) => line.trim())
    .filter((line) => line !== '');
  return {
    kind: 'receipt',
    documentId: facts.documentId,
    title: titleOf('receipt', organisation.party),
    number: facts.number,
    organisation: organisation.name,
    caseNumber: state.number,
    day: facts.today,
    addressee: null,
    parties: [],
    opening: [words.receipt(state.consumer.name, state.merchant.name)],
    sections: [
      {
        heading: words.receiptMaterials,
        paragraphs: materials.map((line, index) => `${index + 1}. ${line}`),
      },
      {
        heading: words.receiptCase,
        paragraphs: [
          words.receiptRegistered(labels.day(businessDay(state.registeredAt)), state.number),
          words.receiptNoDecision,
        ],
      },
    ],
    history: [],
    closing: { heading: words.receiptClosing, paragraphs: [words.receiptConfirmed] },
    places: [
      { signer: 'consumer', label: words.receiptGiver },
      { signer: 'mediator', label: words.receiptTaker },
    ],
    seal: { label: words.seal, name: organisation.name },
    delivery: null,
  };
}
