import { z } from 'zod';
import { DayText, UnitPath } from '../kernel/event/event.ts';
import { business, emojiIn } from '../kernel/text/index.ts';
import { Code } from '../procedure/index.ts';

/** A category of the published list; see `procedure.codes.merchantCategory`. */
export const MerchantCategory = Code;

/** The categories before they were configuration, the only ones that the first version of the facts may name. */
const FIRST_CATEGORIES = z.enum(['enterprise', 'individual-business', 'other-operator']);

/** Somebody to turn to besides the first contact. Days are null where nobody knows since when, or where it still holds. */
export const MerchantContact = z
  .object({
    name: z
      .string()
      .trim()
      .min(1)
      .max(60)
      .refine((name) => emojiIn(name).length === 0, { error: 'name-emoji' }),
    role: z.string().trim().max(40).nullable(),
    phone: business(z.string().max(30)).nullable(),
    from: DayText.nullable(),
    to: DayText.nullable(),
  })
  .refine(({ from, to }) => from === null || to === null || from <= to, {
    path: ['to'],
    error: 'contact-period',
  });
export type MerchantContact = z.infer<typeof MerchantContact>;

const Registered = z.object({
  name: z.string().trim().min(1).max(160),
  /** 统一社会信用代码 (GB 32100-2015), when known. */
  creditCode: z.string().max(18).nullable(),
  category: MerchantCategory,
  /** The unit the merchant trades in: its own shop unit, or the mall. */
  unitPath: UnitPath,
  address: business(z.string().max(300)).nullable(),
  contactName: z.string().max(60).nullable(),
  phone: business(z.string().max(30)).nullable(),
  /** True for made-up merchants of the demonstration and the tests. */
  invented: z.boolean(),
  /** Numbers that it had before, such as a 15-digit registration number. Facts without them leave those on record. */
  aliases: z.array(z.string().trim().min(1).max(40)).max(20).optional(),
  /** Further contacts, earlier ones too. Facts without them leave those on record. */
  contacts: z.array(MerchantContact).max(20).optional(),
});
const Updated = Registered.omit({ unitPath: true, invented: true });

/** Who a merchant is. The second version of a fact is the first one with any category. */
export const identitySchemas = {
  'merchant-registered@1': Registered.extend({ category: FIRST_CATEGORIES }),
  'merchant-registered@2': Registered,
  'merchant-updated@1': Updated.extend({ category: FIRST_CATEGORIES }),
  'merchant-updated@2': Updated,
};

export type MerchantFields = z.infer<typeof Registered>;

/** The oldest version in which a fact can say this, so that earlier releases read what they can. */
export function identityVersion({ category }: { category: string }): 1 | 2 {
  return FIRST_CATEGORIES.safeParse(category).success ? 1 : 2;
}
