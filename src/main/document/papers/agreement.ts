import { capitalAmount, formatYuan } from '../../../domain/kernel/text/index.ts';
import type { DocumentKind } from '../../../domain/document/kinds.ts';
import { AgreementDocument } from './agreement-input.ts';
import { renderPaper } from './draw-paper.ts';
import { labels } from './labels.zh-CN.ts';
import type { Paper } from './paper.ts';

type Parsed = ReturnType<typeof AgreementDocument.parse>;

/** The kind of document that each form of agreement is. */
const KINDS: Record<Parsed['instrument'], DocumentKind> = {
  'settlement-agreement': 'settlement-agreement',
  'administrative-mediation': 'mediation-agreement',
  'mediation-record': 'mediation-record',
  'peoples-mediation': 'peoples-mediation-agreement',
};

/**
 * The agreement of a settled case as a PDF, without a number of its own in the register. The same input gives
 * the same bytes. Throws a `ZodError` for input that is no `AgreementDocument`.
 */
export async function renderAgreement(input: AgreementDocument): Promise<Uint8Array> {
  const agreement = AgreementDocument.parse(input);
  return renderPaper(agreementPaper(agreement, null), {
    contentHash: agreement.lastEventHash,
    draft: false,
    signatures: [],
    signedOn: null,
  });
}

/** What an agreement says. Throws a `ZodError` for input that is no `AgreementDocument`. */
export function agreementPaper(input: AgreementDocument, documentId: string | null): Paper {
  const agreement = AgreementDocument.parse(input);
  const { instrument } = agreement;
  return {
    kind: KINDS[instrument],
    documentId,
    title: labels.titles[instrument],
    number: agreement.number,
    organisation: agreement.organisation,
    caseNumber: agreement.caseNumber,
    day: agreement.agreedOn,
    addressee: null,
    parties: partyRows(agreement),
    opening: [],
    sections: sectionsOf(agreement),
    history: [],
    closing: {
      heading: numbered(agreement.responsibility === null ? 5 : 6, labels.sections.effect),
      paragraphs: [labels.effect[instrument], labels.copies],
    },
    places: [
      { signer: 'consumer', label: labels.signatures.consumer },
      { signer: 'merchant', label: labels.signatures.merchant },
      { signer: 'mediator', label: labels.signatures.mediator },
    ],
    seal: { label: labels.signatures.seal, name: agreement.organisation },
    delivery: null,
  };
}

/** A heading under another figure: `五、效力` as the sixth is `六、效力`. */
function numbered(place: number, heading: string): string {
  return `${labels.numerals[place - 1] ?? ''}${heading.slice(1)}`;
}

/** What is between the parties and the closing section. */
function sectionsOf(agreement: Parsed): Paper['sections'] {
  const { facts, performance, responsibility } = agreement;
  const place = facts.place === null ? '' : `${labels.semicolon}${labels.place}${facts.place}`;
  const shift = responsibility === null ? 0 : 1;
  return [
    {
      heading: labels.sections.facts,
      paragraphs: [
        `${labels.occurredOn}${labels.day(facts.occurredOn)}${place}${labels.stop}`,
        ...(agreement.disputedFen === null
          ? []
          : [`${labels.disputed}${labels.figures(formatYuan(agreement.disputedFen))}${labels.stop}`]),
        facts.text,
      ],
    },
    {
      heading: labels.sections.claims,
      paragraphs: [
        agreement.claims.join(labels.listComma) + labels.stop,
        ...(agreement.claimText === null ? [] : [agreement.claimText]),
      ],
    },
    ...(responsibility === null ? [] : [{ heading: labels.responsibility, paragraphs: [responsibility] }]),
    {
      heading: numbered(3 + shift, labels.sections.terms),
      paragraphs: [
        labels.preambles[agreement.instrument],
        agreement.terms,
        agreement.amountFen === 0
          ? labels.noAmount
          : labels.amount(capitalAmount(agreement.amountFen), formatYuan(agreement.amountFen)),
      ],
    },
    {
      heading: numbered(4 + shift, labels.sections.performance),
      ...performanceOf(performance),
    },
  ];
}

/** How and until when it is performed, each instalment with its day and amount. */
export function performanceOf(
  performance: Parsed['performance'],
): Omit<Paper['sections'][number], 'heading'> {
  if (performance.kind === 'at-once') return { paragraphs: [labels.atOnce] };
  const { manner, dueOn, instalments } = performance;
  const terms = [labels.manner(manner), labels.dueOn(labels.day(dueOn))];
  if (instalments === undefined) return { paragraphs: terms };
  const { intro, head, nth, total } = labels.instalments;
  const sum = instalments.reduce((all, one) => all + one.amountFen, 0);
  return {
    paragraphs: [...terms, intro],
    table: {
      head,
      rows: instalments.map((one, index) => [
        nth(index + 1),
        labels.day(one.dueOn),
        formatYuan(one.amountFen),
      ]),
      foot: [total, '', formatYuan(sum)],
    },
  };
}

function partyRows({ consumer, merchant, ...agreement }: Parsed): Paper['parties'] {
  const shown = (text: string | null): string => text ?? labels.blank;
  const { parties } = labels;
  return [
    {
      party: parties.consumer,
      lines: [
        [
          [parties.personName, shown(consumer.name)],
          [parties.phone, shown(consumer.phone)],
        ],
        ...(consumer.agent === null
          ? []
          : [[[parties.agent, shown(consumer.agent)] satisfies [string, string]]]),
        [[parties.address, shown(consumer.address)]],
      ],
    },
    {
      party: parties.merchant,
      lines: [
        [[parties.tradeName, shown(merchant.name)]],
        ...(merchant.creditCode === null
          ? []
          : [[[parties.creditCode, merchant.creditCode] satisfies [string, string]]]),
        [
          [parties.contact, shown(merchant.contact)],
          [parties.phone, shown(merchant.phone)],
        ],
        [[parties.address, shown(merchant.address)]],
      ],
    },
    {
      party: parties.mediation,
      lines: [
        [
          [parties.organisation, agreement.organisation],
          [parties.mediator, agreement.mediator],
        ],
      ],
    },
  ];
}
