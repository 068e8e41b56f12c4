import type { TFunction } from 'i18next';
import { z } from 'zod';
import type { TimelineEntry } from '../../contract/workstation/case.ts';
import { caseSchemas } from '../../domain/case/events.ts';
import { yuan } from '../kernel/components/money.tsx';

type Words = TFunction<'cases'>;

const Registered = z.object({
  merchant: z.object({ name: z.string() }),
  amountFen: z.number().nullable(),
});

/** Reads a payload by the schema of its event; undefined for one that another release wrote differently. */
function read<Schema extends z.ZodType>(schema: Schema, payload: unknown): z.infer<Schema> | undefined {
  const parsed = schema.safeParse(payload);
  return parsed.success ? parsed.data : undefined;
}

/** An amount with what it is; nothing where there is none. */
const amount = (fen: number | null | undefined): string[] => (typeof fen === 'number' ? [yuan(fen)] : []);

const present = (...texts: (string | null | undefined)[]): string[] =>
  texts.filter((text): text is string => typeof text === 'string' && text.trim() !== '');

/** What a session was: day and hour, where, who came, and what was proposed. */
function session(payload: unknown, t: Words): string[] {
  const one = read(caseSchemas['session-recorded@1'], payload);
  if (one === undefined) return [];
  return [
    present(one.heldOn, one.startedAt).join(' '),
    one.place,
    t(`attendance.${one.attendance}`),
    ...present(one.mediator),
    ...amount(one.proposalFen).map((proposed) => t('entry.proposed', { amount: proposed })),
  ];
}

/** What each side offered and said at a session, in this order. */
function sessionLines(payload: unknown, t: Words): string[] {
  const one = read(caseSchemas['session-recorded@1'], payload);
  const proposals = (one?.proposals ?? []).map(({ by, amountFen, text }, index) =>
    [
      t('entry.proposal', { place: index + 1, side: t(`session.side.${by}`) }),
      ...amount(amountFen),
      ...present(text),
    ].join(' · '),
  );
  const said = (['consumer', 'merchant'] as const).flatMap((side) =>
    present(one?.statements?.[side]).map((text) =>
      t('entry.said', { side: t(`session.side.${side}`), text }),
    ),
  );
  return [...proposals, ...said];
}

/** What was agreed: by which instrument, how much, and until when. */
function settlement(payload: unknown, t: Words): string[] {
  const one = read(caseSchemas['case-settled@1'], payload);
  if (one === undefined) return [];
  const { performance } = one;
  const until =
    performance.kind === 'at-once'
      ? t('page.atOnce')
      : t('page.by', { day: performance.dueOn, manner: performance.manner });
  return [t(`instrument.${one.instrument}`), yuan(one.amountFen), until];
}

/** What is paid by when, part by part. */
function settlementLines(payload: unknown, t: Words): string[] {
  const performance = read(caseSchemas['case-settled@1'], payload)?.performance;
  const parts = performance?.kind === 'by' ? (performance.instalments ?? []) : [];
  return parts.map((part, index) =>
    [t('instalment.nth', { place: index + 1 }), part.dueOn, yuan(part.amountFen)].join(' · '),
  );
}

/** Days, amounts, names and choices of the other steps that have some of their own. */
const PARTS: Partial<Record<string, (payload: unknown, t: Words) => string[]>> = {
  'case-registered': (payload) => {
    const one = read(Registered, payload);
    return one ? [one.merchant.name, ...amount(one.amountFen)] : [];
  },
  'session-recorded': session,
  'case-settled': settlement,
  'performance-recorded': (payload) => present(read(caseSchemas['performance-recorded@1'], payload)?.on),
  'instalment-recorded': (payload, t) => {
    const one = read(caseSchemas['instalment-recorded@1'], payload);
    return one ? [t('instalment.nth', { place: one.index + 1 }), one.on] : [];
  },
  'satisfaction-recorded': (payload) => present(read(caseSchemas['satisfaction-recorded@1'], payload)?.on),
  'satisfaction-answered': (payload, t) => {
    const one = read(caseSchemas['satisfaction-answered@1'], payload);
    return one ? [t('page.scored', { score: one.score })] : [];
  },
  'confirmation-applied': (payload) => {
    const one = read(caseSchemas['confirmation-applied@1'], payload);
    return one ? [one.court, one.on] : [];
  },
  'testing-ordered': (payload, t) => {
    const one = read(caseSchemas['testing-ordered@1'], payload);
    return one ? [one.subject, one.institution, t(`testing.pays.${one.fees}`)] : [];
  },
  'testing-reported': (payload) => {
    const one = read(caseSchemas['testing-reported@1'], payload);
    return one ? [one.on, one.finding] : [];
  },
  'agent-appointed': (payload, t) => {
    const one = read(caseSchemas['agent-appointed@1'], payload);
    return one ? [t(`session.side.${one.side}`), one.name, t(`agent.${one.authority}`)] : [];
  },
  'mediator-challenged': (payload, t) => {
    const one = read(caseSchemas['mediator-challenged@1'], payload);
    return one ? [t(`session.side.${one.by}`), one.mediator] : [];
  },
  'challenge-decided': (payload, t) => {
    const one = read(caseSchemas['challenge-decided@1'], payload);
    return one ? [t(one.upheld ? 'challenge.upheld' : 'challenge.dismissed'), ...present(one.successor)] : [];
  },
  'document-signed': (payload) => present(read(caseSchemas['document-signed@1'], payload)?.signedOn),
};

/** The times, amounts, people and choices that one entry of a case's history recorded, each in words. */
export function partsOf(entry: TimelineEntry, t: Words): string[] {
  return PARTS[entry.type]?.(entry.payload, t) ?? [];
}

const LINES: Partial<Record<string, (payload: unknown, t: Words) => string[]>> = {
  'session-recorded': sessionLines,
  'case-settled': settlementLines,
};

/** What one entry recorded several of, each on a line of its own: proposals, statements, instalments. */
export function linesOf(entry: TimelineEntry, t: Words): string[] {
  return LINES[entry.type]?.(entry.payload, t) ?? [];
}
