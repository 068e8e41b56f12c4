import { useTranslation } from 'react-i18next';
import { ReopenCause } from '../../../domain/case/codes.ts';
import { SelectField } from '../../kernel/components/field.tsx';
import { defineStep, type FieldsOf } from './define-step.tsx';
import { choices, ReasonField } from './step-fields.tsx';

function Fields({ control }: FieldsOf<'case-reopened'>) {
  const { t } = useTranslation('cases');
  return (
    <>
      <SelectField
        control={control}
        name="cause"
        label={t('field.cause')}
        required
        options={choices(ReopenCause.options, (value) => t(`reopenCause.${value}`))}
      />
      <ReasonField control={control} name="reason" />
    </>
  );
}

export const reopen = defineStep({
  type: 'case-reopened',
  group: 'move',
  defaults: () => ({ cause: null, reason: '' }),
  Fields,
  payload: (values) => values,
});
