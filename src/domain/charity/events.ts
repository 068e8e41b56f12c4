import { z } from 'zod';
import { Fen } from '../case/index.ts';
import { erasureSchemas } from '../kernel/event/erasure.ts';
import { DayText, Id, UnitPath } from '../kernel/event/event.ts';
import { personal, told } from '../kernel/text/index.ts';

const Amount = Fen.min(1, 'amount-nothing');
const Line = (max: number) => z.string().trim().min(1).max(max);

/** Whoever wants to give without being named is not named here either. */
const Donor = z
  .object({ anonymous: z.boolean(), name: personal('name', Line(120)).nullable() })
  .refine(({ anonymous, name }) => anonymous === (name === null), {
    path: ['name'],
    message: 'donor-name-needed',
  });

/**
 * Facts of a Love Fund (爱心基金): what is given to it and what it pays. Who applies stands in the application's own record, so that it
 * can be erased without touching the account.
 */
export const charitySchemas = {
  'charity-opened@1': z.object({ name: Line(80), unitPath: UnitPath }),
  'donation-received@1': z.object({ entryId: Id, fen: Amount, donor: Donor, on: DayText }),
  /** A donation that was recorded wrongly: the entry stays, and another takes it back. */
  'donation-undone@1': z.object({ undoneId: Id, on: DayText, reason: Line(300) }),
  'charity-paid@1': z.object({ applicationId: Id, fen: Amount, on: DayText }),
};
export type CharityPayload<Key extends keyof typeof charitySchemas> = z.infer<(typeof charitySchemas)[Key]>;

/** For whom the fund is: people in new kinds of employment (assumption: the seed names riders). */
export const ApplicantGroup = z.enum(['rider', 'courier', 'driver', 'other']);
export type ApplicantGroup = z.infer<typeof ApplicantGroup>;
/** What happened to them (assumption). */
export const CharityNeed = z.enum(['illness', 'accident', 'hardship', 'schooling', 'other']);
export type CharityNeed = z.infer<typeof CharityNeed>;
/** What was shown; originals are looked at and given back, and no copy is kept (assumption: PIPL Art. 6, no more than is needed). */
export const CharityDocument = z.enum([
  'identity',
  'work-proof',
  'medical',
  'accident-report',
  'income',
  'other',
]);
export type CharityDocument = z.infer<typeof CharityDocument>;

export const Applicant = z.object({
  name: personal('name', Line(60)),
  phone: personal('phone', z.string().regex(/^\+?\d{7,15}$|^\*{3}$/, 'phone-malformed')),
  group: ApplicantGroup,
  /** The platform or firm they work for. */
  platform: Line(80),
});
export type Applicant = z.infer<typeof Applicant>;

/** Facts of one application to a fund. */
export const charityApplicationSchemas = {
  'charity-applied@1': z.object({
    charityId: Id,
    charityPath: UnitPath,
    applicant: Applicant,
    need: CharityNeed,
    story: told(Line(1000)),
    fen: Amount,
    documents: z.array(CharityDocument).min(1, 'charity-document-needed').max(CharityDocument.options.length),
  }),
  'charity-approved@1': z.object({}),
  /** The fund stands in it, as its account says whether the application was paid. */
  'charity-refused@1': z.object({ charityId: Id, ground: told(Line(500)) }),
  ...erasureSchemas,
};
export type CharityApplicationPayload<Key extends keyof typeof charityApplicationSchemas> = z.infer<
  (typeof charityApplicationSchemas)[Key]
>;
