import { useTranslation } from 'react-i18next';
import type { MerchantContact } from '../../../domain/merchant/fields.ts';

/** A contact in one line: who, what for, by which number, since and until when. */
export function useContactText(): (contact: MerchantContact) => string {
  const { t } = useTranslation('register');
  return ({ name, role, phone, from, to }) =>
    [
      name,
      role,
      phone,
      from === null ? null : t('contacts.since', { from }),
      to === null ? null : t('contacts.until', { to }),
    ]
      .filter((part) => part !== null)
      .join(' · ');
}
