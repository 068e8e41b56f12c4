import { Button } from 'antd';
import { useFieldArray, type Control } from 'react-hook-form';
import { useTranslation } from 'react-i18next';
import { TextField } from '../../kernel/components/field.tsx';
import { DayField, PhoneField } from '../../kernel/components/typed-field.tsx';
import type { MerchantValues } from './values.ts';

const MOST_CONTACTS = 20;

/** Further people to turn to, each with what they are there for, and since and until when. */
export function ContactsField({ control }: { control: Control<MerchantValues> }) {
  const { t } = useTranslation('register');
  const { fields, append, remove } = useFieldArray({ control, name: 'contacts' });
  return (
    <div className="heshi-stack-s">
      {fields.map((field, index) => {
        const place = index + 1;
        return (
          <fieldset key={field.id} className="heshi-group">
            <legend>{t('contacts.nth', { place })}</legend>
            <TextField
              control={control}
              name={`contacts.${index}.name`}
              label={t('contacts.name', { place })}
              required
            />
            <TextField
              control={control}
              name={`contacts.${index}.role`}
              label={t('contacts.role', { place })}
            />
            <PhoneField
              control={control}
              name={`contacts.${index}.phone`}
              label={t('contacts.phone', { place })}
            />
            <DayField
              control={control}
              name={`contacts.${index}.from`}
              label={t('contacts.from', { place })}
            />
            <DayField
              control={control}
              name={`contacts.${index}.to`}
              label={t('contacts.to', { place })}
              lean="nearest"
            />
            <Button size="small" onClick={() => remove(index)}>
              {t('contacts.remove', { place })}
            </Button>
          </fieldset>
        );
      })}
      <div>
        <Button
          size="small"
          disabled={fields.length >= MOST_CONTACTS}
          onClick={() => append({ name: '', role: '', phone: null, from: null, to: null })}
        >
          {t('contacts.add')}
        </Button>
      </div>
    </div>
  );
}
