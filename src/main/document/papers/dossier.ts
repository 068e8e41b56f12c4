import { z } from 'zod';
import { businessDay } from '../../../domain/kernel/calendar/index.ts';
import type { EventEnvelope } from '../../../domain/kernel/event/event.ts';
import { formatYuan, maskPhone } from '../../../domain/kernel/text/index.ts';
import { claimsOf, type CaseFacts } from './case-facts.ts';
import { labels } from './labels.zh-CN.ts';
import { eventWords, statusWords, titleOf, words } from './notice-words.zh-CN.ts';
import type { Paper } from './paper.ts';

/** Texts of an event's payload that a reader of the file needs, in the order in which they are shown. */
const TEXTS = ['place', 'record', 'terms', 'text', 'reason', 'note', 'number'] as const;

function textOf(event: EventEnvelope): string {
  const title = eventWords[event.type] ?? event.type;
  const { payload } = event;
  if (typeof payload !== 'object' || payload === null || event.type === 'case-registered') return title;
  const members = payload as Record<string, unknown>;
  const texts = TEXTS.map((key) => members[key]).filter(
    (text): text is string => typeof text === 'string' && text !== '',
  );
  const amount = members['amountFen'] ?? members['proposalFen'];
  if (typeof amount === 'number') texts.push(labels.figures(formatYuan(amount)));
  texts.push(...performanceTexts(payload));
  return texts.length === 0 ? title : `${title}：${texts.join('；')}`;
}

// Read leniently: a later version of an event may say more than a dossier needs.
const Agreed = z.object({
  performance: z.object({
    dueOn: z.iso.date(),
    instalments: z.array(z.object({ dueOn: z.iso.date(), amountFen: z.int() })).optional(),
  }),
});
const Performed = z.object({
  index: z.int().min(0).optional(),
  result: z.enum(['kept', 'broken']),
  on: z.iso.date(),
});

/** What was agreed to be done until when, or what came of it. */
function performanceTexts(payload: object): string[] {
  const agreed = Agreed.safeParse(payload).data?.performance;
  if (agreed !== undefined) {
    return (
      agreed.instalments?.map((one, index) =>
        labels.instalments.line(index + 1, labels.day(one.dueOn), formatYuan(one.amountFen)),
      ) ?? [labels.dueOn(labels.day(agreed.dueOn))]
    );
  }
  const performed = Performed.safeParse(payload).data;
  if (performed === undefined) return [];
  const { index, result, on } = performed;
  return [
    `${index === undefined ? '' : labels.instalments.nth(index + 1)}${words.performance[result]}（${labels.day(on)}）`,
  ];
}

/** Day and time in Asia/Shanghai: `2026-03-10 10:05`. */
function minuteOf(instant: string): string {
  const shifted = new Date(Date.parse(instant) + 8 * 3_600_000).toISOString();
  return `${shifted.slice(0, 10)} ${shifted.slice(11, 16)}`;
}

/** 案件卷宗: all that is on record of a case, with everything that happened. Telephones are masked. */
export function dossier(facts: CaseFacts): Paper {
  const { state, organisation, nameOf } = facts;
  const { dossier: said } = words;
  const { parties } = labels;
  const documents = state.documents ?? [];
  return {
    kind: 'dossier',
    documentId: facts.documentId,
    title: titleOf('dossier', organisation.party),
    number: facts.number,
    organisation: organisation.name,
    caseNumber: state.number,
    day: facts.today,
    addressee: null,
    parties: [
      {
        party: parties.consumer,
        lines: [
          [
            [parties.personName, state.consumer.name],
            [parties.phone, maskPhone(state.consumer.phone)],
          ],
        ],
      },
      {
        party: parties.merchant,
        lines: [
          [
            [parties.tradeName, state.merchant.name],
            [parties.contact, state.merchant.contact || labels.blank],
          ],
          [[parties.address, state.merchant.address || labels.blank]],
        ],
      },
    ],
    opening: [],
    sections: [
      {
        heading: said.case,
        paragraphs: [
          said.registered(labels.day(businessDay(state.registeredAt)), nameOf(state.registeredPath)),
          said.handled(state.handledBy.map(nameOf).join(labels.listComma)),
          said.handling(nameOf(state.handlingPath)),
          said.status(statusWords[state.status]),
          said.privacy,
        ],
      },
      {
        heading: said.facts,
        paragraphs: [
          `${labels.occurredOn}${labels.day(state.facts.occurredOn)}${labels.stop}`,
          ...(state.amountFen === null
            ? []
            : [`${labels.disputed}${labels.figures(formatYuan(state.amountFen))}${labels.stop}`]),
          state.facts.text,
          claimsOf(facts).join(labels.listComma) + labels.stop,
        ],
      },
      {
        heading: said.documents,
        paragraphs:
          documents.length === 0
            ? [said.noDocuments]
            : documents.map(
                (one) =>
                  `${one.number}，${labels.kinds[one.kind]}，${labels.day(one.issuedOn)}，${
                    one.signed ? said.signed[one.signed.manner] : said.unsigned
                  }${labels.stop}`,
              ),
      },
      { heading: said.history, paragraphs: [] },
    ],
    history: facts.events.map((event) => ({
      when: minuteOf(event.at),
      what: textOf(event),
      who: `${event.actor.name}\n${nameOf(event.unitPath)}`,
    })),
    closing: null,
    places: [],
    seal: { label: words.seal, name: organisation.name },
    delivery: null,
  };
}
