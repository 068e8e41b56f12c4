import { useTranslation } from 'react-i18next';
import { TestingFees } from '../../../domain/case/codes.ts';
import { SelectField, TextField } from '../../kernel/components/field.tsx';
import { DayField } from '../../kernel/components/typed-field.tsx';
import { defineStep, type FieldsOf } from './define-step.tsx';
import { choices } from './step-fields.tsx';

// Testing of the goods by an institution, and its report.

function OrderFields({ control }: FieldsOf<'testing-ordered'>) {
  const { t } = useTranslation('cases');
  return (
    <>
      <TextField control={control} name="subject" label={t('testing.subject')} rows={2} required />
      <TextField control={control} name="institution" label={t('testing.institution')} required />
      <SelectField
        control={control}
        name="fees"
        label={t('testing.fees')}
        required
        options={choices(TestingFees.options, (value) => t(`testing.pays.${value}`))}
      />
      <p className="heshi-hint">{t('testing.hint')}</p>
    </>
  );
}

export const orderTesting = defineStep({
  type: 'testing-ordered',
  group: 'beside',
  defaults: () => ({ subject: '', institution: '', fees: null }),
  Fields: OrderFields,
  payload: (values) => values,
});

function ReportFields({ control }: FieldsOf<'testing-reported'>) {
  const { t } = useTranslation('cases');
  return (
    <>
      <DayField control={control} name="on" label={t('testing.on')} required />
      <TextField control={control} name="finding" label={t('testing.finding')} rows={4} required />
    </>
  );
}

export const reportTesting = defineStep({
  type: 'testing-reported',
  group: 'beside',
  defaults: ({ today }) => ({ on: today, finding: '' }),
  Fields: ReportFields,
  payload: (values) => values,
});
