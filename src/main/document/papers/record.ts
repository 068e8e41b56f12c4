import { capitalAmount, formatYuan } from '../../../domain/kernel/text/index.ts';
import { performanceOf } from './agreement.ts';
import { claimsOf, sessionsOf, type CaseFacts } from './case-facts.ts';
import { labels } from './labels.zh-CN.ts';
import { titleOf, words } from './notice-words.zh-CN.ts';
import type { Paper } from './paper.ts';

/** What was agreed, its amount, and how it is performed. */
function settled({
  terms,
  amountFen,
  performance,
}: NonNullable<CaseFacts['state']['settlement']>): Omit<Paper['sections'][number], 'heading'> {
  const { paragraphs, ...table } = performanceOf(performance);
  const amount =
    amountFen === 0 ? labels.noAmount : labels.amount(capitalAmount(amountFen), formatYuan(amountFen));
  return { paragraphs: [words.record.settled, terms, amount, ...paragraphs], ...table };
}

const numeral = (place: number): string => labels.numerals[place - 1] ?? String(place);

/** 调解笔录: every session with what was said, and what came of it. Telephones and addresses are left out. */
export function mediationRecord(facts: CaseFacts): Paper {
  const { state, organisation } = facts;
  const { record } = words;
  const sessions = sessionsOf(facts);
  const { settlement } = state;
  const sections: Paper['sections'] = [
    {
      heading: record.dispute,
      paragraphs: [state.facts.text, claimsOf(facts).join(labels.listComma) + labels.stop],
    },
    ...sessions.map((session, index) => ({
      heading: record.session(numeral(index + 2), labels.day(session.heldOn)),
      paragraphs: [
        record.place(session.place, words.attendance[session.attendance]),
        record.host(session.by),
        session.record,
        ...(session.proposalFen === null ? [] : [record.proposal(formatYuan(session.proposalFen))]),
      ],
    })),
    {
      heading: record.result(numeral(sessions.length + 2)),
      ...(settlement === null ? { paragraphs: [record.none] } : settled(settlement)),
    },
  ];
  return {
    kind: 'mediation-record',
    documentId: facts.documentId,
    title: titleOf('mediation-record', organisation.party),
    number: facts.number,
    organisation: organisation.name,
    caseNumber: state.number,
    day: facts.today,
    addressee: null,
    parties: [
      {
        party: labels.parties.consumer,
        lines: [[[labels.parties.personName, state.consumer.name]]],
      },
      {
        party: labels.parties.merchant,
        lines: [[[labels.parties.tradeName, state.merchant.name]]],
      },
    ],
    opening: [],
    sections,
    history: [],
    closing: {
      heading: record.effect(numeral(sessions.length + 3)),
      paragraphs: [labels.effect['mediation-record'], labels.copies],
    },
    places: [
      { signer: 'consumer', label: labels.signatures.consumer },
      { signer: 'merchant', label: labels.signatures.merchant },
      { signer: 'mediator', label: labels.signatures.mediator },
    ],
    seal: { label: words.seal, name: organisation.name },
    delivery: null,
  };
}
