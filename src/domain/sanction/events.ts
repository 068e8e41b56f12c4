import { z } from 'zod';
import { Sha256 } from '../document/index.ts';
import { EvidenceMediaType, LARGEST_EVIDENCE } from '../evidence/index.ts';
import { DayText, Id, Instant, UnitPath } from '../kernel/event/event.ts';
import { business, told } from '../kernel/text/index.ts';

const Line = (max: number) => z.string().trim().min(1).max(max);
/** May be empty, so that whoever leaves it out is told so by its own rule. */
const Named = (max: number) => z.string().trim().max(max);

/** What is published of a merchant. Of an individual business `abnormal-listing` is the mark of an abnormal state. */
export const SanctionKind = z.enum(['penalty', 'abnormal-listing', 'severe-listing', 'spot-check', 'other']);
export type SanctionKind = z.infer<typeof SanctionKind>;

export const SanctionClass = z.enum(['minor', 'ordinary', 'serious']);
export type SanctionClass = z.infer<typeof SanctionClass>;

/** Where it is published: 信用中国, or the national enterprise credit information publicity system (gsxt). */
export const SanctionChannel = z.enum(['creditchina', 'gsxt']);
export type SanctionChannel = z.infer<typeof SanctionChannel>;

/** What one decision imposes, by which some regimes count instead of by a class (行政处罚法 Art. 9; Order 45 Arts. 13 and 14). */
export const SanctionMeasure = z.enum([
  'warning',
  'criticism',
  'small-fine',
  'fine',
  'confiscation',
  'suspension',
  'restriction',
  'ban',
  'downgrading',
  'revocation',
]);
export type SanctionMeasure = z.infer<typeof SanctionMeasure>;

/** Areas for which regimes have longer periods. */
export const SanctionArea = z.enum(['food', 'drugs', 'special-equipment', 'work-safety', 'fire']);
export type SanctionArea = z.infer<typeof SanctionArea>;

/** What came of a call: asks for the form of an application, too, where it was reached. */
export const CallOutcome = z.enum(['reached', 'not-reached', 'asks-for-form']);
export type CallOutcome = z.infer<typeof CallOutcome>;

export const SanctionCause = z.enum(['repaired', 'annulled', 'expired', 'removed']);
export type SanctionCause = z.infer<typeof SanctionCause>;

/** As many duties as one decision may hold (assumption). */
export const MOST_DUTIES = 20;

/** As many files of its decision as a record holds (assumption). */
export const MOST_DOCUMENTS = 10;

/** A file of the decision, named by the hash of its content. */
export const SanctionDocument = z.object({
  sha256: Sha256,
  size: z.int().min(1).max(LARGEST_EVIDENCE),
  mediaType: EvidenceMediaType,
  name: told(Line(200)),
});
export type SanctionDocument = z.infer<typeof SanctionDocument>;

/** What may be corrected of a record: all but whose it is. */
const content = {
  kind: SanctionKind,
  /** Null where the file or the decision does not say it, and of what has no class. */
  class: SanctionClass.nullable(),
  organ: Named(120),
  /** Of the decision's document. */
  number: Named(80),
  /** The day on which the document determined it; null is refused, by its own rule. */
  determinedOn: DayText.nullable(),
  /** Null until it is known. */
  publishedOn: DayText.nullable(),
  channel: SanctionChannel,
  /** Imposed in the simplified procedure (行政处罚法 Art. 51). */
  simplified: z.boolean(),
  measures: z.array(SanctionMeasure).max(10),
  areas: z.array(SanctionArea).max(5),
  /** Until when business or office is restricted by the decision itself; null where it is not. */
  restrictedUntil: DayText.nullable(),
  /** What it was for. */
  text: told(z.string().trim().max(500)),
  duties: z.array(z.object({ dutyId: Id, text: told(Line(300)) })).max(MOST_DUTIES),
};

/** Facts of one published piece of adverse credit information about a merchant. */
export const sanctionSchemas = {
  'sanction-recorded@1': z.object({
    /** The id of the fact that brought it, so that a grade's reason leads there. */
    entryId: Id,
    merchantId: Id,
    merchantName: Line(160),
    merchantPath: UnitPath,
    ...content,
    /** An entry of the merchant's credit that says the same, and counts in its place; null where none stands there. */
    continues: Id.nullable(),
    /** How many records bore this organ and number before, and were corrected to others. */
    again: z.int().min(0).max(9),
  }),
  /** Everything as it is right; duties that were done stay. */
  'sanction-corrected@1': z.object({ entryId: Id, ...content, reason: told(Line(300)) }),
  'duty-done@1': z
    .object({
      dutyId: Id,
      on: DayText,
      /** What it is known by, in words, or by the hash of a document. */
      proof: told(z.string().trim().max(500)),
      evidence: Sha256.nullable(),
    })
    .refine(({ proof, evidence }) => proof !== '' || evidence !== null, {
      path: ['proof'],
      message: 'sanction-proof-needed',
    }),
  /** It turned out not to be done. */
  'duty-reopened@1': z.object({ dutyId: Id, reason: told(Line(300)) }),
  /** Since when it is published, once that is known. */
  'sanction-published@1': z.object({ on: DayText }),
  /** The decision itself, or what belongs to it, as a file. */
  'decision-attached@1': SanctionDocument,
  /** It is part of an application for repair, which that window handles and so sees it. */
  'sanction-applied@1': z.object({ restorationId: Id, windowPath: UnitPath }),
  /** That application was withdrawn, or refused for it. */
  'sanction-released@1': z.object({ restorationId: Id }),
  /** The centre asks for the merchant to be called: by that window, which so sees the record, or null: by the district itself. */
  'sanction-call-asked@1': z.object({
    windowPath: UnitPath.nullable(),
    /** The first day on which repair may be asked for, and how many days before it the merchant is told; 0 once it may be. */
    day: DayText,
    daysBefore: z.int().min(0).max(365),
    /** The merchant's number in the register; null where none is known. */
    phone: business(z.string().max(30)).nullable(),
  }),
  /** Somebody has called, or tried to. */
  'sanction-called@1': z.object({ outcome: CallOutcome, note: told(z.string().trim().max(300)) }),
  'sanction-ended@1': z.object({
    cause: SanctionCause,
    on: DayText,
    /** Of the document that ended it; null where it ended by itself or no document is known. */
    number: Line(80).nullable(),
    /** From when on it is published no more; null: from that day. */
    effectiveAt: Instant.nullable(),
  }),
  /**
   * Its maximum is over, by the rule that is named; of the centre alone. `on` is the first day on which it is published no more, whichever
   * day it was when the centre said so.
   */
  'sanction-expired@1': z.object({ on: DayText, regime: Id, rule: Id }),
};
export type SanctionPayload<Key extends keyof typeof sanctionSchemas> = z.infer<
  (typeof sanctionSchemas)[Key]
>;
/** What is typed of a record, as it is recorded and corrected. */
export type SanctionContent = Pick<SanctionPayload<'sanction-recorded@1'>, keyof typeof content>;
/** The same as a form of it, for who asks for it. */
export const SanctionContentFields = z.object(content);
