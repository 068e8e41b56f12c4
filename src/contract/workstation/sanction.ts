import { type } from '@orpc/contract';
import { z } from 'zod';
import { IN_SIGHT, OWN_UNIT } from '../../domain/organisation/index.ts';
import {
  CallOutcome,
  type Eligibility,
  type PublicationEnd,
  type Regime,
  type SanctionClass,
  SanctionContentFields,
  type SanctionDate,
  SanctionDocument,
  SanctionKind,
  type SanctionReminder,
  sanctionSchemas,
  type SanctionState,
} from '../../domain/sanction/index.ts';
import { capable, FormId, Page } from './base.ts';
import type { TimelineEntry } from './case.ts';
import type { DocumentFile } from './document.ts';
import { type KeptFile, LARGEST_KEPT } from './kept-file.ts';

/** One line of the list. */
export type SanctionSummary = {
  id: string;
  merchantId: string;
  merchantName: string;
  unitName: string;
  kind: SanctionKind;
  class: SanctionClass | null;
  organ: string;
  number: string;
  determinedOn: string;
  eligibility: Eligibility;
  /** The last day of publication if nothing is done; null where it is not known or there is none. */
  endsOn: string | null;
  /** Facts of it that wait to be sent. */
  waiting: number;
};

export type SanctionDetail = {
  state: SanctionState;
  eligibility: Eligibility;
  ends: PublicationEnd | null;
  /** The regime that governs it; null where none does. */
  regime: Pick<Regime, 'id' | 'name' | 'article' | 'tag' | 'conditions'> | null;
  /** What stands in the way, as far as it is a record of its own. */
  blocking: { id: string; title: string; record: boolean }[];
  reminders: SanctionReminder[];
  unitName: string;
  timeline: TimelineEntry[];
  today: string;
  canRecord: boolean;
};

/** A day of the calendar, with whose record it is. */
export type SanctionDay = SanctionDate & { merchantName: string; title: string; kind: SanctionKind };

/** What is known here of a decision before it is entered. */
export type KnownDecision = {
  /** The record that bears this organ and number. */
  record: { id: string; title: string } | null;
  /** A standing entry of the merchant's credit about the same decision, which a record continues. */
  creditEntryId: string | null;
  /** Other records of the merchant that bear its number, whoever decided: likely the same. */
  likely: { id: string; title: string }[];
};

/** A call that a unit is to make, without the telephone number. */
export type CallEntry = {
  id: string;
  merchantName: string;
  unitName: string;
  kind: SanctionKind;
  organ: string;
  number: string;
  /** The first day on which repair may be asked for, and how many days before it the merchant is told; 0 once it may be. */
  day: string;
  daysBefore: number;
  dueAt: string | null;
  late: boolean;
  /** How often nobody was reached. */
  tries: number;
  hasPhone: boolean;
  revision: number;
};

export const SANCTION_VERDICTS = ['now', 'on', 'needs-duty', 'never', 'to-be-looked-at'] as const;
export const SanctionFilter = z.object({
  merchantId: z.string().max(64).optional(),
  kind: SanctionKind.optional(),
  verdict: z.enum(SANCTION_VERDICTS).optional(),
  /** What becomes eligible or ends within so many days. */
  dueInDays: z.int().min(1).max(400).optional(),
  search: z.string().max(100).optional(),
});
export type SanctionFilter = z.infer<typeof SanctionFilter>;

const one = <
  Type extends
    | 'sanction-corrected'
    | 'duty-done'
    | 'duty-reopened'
    | 'sanction-published'
    | 'decision-attached'
    | 'sanction-ended',
>(
  name: Type,
) => z.object({ type: z.literal(name), payload: sanctionSchemas[`${name}@1`] });

/** What is recorded of a record that is there. The id of a correction is that of the form. */
export const SanctionFact = z.discriminatedUnion('type', [
  one('sanction-corrected'),
  one('duty-done'),
  one('duty-reopened'),
  one('sanction-published'),
  one('decision-attached'),
  one('sanction-ended'),
]);
export type SanctionFact = z.infer<typeof SanctionFact>;

/** Why a row of a file cannot be taken: in words by its rule, and what stands in the field. */
export type SanctionRowRefusal = {
  row: number;
  field: string;
  rule: string;
  parameters: Record<string, string | number>;
  text: string;
};

export type SanctionImportPreview = {
  fileName: string;
  /** What a penalty file has and this one has not; then no row is judged. */
  missing: string[];
  rows: number;
  accepted: {
    row: number;
    merchantName: string;
    kind: SanctionKind;
    class: SanctionClass | null;
    organ: string;
    number: string;
    determinedOn: string;
  }[];
  /** Rows of decisions that are on record already, which are left out. */
  known: number[];
  refused: SanctionRowRefusal[];
};

const File = z.object({ fileName: z.string().min(1).max(255), base64: z.string().max(7_000_000) });
const Id = z.object({ id: z.string().min(1).max(64) });
const OWN_FILE = { whole: 'Rows of the file that this very person brought, to be put right.' };

/** Decisions about merchants that are published, and when they may be repaired. Known where the merchant trades and above. */
export const sanctions = {
  /** The latest determined first; where days are asked for, the nearest first. */
  list: capable('credit.read', IN_SIGHT)
    .input(Page.extend({ filter: SanctionFilter.default({}) }))
    .output(type<{ items: SanctionSummary[]; total: number; cursor: string | null }>()),
  get: capable('credit.read', IN_SIGHT).input(Id).output(type<SanctionDetail>()),
  /** What becomes eligible and what ends from one day to another, both included; the first thousand. */
  calendar: capable('credit.read', IN_SIGHT)
    .input(z.object({ from: z.iso.date(), to: z.iso.date() }))
    .output(type<SanctionDay[]>()),
  /** What is known here of a decision about a merchant. */
  known: capable('sanction.record', IN_SIGHT)
    .input(
      z.object({ merchantId: z.string().max(64), organ: z.string().max(120), number: z.string().max(80) }),
    )
    .output(type<KnownDecision>()),
  /** @throws RULE; NOT_FOUND for a merchant that is not known here */
  record: capable('sanction.record', IN_SIGHT)
    .input(
      z.object({
        eventId: FormId,
        merchantId: z.string().min(1).max(64),
        content: SanctionContentFields,
        /** The entry of the merchant's credit that it continues. */
        continues: z.string().max(64).nullable(),
      }),
    )
    .output(type<SanctionDetail>()),
  step: capable('sanction.record', IN_SIGHT)
    .input(Id.extend({ revision: z.int().min(1), eventId: FormId, fact: SanctionFact }))
    .output(type<SanctionDetail>()),
  /** Takes a file of a decision in, sealed under its hash. @throws RULE evidence-empty, evidence-type, evidence-too-large; STORAGE_FULL */
  keepFile: capable('sanction.record', OWN_UNIT)
    .input(
      z.object({
        name: z.string().trim().min(1).max(200),
        base64: z.base64().max(Math.ceil((LARGEST_KEPT * 4) / 3) + 4),
      }),
    )
    .output(type<KeptFile>()),
  /** A file of a decision; what does not lie here is brought first. Each look is logged. @throws NOT_FOUND, CENTRE_UNREACHABLE; RULE evidence-not-there-yet */
  openFile: capable('credit.read', IN_SIGHT)
    .input(Id.extend({ sha256: SanctionDocument.shape.sha256 }))
    .output(type<{ name: string; mediaType: string; base64: string }>()),
  /** The letter that reminds the merchant of it, as of today; each print is logged. @throws RULE of one that has ended */
  letter: capable('sanction.record', IN_SIGHT).input(Id).output(type<DocumentFile>()),
  /** The calls that this unit is to make today, the nearest date first; the first 200. */
  calls: capable('restoration.handle', IN_SIGHT)
    .input(Page)
    .output(type<{ items: CallEntry[]; total: number; cursor: string | null }>()),
  /** The number to call; each look is logged. @throws NOT_FOUND of a record that this unit is not to call about */
  callPhone: capable('restoration.handle', IN_SIGHT, {
    whole: 'It is what is asked for, to be called; the look is kept.',
  })
    .input(Id)
    .output(type<{ phone: string | null }>()),
  /** What came of a call. @throws RULE sanction-call-none where somebody else has made it */
  called: capable('restoration.handle', IN_SIGHT)
    .input(
      Id.extend({
        revision: z.int().min(1),
        eventId: FormId,
        outcome: CallOutcome,
        note: z.string().trim().max(300),
      }),
    )
    .output(type<void>()),
  /** The letter for who is not reached, as of today; each print is logged. @throws NOT_FOUND as above */
  callLetter: capable('restoration.handle', IN_SIGHT).input(Id).output(type<DocumentFile>()),
  /** The notice of repair that goes to the merchant together with the decision (两书同达); each print is logged. @throws NOT_FOUND; RULE of one that has ended */
  notice: capable('sanction.record', IN_SIGHT).input(Id).output(type<DocumentFile>()),
  /** Reads a file and judges every row; saves nothing. @throws INPUT_INVALID for what is no table */
  preview: capable('sanction.record', IN_SIGHT, OWN_FILE).input(File).output(type<SanctionImportPreview>()),
  /**
   * Records all rows of a file at once that can be, or none. `refused` is how many rows are known to stay out.
   * @throws INPUT_INVALID where that is another number by now
   */
  importFile: capable('sanction.record', IN_SIGHT)
    .input(File.extend({ refused: z.int().min(0) }))
    .output(type<{ recorded: number }>()),
};
