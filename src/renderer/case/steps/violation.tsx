import { useTranslation } from 'react-i18next';
import { ViolationResult } from '../../../domain/case/codes.ts';
import { SelectField, TextField } from '../../kernel/components/field.tsx';
import { defineStep, type FieldsOf } from './define-step.tsx';
import { choices } from './step-fields.tsx';

// The second track: a suspected violation goes to enforcement while mediation goes on.

function ReportFields({ control }: FieldsOf<'violation-reported'>) {
  const { t } = useTranslation('cases');
  return (
    <>
      <TextField control={control} name="text" label={t('field.violation')} rows={4} required />
      <p className="heshi-hint">{t('page.twoTracks')}</p>
    </>
  );
}

export const reportViolation = defineStep({
  type: 'violation-reported',
  group: 'move',
  defaults: () => ({ text: '' }),
  Fields: ReportFields,
  payload: (values) => values,
});

function AnswerFields({ control, detail }: FieldsOf<'violation-answered'>) {
  const { t } = useTranslation('cases');
  return (
    <>
      <p>{detail.state.violation?.text}</p>
      <SelectField
        control={control}
        name="result"
        label={t('field.violationResult')}
        required
        options={choices(ViolationResult.options, (value) => t(`violationResult.${value}`))}
      />
      <TextField control={control} name="text" label={t('field.text')} rows={3} required />
    </>
  );
}

export const answerViolation = defineStep({
  type: 'violation-answered',
  group: 'move',
  likely: 110,
  defaults: () => ({ result: null, text: '' }),
  Fields: AnswerFields,
  payload: (values) => values,
});
