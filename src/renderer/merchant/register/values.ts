import { z } from 'zod';
import { MerchantCategory } from '../../../domain/merchant/index.ts';
import type { MerchantState } from '../../../domain/merchant/merchant.ts';
import { checkCreditCode } from '../../../domain/merchant/codes.ts';
import {
  chosen,
  dayIfAny,
  phoneIfAny,
  textNeeded,
  textOrNull,
} from '../../kernel/components/typed-values.ts';

const Contact = z
  .object({
    name: textNeeded(60),
    role: z.string().max(40, { error: 'too_big' }),
    phone: phoneIfAny,
    from: dayIfAny,
    to: dayIfAny,
  })
  .refine(({ from, to }) => from === null || to === null || from <= to, {
    path: ['to'],
    error: 'period-reversed',
  });

/** What the form of a merchant holds. */
export const MerchantValues = z.object({
  name: textNeeded(160),
  // What looks wrong is asked about before it is saved; only what is no code at all is refused here.
  creditCode: z.string().superRefine((text, context) => {
    const checked = checkCreditCode(text);
    if (checked.kind === 'no-code') context.addIssue({ code: 'custom', message: checked.rule });
  }),
  aliases: z.array(z.string().trim().min(1).max(40, { error: 'too_big' })).max(20, { error: 'too_big' }),
  category: chosen(MerchantCategory),
  unitPath: z
    .string()
    .nullable()
    .refine((path) => path !== null, { error: 'required' }),
  address: z.string().max(300, { error: 'too_big' }),
  contactName: z.string().max(60, { error: 'too_big' }),
  phone: phoneIfAny,
  contacts: z.array(Contact).max(20),
});
export type MerchantValues = z.input<typeof MerchantValues>;

/** What the form begins with: what is on record, or nothing at the person's own unit. */
export function valuesOf(state: MerchantState | undefined, ownPath: string): MerchantValues {
  return {
    name: state?.name ?? '',
    creditCode: state?.creditCode ?? '',
    aliases: state?.aliases ?? [],
    category: state?.category ?? null,
    unitPath: state?.unitPath ?? ownPath,
    address: state?.address ?? '',
    contactName: state?.contactName ?? '',
    phone: state?.phone ?? null,
    contacts: (state?.contacts ?? []).map((one) => ({ ...one, role: one.role ?? '' })),
  };
}

/** What of it is recorded, whoever the merchant is. */
export function fieldsOf(values: MerchantValues) {
  return {
    name: values.name.trim(),
    creditCode: textOrNull(values.creditCode),
    aliases: values.aliases.map((one) => one.trim()),
    category: MerchantCategory.parse(values.category),
    address: textOrNull(values.address),
    contactName: textOrNull(values.contactName),
    phone: textOrNull(values.phone),
    contacts: values.contacts.map(({ name, role, phone, from, to }) => ({
      name: name.trim(),
      role: textOrNull(role),
      phone: textOrNull(phone),
      from: textOrNull(from),
      to: textOrNull(to),
    })),
  };
}
