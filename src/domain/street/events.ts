import { z } from 'zod';
import { Sha256 } from '../document/index.ts';
import { EvidenceMediaType, LARGEST_EVIDENCE } from '../evidence/index.ts';
import { DayText, Id, UnitPath } from '../kernel/event/event.ts';
import { told } from '../kernel/text/index.ts';
import { ItemCode } from './checklist.ts';

const Line = (max: number) => z.string().trim().min(1).max(max);

/** As many shops as one patrol visits, photographs as one answer has, and answers as one shop is given (assumption). */
export const MOST_SHOPS = 60;
export const MOST_PHOTOS = 6;
const MOST_ANSWERS = 60;

/** A photograph, named by the hash of its content, which goes the way of evidence. */
export const Photo = z.object({
  sha256: Sha256,
  size: z.int().min(1).max(LARGEST_EVIDENCE),
  mediaType: EvidenceMediaType.refine((type) => type.startsWith('image/'), 'patrol-photo-image'),
  /** As the file was called where it came from. */
  file: told(Line(200)),
});
export type Photo = z.infer<typeof Photo>;

/** What was found of one item in one shop. */
export const Answer = z.object({
  item: ItemCode,
  answer: z.enum(['met', 'missed', 'not-applicable']),
  note: told(z.string().trim().max(300)),
  photos: z.array(Photo).max(MOST_PHOTOS),
});
export type Answer = z.infer<typeof Answer>;

/** Facts of a street: a named set of shops under a circle, or under a mall of it. */
export const streetSchemas = {
  'street-opened@1': z.object({ name: Line(60), unitPath: UnitPath }),
  /** One walk along the street; what was found in each shop stands in the shops' own records. */
  'street-patrolled@1': z.object({
    patrolId: Id,
    on: DayText,
    merchantIds: z.array(Id).max(MOST_SHOPS),
  }),
};
export type StreetPayload<Key extends keyof typeof streetSchemas> = z.infer<(typeof streetSchemas)[Key]>;

/** Facts of one shop on a street; the record has the merchant's id, and a merchant is on one street at a time. */
export const storefrontSchemas = {
  'shop-joined@1': z.object({
    streetId: Id,
    streetName: Line(60),
    merchantName: Line(160),
    merchantPath: UnitPath,
  }),
  'shop-patrolled@1': z.object({
    patrolId: Id,
    streetId: Id,
    on: DayText,
    /** The number of the checklist that was followed. */
    checklist: z.int().min(1),
    answers: z.array(Answer).max(MOST_ANSWERS),
    findings: told(z.string().trim().max(1000)),
    /** When the shop is looked at again; null where nothing was missed. */
    recheckOn: DayText.nullable(),
  }),
  /** The plaque was hung, by what this patrol found. */
  'plaque-granted@1': z.object({ patrolId: Id, on: DayText }),
  'plaque-withdrawn@1': z.object({ on: DayText, reason: told(Line(300)) }),
  'shop-left@1': z.object({ on: DayText, reason: told(Line(300)) }),
};
export type StorefrontPayload<Key extends keyof typeof storefrontSchemas> = z.infer<
  (typeof storefrontSchemas)[Key]
>;
