import { z } from 'zod';
import { Sha256 } from '../document/index.ts';
import { EvidenceMediaType, LARGEST_EVIDENCE } from '../evidence/index.ts';
import { erasureSchemas } from '../kernel/event/erasure.ts';
import { DayText, Id, Instant, UnitPath } from '../kernel/event/event.ts';
import { personal, told } from '../kernel/text/index.ts';
import { SanctionChannel, SanctionClass } from '../sanction/index.ts';
import { ProofKind } from './settings.ts';

const Line = (max: number) => z.string().trim().min(1).max(max);
const Text = told(Line(1000));
const Code = z.string().regex(/^[a-z0-9-]{1,40}$/);

/** As many matters as one form holds, departments as it is asked of, and files as it brings along (assumption). */
export const MOST_MATTERS = 20;
export const MOST_DEPARTMENTS = 60;
export const MOST_ATTACHMENTS = 60;

/** Where it was filed: from the merchant's own desk, at a desk of the hierarchy, or on paper at the window. */
export const RestorationChannel = z.enum(['online', 'desk', 'window']);
export type RestorationChannel = z.infer<typeof RestorationChannel>;

/** A file that was handed in, once for all matters and all applications: it is named by the hash of its content. */
export const Attachment = z.object({
  sha256: Sha256,
  size: z.int().min(1).max(LARGEST_EVIDENCE),
  mediaType: EvidenceMediaType,
  kind: ProofKind,
  name: told(Line(200), { keptIn: 'attachments' }),
});
export type Attachment = z.infer<typeof Attachment>;

const Commitment = z.object({
  commitmentId: Id,
  /** Which text was signed. */
  version: z.int().min(1),
  signedBy: personal('name', z.string().trim().max(60)),
  /** Null while it is not signed, which is refused by its own rule. */
  signedOn: DayText.nullable(),
  how: z.enum(['screen', 'paper']),
  /** Of the signature's file, or of the signed paper's; null where there is none, which is refused as well. */
  signature: Sha256.nullable(),
});
export type Commitment = z.infer<typeof Commitment>;

const Matter = z.object({
  matterId: Id,
  type: Code,
  sanctionId: Id,
  organ: Line(120),
  number: Line(80),
  determinedOn: DayText,
  class: SanctionClass.nullable(),
  channel: SanctionChannel,
  /** Hashes of attachments. */
  proofs: z.array(Sha256).max(MOST_ATTACHMENTS),
  commitmentId: Id,
});
export type Matter = z.infer<typeof Matter>;

/** One platform's receipt. */
const Submission = z.object({ platform: SanctionChannel, receipt: Line(80), on: DayText });

/** Which department is asked about which matters. */
const Asked = z.object({ departmentPath: UnitPath, matterIds: z.array(Id).min(1).max(MOST_MATTERS) });
const Asks = z.object({ asks: z.array(Asked).min(1).max(MOST_DEPARTMENTS) });

/** What a department says of one matter. */
export const Answer = z.discriminatedUnion('verdict', [
  z.object({ matterId: Id, verdict: z.literal('agree') }),
  z.object({
    matterId: Id,
    verdict: z.literal('refuse'),
    ground: Code,
    /** The article that it rests on. */
    article: Line(200),
    text: told(z.string().trim().max(1000)),
  }),
  z.object({ matterId: Id, verdict: z.literal('incomplete'), missing: Text }),
]);
export type Answer = z.infer<typeof Answer>;

export const Outcome = z.discriminatedUnion('outcome', [
  z.object({
    matterId: Id,
    outcome: z.literal('repaired'),
    /** From when on it is published no more. */
    effectiveAt: Instant,
    /** Of the decision. */
    number: Line(80),
  }),
  z.object({ matterId: Id, outcome: z.literal('refused'), ground: Code, reason: Text }),
]);
export type Outcome = z.infer<typeof Outcome>;

/** Facts of one application for credit repair. */
export const restorationSchemas = {
  'restoration-filed@1': z.object({
    number: z.string().min(3).max(60),
    merchantId: Id,
    merchantName: Line(160),
    merchantPath: UnitPath,
    creditCode: z.string().trim().max(30).nullable(),
    windowPath: UnitPath,
    channel: RestorationChannel,
    representative: z.object({ name: personal('name', Line(60)) }),
    handler: z.object({
      name: personal('name', Line(60)),
      phone: personal('phone', z.string().regex(/^\+?\d{7,15}$|^\*{3}$/)),
      /** By what somebody else acts for the representative; empty for the representative. */
      authority: told(z.string().trim().max(300)),
    }),
    /** That the commitment is published: without it there is no repair. */
    publication: z.boolean(),
    matters: z.array(Matter).min(1).max(MOST_MATTERS),
    attachments: z.array(Attachment).max(MOST_ATTACHMENTS),
    commitments: z.array(Commitment).max(MOST_MATTERS),
  }),
  'restoration-accepted@1': Asks,
  /** Further departments, before it is submitted. */
  'departments-asked@1': Asks,
  'opinion-given@1': z.object({
    departmentPath: UnitPath,
    /** How often this department has answered before: 0 for the first time. */
    attempt: z.int().min(0).max(50),
    answers: z.array(Answer).min(1).max(MOST_MATTERS),
  }),
  'restoration-returned@1': z.object({ reason: Text }),
  'restoration-completed@1': z.object({
    text: told(z.string().trim().max(1000)),
    attachments: z.array(Attachment).max(MOST_ATTACHMENTS),
    /** More proofs by matter. */
    proofs: z.array(z.object({ matterId: Id, sha256: Sha256 })).max(200),
  }),
  'restoration-submitted@1': z.object({ submissions: z.array(Submission).min(1).max(4) }),
  'restoration-concluded@1': z.object({ outcomes: z.array(Outcome).min(1).max(MOST_MATTERS) }),
  /**
   * The record of this matter is published no more from that day on, as its maximum is over by the rule that is named: there is nothing
   * left to repair. Of the centre alone.
   */
  'matter-expired@1': z.object({ matterId: Id, on: DayText, regime: Id, rule: Id }),
  'restoration-withdrawn@1': z.object({ reason: Text }),
  'restoration-objected@1': z.object({ objectionId: Id, text: Text }),
  'objection-answered@1': z.object({
    objectionId: Id,
    verdict: z.enum(['upheld', 'rejected']),
    text: Text,
  }),
  ...erasureSchemas,
};
export type RestorationPayload<Key extends keyof typeof restorationSchemas> = z.infer<
  (typeof restorationSchemas)[Key]
>;
