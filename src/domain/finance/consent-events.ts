import { z } from 'zod';
import { Sha256 } from '../document/index.ts';
import { DayText, Id, UnitPath } from '../kernel/event/event.ts';
import { personal, told } from '../kernel/text/index.ts';

const Line = (max: number) => z.string().trim().min(1).max(max);

/**
 * What a merchant can consent to have told: a closed list, because a consent names the kinds of data (PIPL Arts. 17 and 23). There is no
 * item for all of it.
 */
export const CONSENT_ITEMS = [
  'identity',
  'grade',
  'points',
  'promise',
  'source-resolution',
  'standing-records',
  'months-in-business',
  'qualification',
  'whitelist',
] as const;

export const ConsentItem = z.enum(CONSENT_ITEMS, {
  error: ({ input }) => (input === 'all' ? 'consent-all-data' : 'consent-item-unknown'),
});
export type ConsentItem = z.infer<typeof ConsentItem>;

/** In which capacity somebody gives it for the merchant; which one may, by category, the published products say. */
export const ConsentCapacity = z.enum(['legal-representative', 'operator', 'agent']);
export type ConsentCapacity = z.infer<typeof ConsentCapacity>;

/** How the recipient gets the data: it asks the centre, each time on record, or it is handed a paper. */
export const ConsentManner = z.enum(['asked-of-centre', 'on-paper']);
export type ConsentManner = z.infer<typeof ConsentManner>;

/** Who signs: an agent only with their authority in words (民法典 Art. 165: a power names agent, matter, scope and period). */
export const ConsentSigner = z
  .object({
    name: personal('name', Line(60)),
    position: Line(60),
    /** The last four characters of their identity document's number; no more of it is kept. */
    idTail: personal('id-number', z.string().regex(/^([0-9A-Za-z]{4}|\*{3,4})$/, 'consent-id-tail')),
    capacity: ConsentCapacity,
    authority: told(z.string().trim().max(300)).nullable(),
  })
  .refine((one) => (one.capacity === 'agent') === (one.authority !== null && one.authority !== ''), {
    path: ['authority'],
    message: 'consent-authority-needed',
  });
export type ConsentSigner = z.infer<typeof ConsentSigner>;

export const ConsentRecipient = z.object({ unitPath: UnitPath, name: Line(120), contact: Line(120) });
export type ConsentRecipient = z.infer<typeof ConsentRecipient>;

/** What is consented to: all that stands in the text that is signed. */
export const ConsentTerms = z.object({
  merchantId: Id,
  merchantPath: UnitPath,
  merchantName: Line(160),
  recipient: ConsentRecipient,
  items: z.array(ConsentItem).min(1).max(CONSENT_ITEMS.length),
  purpose: Line(300),
  manner: ConsentManner,
  /** Its first and its last day. */
  from: DayText,
  until: DayText,
});
export type ConsentTerms = z.infer<typeof ConsentTerms>;

/** Facts of one consent of a merchant to have its data told to one recipient (PIPL Arts. 14 to 17 and 23; 征信业管理条例 Arts. 13 to 20). */
export const consentSchemas = {
  'consent-granted@1': ConsentTerms.extend({
    signer: ConsentSigner,
    /** On screen the hash of the paper with the signature drawn in it; on paper the day on which the paper was signed. */
    signature: z.discriminatedUnion('manner', [
      z.object({ manner: z.literal('on-screen'), sha256: Sha256 }),
      z.object({ manner: z.literal('on-paper'), signedOn: DayText }),
    ]),
    /** The hash of the text that was signed, by which its version is known. */
    textSha256: Sha256,
  }),
  /** Taken back by the merchant: as easily as given (PIPL Art. 15), without a ground or a form. */
  'consent-revoked@1': z.object({
    revoker: z.object({ name: personal('name', Line(60)), capacity: ConsentCapacity }),
    note: told(z.string().trim().max(300)),
  }),
};
export type ConsentPayload<Key extends keyof typeof consentSchemas> = z.infer<(typeof consentSchemas)[Key]>;
