import { useTranslation } from 'react-i18next';
import { Satisfaction } from '../../../domain/case/codes.ts';
import { SelectField } from '../../kernel/components/field.tsx';
import { DayField } from '../../kernel/components/typed-field.tsx';
import { defineStep, type FieldsOf } from './define-step.tsx';
import { choices, NoteField } from './step-fields.tsx';

// The end of a case, and what the consumer said of it then or later.

function CloseFields({ control }: FieldsOf<'case-closed'>) {
  const { t } = useTranslation('cases');
  return (
    <>
      <SelectField
        control={control}
        name="satisfaction"
        label={t('field.satisfaction')}
        required
        options={choices(Satisfaction.options, (value) => t(`satisfaction.${value}`))}
      />
      <NoteField control={control} name="note" />
    </>
  );
}

export const close = defineStep({
  type: 'case-closed',
  group: 'course',
  likely: 70,
  defaults: () => ({ satisfaction: null, note: '' }),
  Fields: CloseFields,
  payload: (values) => values,
});

function SatisfactionFields({ control }: FieldsOf<'satisfaction-recorded'>) {
  const { t } = useTranslation('cases');
  return (
    <>
      <SelectField
        control={control}
        name="satisfaction"
        label={t('field.satisfaction')}
        required
        options={choices(['satisfied', 'dissatisfied'] as const, (value) => t(`satisfaction.${value}`))}
      />
      <DayField control={control} name="on" label={t('field.on')} required />
      <NoteField control={control} name="note" />
    </>
  );
}

export const recordSatisfaction = defineStep({
  type: 'satisfaction-recorded',
  group: 'beside',
  likely: 60,
  defaults: ({ today }) => ({ satisfaction: null, on: today, note: '' }),
  Fields: SatisfactionFields,
  payload: (values) => values,
});
