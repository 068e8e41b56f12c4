import { useTranslation } from 'react-i18next';
import { TextField } from '../../kernel/components/field.tsx';
import { defineStep, type FieldsOf } from './define-step.tsx';

function Fields({ control }: FieldsOf<'note-added'>) {
  const { t } = useTranslation('cases');
  return <TextField control={control} name="text" label={t('field.text')} rows={4} required />;
}

export const addNote = defineStep({
  type: 'note-added',
  group: 'course',
  defaults: () => ({ text: '' }),
  Fields,
  payload: (values) => values,
});
