import { z } from 'zod';
import { Sha256 } from '../document/index.ts';
import { erasureSchemas } from '../kernel/event/erasure.ts';
import { DayText, Id } from '../kernel/event/event.ts';
import { personal, told } from '../kernel/text/index.ts';

const Line = (max: number) => z.string().trim().min(1).max(max);
const Note = told(z.string().trim().max(500));

/**
 * What a consumer may ask about the data held of them: access with a copy (PIPL Art. 45), correction (Art. 46), deletion (Art. 47).
 * Their right to an explanation (Art. 48) every answer serves: it says what is held, why, and with whom it is shared.
 */
export const PrivacyWhat = z.enum(['access', 'correction', 'deletion']);
export type PrivacyWhat = z.infer<typeof PrivacyWhat>;

/** How the requester was known to be who they say; none of it keeps a copy of a document (assumption: PIPL asks for no more). */
export const PrivacyIdentity = z.enum(['id-seen', 'phone-called-back', 'known-from-case']);
export type PrivacyIdentity = z.infer<typeof PrivacyIdentity>;

/** Why a record is left as it is. PIPL Art. 50 asks for the reason; these are the ones it can have here. */
export const PrivacyGround = z.enum([
  'retention-period',
  'case-open',
  'duty-running',
  'not-theirs',
  'identity-unproved',
  'other',
]);
export type PrivacyGround = z.infer<typeof PrivacyGround>;

/** How the printed answer reached the requester; `collected-later` lies ready for them. */
export const PrivacyManner = z.enum(['handed-over', 'posted', 'collected-later']);
export type PrivacyManner = z.infer<typeof PrivacyManner>;

/** Kinds of record that are about a consumer. */
export const PrivacyRecordKind = z.enum(['case', 'return']);
export type PrivacyRecordKind = z.infer<typeof PrivacyRecordKind>;

const Named = z.object({ kind: PrivacyRecordKind, id: Id });
/** As many records as one request may name (assumption). */
export const MOST_RECORDS = 50;

/** Who asks: the consumer, or somebody for them, whose authority is put down in words. */
export const PrivacyRequester = z
  .object({
    name: personal('name', Line(60)),
    phone: personal('phone', z.string().regex(/^\+?\d{7,15}$|^\*{3}$/)),
    as: z.enum(['self', 'agent']),
    authority: told(z.string().trim().max(300)).nullable(),
  })
  .refine((one) => (one.as === 'agent') === (one.authority !== null && one.authority !== ''), {
    path: ['authority'],
    message: 'privacy-authority-needed',
  });
export type PrivacyRequester = z.infer<typeof PrivacyRequester>;

export const PrivacyOutcome = z.discriminatedUnion('verdict', [
  z.object({
    ...Named.shape,
    verdict: z.literal('granted'),
    /** Of a correction in a case: the `case-corrected` fact in which it was made; null where it has no such step, and words say it. */
    correctionId: Id.nullable(),
    text: Note,
  }),
  z
    .object({ ...Named.shape, verdict: z.literal('refused'), ground: PrivacyGround, text: Note })
    .refine(({ ground, text }) => ground !== 'other' || text !== '', {
      path: ['text'],
      message: 'privacy-reason-needed',
    }),
]);
export type PrivacyOutcome = z.infer<typeof PrivacyOutcome>;

/** Facts of one request of a consumer about their own data. */
export const privacySchemas = {
  'privacy-requested@1': z
    .object({
      number: z.string().min(3).max(60),
      what: PrivacyWhat,
      requester: PrivacyRequester,
      identity: PrivacyIdentity,
      records: z
        .array(Named.extend({ number: z.string().min(1).max(60) }))
        .min(1)
        .max(MOST_RECORDS),
      /** What is to be corrected, or why deleted; may be empty where access is asked for. */
      wish: told(z.string().trim().max(1000)),
    })
    .refine(({ what, wish }) => what === 'access' || wish !== '', {
      path: ['wish'],
      message: 'privacy-wish-needed',
    }),
  /** One outcome a record. After one that grants a deletion the centre has that record's personal data erased. */
  'privacy-decided@1': z.object({ outcomes: z.array(PrivacyOutcome).min(1).max(MOST_RECORDS) }),
  /** The printed answer has the request's own number; its hash is that of the file that was printed last. */
  'privacy-answered@1': z.object({
    manner: PrivacyManner,
    answeredOn: DayText,
    number: z.string().min(3).max(60),
    sha256: Sha256,
  }),
  'privacy-withdrawn@1': z.object({ reason: told(Line(300)) }),
  ...erasureSchemas,
};
export type PrivacyPayload<Key extends keyof typeof privacySchemas> = z.infer<(typeof privacySchemas)[Key]>;
