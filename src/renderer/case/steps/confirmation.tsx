import { useTranslation } from 'react-i18next';
import { TextField } from '../../kernel/components/field.tsx';
import { DayField } from '../../kernel/components/typed-field.tsx';
import { defineStep, type FieldsOf } from './define-step.tsx';

function Fields({ control }: FieldsOf<'confirmation-applied'>) {
  const { t } = useTranslation('cases');
  return (
    <>
      <TextField control={control} name="court" label={t('confirmation.court')} required />
      <DayField control={control} name="on" label={t('field.on')} required />
    </>
  );
}

export const applyForConfirmation = defineStep({
  type: 'confirmation-applied',
  group: 'beside',
  defaults: ({ today }) => ({ court: '', on: today }),
  Fields,
  payload: (values) => values,
});
